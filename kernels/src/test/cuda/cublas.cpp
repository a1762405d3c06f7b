// Products as cuBLAS makes them, on the stand-in's memory.
#include <algorithm>
#include <cstring>

#include "api.h"
#include "small_floats.h"

using namespace standIn;

namespace {

// Numbers of cublasStatus_t.
enum class Status : int {
  success = 0,
  notInitialised = 1,
  allocationFailed = 3,
  invalidValue = 7,
  executionFailed = 13,
  notSupported = 15,
};

#define BLAS_CALL extern "C" STAND_IN_EXPORT Status

#define BLAS_ENTER()                                                                  \
  const std::lock_guard<std::recursive_mutex> entryGuard(standIn::driver().lock);     \
  if (const int failed = static_cast<int>(enter(__func__, Needs::context)); failed) { \
    return statusOf(static_cast<Code>(failed));                                       \
  }

// A failure that a test asks for is one of cuBLAS's own; others come from the driver.
Status statusOf(Code code) {
  switch (code) {
    case Code::notInitialised:
    case Code::invalidContext:
    case Code::contextDestroyed: return Status::notInitialised;
    default: return static_cast<int>(code) <= 16 ? static_cast<Status>(code) : Status::executionFailed;
  }
}

Blas* blasOf(Handle handle) {
  Blas* blas = driver().blas.find(handle);
  return blas != nullptr && blas->context == currentContext() ? blas : nullptr;
}

// Numbers of cudaDataType.
enum class Type : int { float32 = 0, float16 = 2, bfloat16 = 14 };

std::size_t bytesOf(Type type) { return type == Type::float32 ? 4 : 2; }

struct Operand {
  Address address;
  Type type;
  int stride;

  std::size_t bytes(int rows, int columns) const {
    return (static_cast<std::size_t>(columns - 1) * static_cast<std::size_t>(stride) + static_cast<std::size_t>(rows)) *
           bytesOf(type);
  }
};

struct Product {
  bool transposeA;
  bool transposeB;
  int rows;
  int columns;
  int depth;
  float alpha;
  float beta;
  Operand a;
  Operand b;
  Operand c;
  bool tf32;
};

float read(const Operand& matrix, int row, int column) {
  const std::size_t index =
      static_cast<std::size_t>(column) * static_cast<std::size_t>(matrix.stride) + static_cast<std::size_t>(row);
  const auto* memory = reinterpret_cast<const unsigned char*>(matrix.address) + index * bytesOf(matrix.type);
  if (matrix.type == Type::float32) {
    float value;
    std::memcpy(&value, memory, sizeof value);
    return value;
  }
  uint16_t value;
  std::memcpy(&value, memory, sizeof value);
  return matrix.type == Type::float16 ? fromFloat16(value) : fromBfloat16(value);
}

void write(const Operand& matrix, int row, int column, float result) {
  const std::size_t index =
      static_cast<std::size_t>(column) * static_cast<std::size_t>(matrix.stride) + static_cast<std::size_t>(row);
  auto* memory = reinterpret_cast<unsigned char*>(matrix.address) + index * bytesOf(matrix.type);
  if (matrix.type == Type::float32) {
    std::memcpy(memory, &result, sizeof result);
    return;
  }
  const uint16_t value = matrix.type == Type::float16 ? toFloat16(result) : toBfloat16(result);
  std::memcpy(memory, &value, sizeof value);
}

// The operand as floats by columns, turned round where asked for.
std::vector<float> unpack(const Operand& matrix, bool transpose, int rows, int columns, bool tf32) {
  std::vector<float> result(static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns));
  std::size_t next = 0;
  for (int column = 0; column < columns; column++) {
    for (int row = 0; row < rows; row++) {
      const float value = transpose ? read(matrix, column, row) : read(matrix, row, column);
      result[next++] = tf32 ? fromBits(roundTf32(value)) : value;
    }
  }
  return result;
}

