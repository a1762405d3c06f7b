/// The report of `segue explore`: one HTML page with charts as SVG, the same charts as PNG beside
/// it.
///
/// [dev.segue.server.report.EvaluationPage] is the page of `segue evaluate --report`; its charts
/// are written as SVG by hand, as narrow as a phone.
///
/// Start at [dev.segue.server.report.ExploreReport]. [dev.segue.server.report.CatalogueFigures] and
/// [dev.segue.server.report.SessionFigures] choose what is shown and say in one line what it shows;
/// pictures are a thin layer over XChart, which only this package touches. All numbers come from
/// `dev.segue.data.report`.
@NullMarked
package dev.segue.server.report;

import org.jspecify.annotations.NullMarked;
