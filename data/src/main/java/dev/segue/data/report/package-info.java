/// What a catalogue and a session log hold, in numbers.
///
/// Start at [dev.segue.data.report.CatalogueStatistics] and
/// [dev.segue.data.report.SessionStatistics], each computed once by its `of`. Everything here is a
/// record of plain numbers: charts and pages are made from them elsewhere, so that a program that
/// embeds this library loads no graphics.
@NullMarked
package dev.segue.data.report;

import org.jspecify.annotations.NullMarked;
