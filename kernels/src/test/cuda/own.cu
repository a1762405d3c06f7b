// The stand-in's own kernels.
#include "faulty.cu"
#include "sound.cu"
