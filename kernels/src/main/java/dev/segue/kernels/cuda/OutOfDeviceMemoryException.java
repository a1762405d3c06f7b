package dev.segue.kernels.cuda;

/// A device has too little memory left.
public final class OutOfDeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutOfDeviceMemoryException(String message) {
    super(message);
  }
}
