// Tensor cores and ldmatrix, after the PTX manual's tables of fragments. Sums are kept in double and
// rounded once, products are exact: between the roundings that processors make.
#pragma once

#include <cstdint>
#include <cstring>

#include "device_warp.h"
#include "small_floats.h"

namespace standIn {

inline void needTensorCores() {
  if (__CUDA_ARCH__ < 800) {
    fault(Code::launchFailed, "tensor cores for these types come with sm_80");
  }
}

struct Fragments {
  float* c;
  const uint32_t* a;
  const uint32_t* b;
};

// The whole warp's product; `depth` is 16 for 16-bit types, two of which share a register, and 8 for
// TF32.
template <int depth, float (*read)(uint32_t, int)>
inline void multiplyTiles(void** lanes, unsigned mask) {
  if (mask != 0xffffffffu) {
    fault(Code::launchFailed, "mma needs all 32 lanes");
  }
  constexpr int perRegister = depth / 8;
  double a[16][depth];
  double b[depth][8];
  for (int lane = 0; lane < 32; lane++) {
    const auto* part = static_cast<const Fragments*>(lanes[lane]);
    const int group = lane >> 2;
    const int inGroup = lane & 3;
    for (int item = 0; item < perRegister; item++) {
      for (int half = 0; half < 2; half++) {
        const int k = inGroup * perRegister + item + half * depth / 2;
        a[group][k] = read(part->a[2 * half], item);
        a[group + 8][k] = read(part->a[2 * half + 1], item);
        b[k][group] = read(part->b[half], item);
      }
    }
  }
  for (int lane = 0; lane < 32; lane++) {
    float* c = static_cast<Fragments*>(lanes[lane])->c;
    for (int i = 0; i < 4; i++) {
      const int row = (lane >> 2) + (i >= 2 ? 8 : 0);
      const int column = 2 * (lane & 3) + (i & 1);
      double sum = c[i];
      for (int k = 0; k < depth; k++) {
        sum += a[row][k] * b[k][column];
      }
      c[i] = static_cast<float>(sum);
    }
  }
}

inline float readBfloat16(uint32_t pair, int item) {
  return fromBfloat16(static_cast<uint16_t>(pair >> (16 * item)));
}
inline float readFloat16(uint32_t pair, int item) {
  return fromFloat16(static_cast<uint16_t>(pair >> (16 * item)));
}
inline float readWhole(uint32_t value, int) { return readTf32(value); }

struct MatrixRow {
  uint32_t* tiles;
  const void* row;
};

template <bool transposed>
inline void loadTiles(void** lanes, unsigned mask) {
  if (mask != 0xffffffffu) {
    fault(Code::launchFailed, "ldmatrix needs all 32 lanes");
  }
  uint16_t values[4][8][8];
  for (int lane = 0; lane < 32; lane++) {
    const void* row = static_cast<const MatrixRow*>(lanes[lane])->row;
    checkShared(row, 16);
    std::memcpy(values[lane / 8][lane % 8], row, 16);
  }
  for (int lane = 0; lane < 32; lane++) {
    for (int tile = 0; tile < 4; tile++) {
      const int row = lane / 4;
      const int column = 2 * (lane % 4);
      const uint32_t low = transposed ? values[tile][column][row] : values[tile][row][column];
      const uint32_t high = transposed ? values[tile][column + 1][row] : values[tile][row][column + 1];
      static_cast<MatrixRow*>(lanes[lane])->tiles[tile] = low | high << 16;
    }
  }
}

}  // namespace standIn

inline void mmaBf16(float c[4], const uint32_t a[4], const uint32_t b[2], STAND_IN_SITE) {
  standIn::needTensorCores();
  standIn::Fragments part{c, a, b};
  standIn::meet(0xffffffffu, standIn::multiplyTiles<16, standIn::readBfloat16>, &part, {file, line});
}
inline void mmaFp16(float c[4], const uint32_t a[4], const uint32_t b[2], STAND_IN_SITE) {
  standIn::needTensorCores();
  standIn::Fragments part{c, a, b};
  standIn::meet(0xffffffffu, standIn::multiplyTiles<16, standIn::readFloat16>, &part, {file, line});
}
inline void mmaTf32(float c[4], const uint32_t a[4], const uint32_t b[2], STAND_IN_SITE) {
  standIn::needTensorCores();
  standIn::Fragments part{c, a, b};
  standIn::meet(0xffffffffu, standIn::multiplyTiles<8, standIn::readWhole>, &part, {file, line});
}
inline uint32_t toTf32(float x) {
  standIn::needTensorCores();
  return standIn::roundTf32(x);
}
inline void loadMatrix4(uint32_t tiles[4], const void* row, STAND_IN_SITE) {
  standIn::MatrixRow part{tiles, row};
  standIn::meet(0xffffffffu, standIn::loadTiles<false>, &part, {file, line});
}
inline void loadMatrix4Transposed(uint32_t tiles[4], const void* row, STAND_IN_SITE) {
  standIn::MatrixRow part{tiles, row};
  standIn::meet(0xffffffffu, standIn::loadTiles<true>, &part, {file, line});
}
