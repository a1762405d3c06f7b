/// JMH benchmarks, one class per family of operations; start at `benchmarks/README.md`.
///
/// Contenders are values of an enum parameter named `contender`. Every class checks that a
/// contender's result is right before it times it.
@NullMarked
package dev.segue.benchmarks;

import org.jspecify.annotations.NullMarked;