void multiply(const Product& product) {
  const std::vector<float> a = unpack(product.a, product.transposeA, product.rows, product.depth, product.tf32);
  const std::vector<float> b = unpack(product.b, product.transposeB, product.depth, product.columns, product.tf32);
  const auto rows = static_cast<std::size_t>(product.rows);
  std::vector<float> sums(rows);
  for (int column = 0; column < product.columns; column++) {
    std::fill(sums.begin(), sums.end(), 0.0f);
    const float* factors = b.data() + static_cast<std::size_t>(column) * static_cast<std::size_t>(product.depth);
    for (int k = 0; k < product.depth; k++) {
      const float* left = a.data() + static_cast<std::size_t>(k) * rows;
      for (std::size_t row = 0; row < rows; row++) {
        sums[row] += left[row] * factors[k];
      }
    }
    for (int row = 0; row < product.rows; row++) {
      const float before = product.beta == 0.0f ? 0.0f : product.beta * read(product.c, row, column);
      write(product.c, row, column, product.alpha * sums[static_cast<std::size_t>(row)] + before);
    }
  }
}

bool isThere(const Operand& matrix, int rows, int columns) {
  return matrix.address % bytesOf(matrix.type) == 0 &&
         driver().memory.find(matrix.address, matrix.bytes(rows, columns)) != nullptr;
}

Code multiplyIfThere(const Product& product) {
  const int rowsA = product.transposeA ? product.depth : product.rows;
  const int rowsB = product.transposeB ? product.columns : product.depth;
  const bool there = isThere(product.a, rowsA, product.rows + product.depth - rowsA) &&
                     isThere(product.b, rowsB, product.columns + product.depth - rowsB) &&
                     isThere(product.c, product.rows, product.columns);
  if (!there) {
    report("cublasGemmEx: an operand does not lie within one allocation of the device");
    return Code::illegalAddress;
  }
  multiply(product);
  return Code::success;
}

Status refuse(Status status, const char* reason) {
  report(std::string("cublasGemmEx: ") + reason);
  return status;
}

Status check(const Product& product) {
  if (product.rows < 0 || product.columns < 0 || product.depth < 0) {
    return refuse(Status::invalidValue, "a negative size");
  }
  const int rowsA = product.transposeA ? product.depth : product.rows;
  const int rowsB = product.transposeB ? product.columns : product.depth;
  if (product.a.stride < std::max(1, rowsA) || product.b.stride < std::max(1, rowsB) ||
      product.c.stride < std::max(1, product.rows)) {
    return refuse(Status::invalidValue, "a leading dimension is smaller than the matrix has rows");
  }
  if (product.a.type != product.b.type || (product.c.type != product.a.type && product.c.type != Type::float32)) {
    return refuse(Status::notSupported, "no such combination of types");
  }
  return Status::success;
}

Status gemm(Handle handle, const Product& product) {
  const Blas* blas = blasOf(handle);
  if (blas == nullptr) {
    return refuse(Status::notInitialised, "not a handle of this thread's context");
  }
  if (const Status status = check(product); status != Status::success) {
    return status;
  }
  Stream* stream = streamOf(blas->stream);
  if (stream == nullptr) {
    return refuse(Status::executionFailed, "the handle's stream has ended");
  }
  if (stream->capture != nullptr && !blas->ownWorkspace) {
    return refuse(Status::notSupported, "a captured product needs cublasSetWorkspace after cublasSetStream");
  }
  if (product.rows == 0 || product.columns == 0) {
    return Status::success;
  }
  driver().counters["products"]++;
  return statusOf(submit(*stream, [product] { return multiplyIfThere(product); }));
}

bool isType(int type) { return type == 0 || type == 2 || type == 14; }

}  // namespace

BLAS_CALL cublasCreate_v2(Handle* handle) {
  BLAS_ENTER();
  if (forbiddingCapture() != nullptr) {
    return refuse(Status::notInitialised, "a handle cannot be made while a stream is captured");
  }
  *handle = driver().blas.add(currentContext());
  return Status::success;
}

