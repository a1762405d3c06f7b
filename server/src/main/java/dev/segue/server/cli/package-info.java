/// The command line: one class per command, option mixins that they share, and no logic of the
/// domain.
///
/// Start at [dev.segue.server.cli.SegueCommand]. Results go to standard output, everything else to
/// standard error; a failure is one line ([dev.segue.server.cli.Failure]) and an exit code: 0 done,
/// 1 failed, 2 a user's mistake.
@NullMarked
package dev.segue.server.cli;

import org.jspecify.annotations.NullMarked;
