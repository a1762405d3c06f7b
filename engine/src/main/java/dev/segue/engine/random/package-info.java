/// Random numbers that are the same on every machine and every JDK.
///
/// [dev.segue.engine.random.SeededRandom] is the only generator of this module: initial weights and
/// the order of training come from it. It is written here, because the JDK promises the algorithm
/// of no generator with good statistics, and a seed must give the same model for years.
@NullMarked
package dev.segue.engine.random;

import org.jspecify.annotations.NullMarked;
