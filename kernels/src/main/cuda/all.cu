// Every kernel, as one translation unit: nvcc makes the PTX from it, g++ the stand-in's kernels.
#include "segue.cuh"

#include "rows.cu"
