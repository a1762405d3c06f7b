/// The GRU as tensors on a backend: parameters, forward pass, loss, gradients, optimiser.
///
/// Start at [dev.segue.engine.network.GruNetwork]. It computes with a
/// [dev.segue.engine.network.ParameterSet], which also serves for gradients and for the moments of
/// [dev.segue.engine.network.AdamOptimiser]. This package knows no sessions, no settings and no
/// files.
@NullMarked
package dev.segue.engine.network;

import org.jspecify.annotations.NullMarked;
