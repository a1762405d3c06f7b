package dev.segue.kernels;

/// Opens a backend and prints what it is, or why it cannot be had; run by [BackendsTest] in a JVM
/// of its own.
final class OpenBackend {
  private OpenBackend() {}

  @SuppressWarnings("SystemOut") // its output is its result
  public static void main(String[] arguments) {
    try (Backend backend = Backends.open(BackendChoice.parse(arguments[0]))) {
      System.out.println(backend.description());
    } catch (BackendUnavailableException e) {
      System.out.println(e.getMessage());
    }
  }
}
