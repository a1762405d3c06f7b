/// Measures the CUDA backend, for `benchmarks/gpu/run.sh`.
@org.jspecify.annotations.NullMarked
package dev.segue.benchmarks.gpu;
