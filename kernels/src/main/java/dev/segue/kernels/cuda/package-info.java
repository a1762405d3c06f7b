/// The CUDA backend: bindings of the driver and of cuBLAS, device memory, kernels.
@org.jspecify.annotations.NullMarked
package dev.segue.kernels.cuda;
