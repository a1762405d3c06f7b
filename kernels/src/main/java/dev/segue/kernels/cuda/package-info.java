/// The CUDA backend: bindings of the driver and of cuBLAS, device memory, kernels.
///
/// Start with `CudaBinding` and `BlasBinding`, the calls that are needed, and `CudaBindings`, which
/// opens them: by `java.lang.foreign` (`PanamaBinding` over the C functions of `CudaDriver` and
/// `Cublas`) or by JCuda. `CudaLibraries` finds the files, `CudaProbe` says what a machine has and
/// lacks. `Device` runs kernels on top of them.
@org.jspecify.annotations.NullMarked
package dev.segue.kernels.cuda;
