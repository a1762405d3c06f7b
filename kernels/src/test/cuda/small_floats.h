// 16-bit floats, rounded to nearest even as the device does.
#pragma once

#include <cmath>
#include <cstdint>
#include <cstring>

#include "vector_types.h"

namespace standIn {

inline uint32_t bits(float value) {
  uint32_t result;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

inline float fromBits(uint32_t value) {
  float result;
  std::memcpy(&result, &value, sizeof result);
  return result;
}

inline uint16_t toBfloat16(float value) {
  uint32_t all = bits(value);
  if (value != value) {
    return 0x7fff;
  }
  return static_cast<uint16_t>((all + 0x7fffu + ((all >> 16) & 1u)) >> 16);
}

inline float fromBfloat16(uint16_t value) { return fromBits(static_cast<uint32_t>(value) << 16); }

inline uint16_t toFloat16(float value) {
  if (value != value) {
    return 0x7fff;
  }
  const uint16_t sign = static_cast<uint16_t>((bits(value) >> 16) & 0x8000u);
  const float magnitude = std::fabs(value);
  if (magnitude >= 65520.0f) {
    return static_cast<uint16_t>(sign | 0x7c00u);
  }
  if (magnitude < 6.103515625e-05f) {
    // Subnormal: multiples of 2^-24. The product is exact, nearbyint rounds to even.
    return static_cast<uint16_t>(sign | static_cast<uint16_t>(std::nearbyint(magnitude * 16777216.0f)));
  }
  const uint32_t all = bits(magnitude);
  return static_cast<uint16_t>(sign | (((all + 0xfffu + ((all >> 13) & 1u)) >> 13) - (112u << 10)));
}

inline float fromFloat16(uint16_t value) {
  const uint32_t sign = (value & 0x8000u) << 16;
  const uint32_t exponent = (value >> 10) & 31u;
  const uint32_t fraction = value & 1023u;
  if (exponent == 31) {
    return fromBits(sign | 0x7f800000u | (fraction << 13));
  }
  if (exponent == 0) {
    const float magnitude = static_cast<float>(fraction) * 5.9604644775390625e-08f;
    return sign ? -magnitude : magnitude;
  }
  return fromBits(sign | ((exponent + 112u) << 23) | (fraction << 13));
}

// As the tensor cores read a 32-bit float: 13 bits of fraction are not looked at.
inline float readTf32(uint32_t value) { return fromBits(value & 0xffffe000u); }

// Rounded to 10 bits of fraction, halves away from zero.
inline uint32_t roundTf32(float value) {
  const uint32_t all = bits(value);
  return std::isfinite(value) ? (all + 0x1000u) & 0xffffe000u : all;
}

}  // namespace standIn

struct __nv_bfloat16 {
  uint16_t bits;
};
struct __half {
  uint16_t bits;
};
struct alignas(4) __nv_bfloat162 {
  __nv_bfloat16 x, y;
};
struct alignas(4) __half2 {
  __half x, y;
};
using half = __half;
using half2 = __half2;

inline __nv_bfloat16 __float2bfloat16(float value) { return {standIn::toBfloat16(value)}; }
inline __nv_bfloat16 __float2bfloat16_rn(float value) { return {standIn::toBfloat16(value)}; }
inline float __bfloat162float(__nv_bfloat16 value) { return standIn::fromBfloat16(value.bits); }
inline unsigned short __bfloat16_as_ushort(__nv_bfloat16 value) { return value.bits; }
inline __nv_bfloat16 __ushort_as_bfloat16(unsigned short value) { return {value}; }
inline __nv_bfloat162 __floats2bfloat162_rn(float x, float y) {
  return {__float2bfloat16(x), __float2bfloat16(y)};
}
inline float2 __bfloat1622float2(__nv_bfloat162 value) {
  return {__bfloat162float(value.x), __bfloat162float(value.y)};
}
inline __nv_bfloat162 __halves2bfloat162(__nv_bfloat16 x, __nv_bfloat16 y) { return {x, y}; }
inline float __low2float(__nv_bfloat162 value) { return __bfloat162float(value.x); }
inline float __high2float(__nv_bfloat162 value) { return __bfloat162float(value.y); }

inline __half __float2half(float value) { return {standIn::toFloat16(value)}; }
inline __half __float2half_rn(float value) { return {standIn::toFloat16(value)}; }
inline float __half2float(__half value) { return standIn::fromFloat16(value.bits); }
inline unsigned short __half_as_ushort(__half value) { return value.bits; }
inline __half __ushort_as_half(unsigned short value) { return {value}; }
inline __half2 __floats2half2_rn(float x, float y) { return {__float2half(x), __float2half(y)}; }
inline float2 __half22float2(__half2 value) { return {__half2float(value.x), __half2float(value.y)}; }
inline __half2 __halves2half2(__half x, __half y) { return {x, y}; }
inline float __low2float(__half2 value) { return __half2float(value.x); }
inline float __high2float(__half2 value) { return __half2float(value.y); }
