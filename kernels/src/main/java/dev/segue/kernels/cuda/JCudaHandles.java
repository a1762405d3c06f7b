package dev.segue.kernels.cuda;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Numbers for JCuda's objects of one kind, which keep the driver's handles to themselves. 0 is the
/// handle 0.
///
/// @param <T> a class of JCuda
final class JCudaHandles<T> {
  private static final int INVALID_HANDLE = 400;

  private final List<@Nullable T> objects = new ArrayList<>();

  JCudaHandles(T none) {
    objects.add(none);
  }

  /// Returns the number of an object, which is an equal one's where there is one.
  long add(T object) {
    int known = objects.indexOf(object);
    if (known >= 0) {
      return known;
    }
    int free = objects.indexOf(null);
    int number = free >= 0 ? free : objects.size();
    if (number == objects.size()) {
      objects.add(object);
    } else {
      objects.set(number, object);
    }
    return number;
  }

  /// Returns the object of a number.
  ///
  /// @param call of the driver that needs it
  T get(String call, long number) {
    T object = number >= 0 && number < objects.size() ? objects.get((int) number) : null;
    if (object == null) {
      throw CudaException.ofDriver(call, INVALID_HANDLE, "CUDA_ERROR_INVALID_HANDLE", "");
    }
    return object;
  }

  /// Forgets an object that has ended.
  void remove(long number) {
    objects.set((int) number, null);
  }
}
