/// The HTTP API and the dashboard.
///
/// Start at [dev.segue.server.web.RecommendationApi], then [dev.segue.server.web.Routes], which
/// names every route and its handler. A handler reads an explicit request record, asks the
/// recommender and writes an explicit reply record; whatever is wrong with a request becomes a
/// [dev.segue.server.web.Problem] that names the field.
@NullMarked
package dev.segue.server.web;

import org.jspecify.annotations.NullMarked;