BLAS_CALL cublasDestroy_v2(Handle handle) {
  BLAS_ENTER();
  return blasOf(handle) != nullptr && driver().blas.remove(handle) ? Status::success : Status::notInitialised;
}

BLAS_CALL cublasGetVersion_v2(Handle handle, int* version) {
  BLAS_ENTER();
  *version = STAND_IN_CUBLAS * 10000;
  return blasOf(handle) != nullptr || handle == 0 ? Status::success : Status::notInitialised;
}

// Of the library itself: 0 the major version, 1 the minor one, 2 the patch.
BLAS_CALL cublasGetProperty(int property, int* value) {
  const std::lock_guard<std::recursive_mutex> guard(driver().lock);
  if (const Code code = enter(__func__, Needs::nothing); code != Code::success) {
    return statusOf(code);
  }
  *value = property == 0 ? STAND_IN_CUBLAS : 0;
  return property >= 0 && property <= 2 ? Status::success : Status::invalidValue;
}

BLAS_CALL cublasSetStream_v2(Handle handle, Handle stream) {
  BLAS_ENTER();
  Blas* blas = blasOf(handle);
  if (blas == nullptr || streamOf(stream) == nullptr) {
    return Status::notInitialised;
  }
  blas->stream = stream;
  blas->ownWorkspace = false;
  return Status::success;
}

BLAS_CALL cublasSetWorkspace_v2(Handle handle, Address workspace, std::size_t bytes) {
  BLAS_ENTER();
  Blas* blas = blasOf(handle);
  if (blas == nullptr) {
    return Status::notInitialised;
  }
  if (workspace % 256 != 0 || driver().memory.find(workspace, bytes) == nullptr) {
    return Status::invalidValue;
  }
  blas->ownWorkspace = bytes > 0;
  return Status::success;
}

BLAS_CALL cublasSetMathMode(Handle handle, int) {
  BLAS_ENTER();
  return blasOf(handle) != nullptr ? Status::success : Status::notInitialised;
}

// Factors lie in the host's memory.
BLAS_CALL cublasGetPointerMode_v2(Handle handle, int* mode) {
  BLAS_ENTER();
  *mode = 0;
  return blasOf(handle) != nullptr ? Status::success : Status::notInitialised;
}

BLAS_CALL cublasGemmEx(Handle handle, int transposeA, int transposeB, int rows, int columns, int depth,
                       const void* alpha, Address a, int typeA, int strideA, Address b, int typeB, int strideB,
                       const void* beta, Address c, int typeC, int strideC, int compute, int) {
  BLAS_ENTER();
  constexpr int float32 = 68;  // CUBLAS_COMPUTE_32F
  constexpr int tf32 = 77;     // CUBLAS_COMPUTE_32F_FAST_TF32
  if (!isType(typeA) || !isType(typeB) || !isType(typeC) || (compute != float32 && compute != tf32)) {
    return refuse(Status::notSupported, "a type or a way to compute that the stand-in does not know");
  }
  return gemm(handle, {transposeA != 0, transposeB != 0, rows, columns, depth, *static_cast<const float*>(alpha),
                       *static_cast<const float*>(beta), {a, static_cast<Type>(typeA), strideA},
                       {b, static_cast<Type>(typeB), strideB}, {c, static_cast<Type>(typeC), strideC},
                       compute == tf32 && typeA == 0});
}

BLAS_CALL cublasSgemm_v2(Handle handle, int transposeA, int transposeB, int rows, int columns, int depth,
                         const float* alpha, Address a, int strideA, Address b, int strideB, const float* beta,
                         Address c, int strideC) {
  BLAS_ENTER();
  return gemm(handle, {transposeA != 0, transposeB != 0, rows, columns, depth, *alpha, *beta,
                       {a, Type::float32, strideA}, {b, Type::float32, strideB}, {c, Type::float32, strideC}, false});
}
