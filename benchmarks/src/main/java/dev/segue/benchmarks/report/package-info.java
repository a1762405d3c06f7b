/// Turns raw results of JMH into the tables of `benchmarks/README.md`, so that no figure is typed
/// by hand. Start at [dev.segue.benchmarks.report.Tables].
@NullMarked
package dev.segue.benchmarks.report;

import org.jspecify.annotations.NullMarked;
