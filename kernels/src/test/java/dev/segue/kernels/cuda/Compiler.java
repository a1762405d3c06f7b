package dev.segue.kernels.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// g++, as the stand-in driver and its kernels are compiled.
///
/// @param folder that it writes to
/// @param headers folders of headers
record Compiler(Path folder, List<Path> headers) {
  static final List<String> FLAGS =
      List.of(
          "-std=c++17",
          "-O2",
          "-fno-strict-aliasing",
          "-fPIC",
          "-fvisibility=hidden",
          "-Wall",
          "-Wextra",
          "-Werror",
          "-Wno-unknown-pragmas",
          "-DSEGUE_STAND_IN");

  /// A kernel stops at an access that is not aligned, or outside of an array, as a device would.
  private static final List<String> KERNEL_FLAGS =
      List.of("-fsanitize=alignment,bounds", "-fsanitize-undefined-trap-on-error");

  /// Compiles one source.
  ///
  /// @param name of the object
  /// @param options more of them
  Path object(Path source, String name, List<String> options) {
    List<String> command = new ArrayList<>(List.of("g++"));
    command.addAll(FLAGS);
    if (source.toString().endsWith(".cu")) {
      command.addAll(KERNEL_FLAGS);
    }
    headers.forEach(header -> command.add("-I" + header));
    command.addAll(options);
    Path object = folder.resolve(name);
    command.addAll(List.of("-x", "c++", "-c", source.toString(), "-o", object.toString()));
    run(command);
    return object;
  }

  /// Joins objects to a library.
  void link(String name, List<Path> objects, List<String> options) {
    List<String> command = new ArrayList<>(List.of("g++", "-shared", "-pthread"));
    command.addAll(List.of("-Wl,--no-undefined", "-o", folder.resolve(name).toString()));
    objects.forEach(object -> command.add(object.toString()));
    command.addAll(options);
    run(command);
  }

  private static void run(List<String> command) {
    ProgramRun run = ProgramRun.of(command);
    if (run.code() != 0) {
      throw new IllegalStateException(
          "stand-in: does not compile: %s%n%s".formatted(String.join(" ", command), run.output()));
    }
  }

  /// A program that has ended.
  ///
  /// @param code 0 where all is well
  /// @param output what it printed, errors too
  record ProgramRun(int code, String output) {
    /// Runs a program to its end.
    static ProgramRun of(List<String> command) {
      try {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        byte[] output = process.getInputStream().readAllBytes();
        return new ProgramRun(process.waitFor(), new String(output, StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }
}
