/// What items are about: sparse feature vectors from genre, creator, description and domain, and
/// the search for items whose vectors are near a session's.
///
/// Start at [dev.segue.engine.content.ContentFeatures], the matrix of all items' features, and
/// [dev.segue.engine.content.ContentIndex], which answers from it. New kinds of features are added
/// to [dev.segue.engine.content.FeatureKind] and [dev.segue.engine.content.ItemFeatures]. This
/// package knows no models and no sessions.
@NullMarked
package dev.segue.engine.content;

import org.jspecify.annotations.NullMarked;
