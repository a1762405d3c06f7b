package dev.segue.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command line in a JVM of its own, as the launcher starts it, with its output in files.
final class ChildProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  private final Process process;
  private final Path out;
  private final Path err;

  private ChildProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /// Starts a command in a folder; its output goes to files in that folder.
  static ChildProcess start(Path folder, Object... arguments) throws IOException {
    return startInto(Files.createTempFile(folder, "child", ".out"), folder, arguments);
  }

  /// Starts a command whose standard output goes to a file of the caller's choice.
  static ChildProcess startInto(Path out, Path folder, Object... arguments) throws IOException {
    Path err = Files.createTempFile(folder, "child", ".err");
    return new ChildProcess(
        new ProcessBuilder(command(arguments))
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start(),
        out,
        err);
  }

  private static List<String> command(Object... arguments) {
    List<String> command = new ArrayList<>();
    if (System.getProperty("os.name").equals("Linux")) {
      // A build in the background ignores Ctrl-C, and so would its children.
      command.addAll(List.of("env", "--default-signal=INT"));
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-modules",
            "jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "-Xmx512m",
            "-cp",
            classPath(),
            "dev.segue.server.Main"));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return command;
  }

  /// The tests run on the module path, the launcher on the class path.
  private static String classPath() {
    List<String> entries = new ArrayList<>();
    for (String property : List.of("jdk.module.path", "java.class.path")) {
      String value = System.getProperty(property, "");
      if (!value.isEmpty()) {
        entries.add(value);
      }
    }
    entries.add(Path.of("target", "classes").toAbsolutePath().toString());
    return String.join(System.getProperty("path.separator"), entries);
  }

  /// Waits for the end and returns the exit code.
  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("the command did not end");
    }
    return process.exitValue();
  }

  /// Waits until standard output or standard error contains a text.
  void awaitOutput(String text) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!out().contains(text) && !err().contains(text)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        throw new AssertionError("no \"" + text + "\" in: " + out() + err());
      }
      Thread.sleep(50);
    }
  }

  /// Sends what Ctrl-C sends.
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  /// Returns standard output so far.
  String out() throws IOException {
    return Files.readString(out);
  }

  /// Returns standard error so far, without what the JVM itself says about its vector module.
  String err() throws IOException {
    return Files.readString(err).replaceAll("WARNING: Using incubator modules:.*\\R", "");
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
