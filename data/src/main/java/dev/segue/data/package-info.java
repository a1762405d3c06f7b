/// Catalogues of items and logs of sessions: reading, cleaning, simulating and splitting them.
///
/// Start at [dev.segue.data.Catalogue], all items with their unified columns, and
/// [dev.segue.data.SessionLog], the events of many sessions in columns. This module knows no
/// tensors and no models.
@NullMarked
package dev.segue.data;

import org.jspecify.annotations.NullMarked;
