/// Downloads of public data sets over HTTP, safe against everything a network does.
///
/// Start at [dev.segue.data.fetch.Fetcher], which brings one [dev.segue.data.fetch.Source] into a
/// folder. [dev.segue.data.fetch.PublicSources] names the three sets that the commands know. A
/// download in progress is `<name>.part` with `<name>.part.json` beside it; the final name appears
/// only when length and digest are right, with `<name>.source.json` that says where it came from.
@NullMarked
package dev.segue.data.fetch;

import org.jspecify.annotations.NullMarked;
