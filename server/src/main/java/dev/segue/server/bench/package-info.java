/// A short measurement of what Segue does on the machine at hand, for `segue bench`.
///
/// Start at [dev.segue.server.bench.Bench]. Comparisons with other libraries, with fresh JVMs and
/// checks of the results, are the business of the module `benchmarks`.
@NullMarked
package dev.segue.server.bench;

import org.jspecify.annotations.NullMarked;
