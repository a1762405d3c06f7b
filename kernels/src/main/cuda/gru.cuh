// The arithmetic of one unit of a GRU at one step. Formulas: GruForward and GruBackward in Java.
#pragma once

#include "segue.cuh"

__device__ __forceinline__ float sigmoid(float x) {
  return 1.0f / (1.0f + expf(-x));
}

// What a step leaves for the backward pass: r, z, n, and the recurrent term a of n.
struct GruGates {
  float r;
  float z;
  float n;
  float a;

  // The gates of the sums by the input and by the state, in the order r, z, n, with biases.
  static __device__ __forceinline__ GruGates of(const float x[3], const float u[3]) {
    float r = sigmoid(x[0] + u[0]);
    return {r, sigmoid(x[1] + u[1]), tanhf(x[2] + r * u[2]), u[2]};
  }

  __device__ __forceinline__ float state(float before) const {
    return (1 - z) * n + z * before;
  }
};

// The gradients of a step's gates: dr, dz, dn, and da of the recurrent term.
struct GruGradients {
  float r;
  float z;
  float n;
  float a;

  // Of the gradient g of the state.
  static __device__ __forceinline__ GruGradients of(const GruGates& gates, float before, float g) {
    float n = g * (1 - gates.z) * (1 - gates.n * gates.n);
    float z = g * (before - gates.n) * gates.z * (1 - gates.z);
    return {n * gates.a * gates.r * (1 - gates.r), z, n, n * gates.r};
  }
};
