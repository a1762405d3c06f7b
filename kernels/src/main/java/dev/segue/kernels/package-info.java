/// Tensors and the operations that a GRU recommender needs, with one implementation per device.
///
/// Start at [dev.segue.kernels.Backends], which opens a [dev.segue.kernels.Backend]. A backend owns
/// its [dev.segue.kernels.Tensor]s and offers operations cut by family: rows, matrix, recurrent,
/// loss, optimiser, regularisation, ranking. The arguments of an operation are a record that checks
/// shapes once for all backends. This module knows no items, no sessions and no files.
@NullMarked
package dev.segue.kernels;

import org.jspecify.annotations.NullMarked;
