// Short vectors, aligned as on the device.
#pragma once

#include <cstdint>

struct uint3 {
  unsigned x, y, z;
};

struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};

#define STAND_IN_VECTORS(type, name)                                         \
  struct alignas(2 * sizeof(type)) name##2 {                                 \
    type x, y;                                                               \
  };                                                                         \
  struct alignas(4 * sizeof(type) > 16 ? 16 : 4 * sizeof(type)) name##4 {    \
    type x, y, z, w;                                                         \
  };                                                                         \
  inline name##2 make_##name##2(type x, type y) { return {x, y}; }           \
  inline name##4 make_##name##4(type x, type y, type z, type w) { return {x, y, z, w}; }

STAND_IN_VECTORS(float, float)
STAND_IN_VECTORS(double, double)
STAND_IN_VECTORS(int, int)
STAND_IN_VECTORS(unsigned, uint)
STAND_IN_VECTORS(short, short)
STAND_IN_VECTORS(unsigned short, ushort)
STAND_IN_VECTORS(unsigned char, uchar)
STAND_IN_VECTORS(long long, longlong)
STAND_IN_VECTORS(unsigned long long, ulonglong)
#undef STAND_IN_VECTORS
