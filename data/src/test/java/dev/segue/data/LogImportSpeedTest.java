package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.LogImport.Imported;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Measures an import of generated events. For ten million run `./segue mvn test -pl data
/// -Dtest=LogImportSpeedTest -Dtest.jvm.args="-Xmx2g -Dsegue.test.events=10000000"`.
class LogImportSpeedTest {
  private static final Logger LOG = LoggerFactory.getLogger(LogImportSpeedTest.class);
  private static final int EVENTS = Integer.getInteger("segue.test.events", 200_000);

  @TempDir Path folder;

  @Test
  void generatedEventsOfUsersInRandomOrderAreImported() throws IOException {
    Path file = folder.resolve("raw.csv");
    GeneratedEvents.write(EVENTS, file);
    Path out = folder.resolve("events.segue-log");

    long start = System.nanoTime();
    Imported imported = LogImport.read(file, ImportSettings.usual(), row -> {}, folder);
    double readSeconds = (System.nanoTime() - start) / 1e9;
    SessionLogs.write(imported.log(), out);
    double allSeconds = (System.nanoTime() - start) / 1e9;
    SessionLog read = SessionLogs.read(out);
    double openSeconds = (System.nanoTime() - start) / 1e9 - allSeconds;

    LOG.info(
        "{} events, {} MB: {} s to import; {} s with writing {} MB, {} events a second; {} s to open"
            + " it; {} kept in {} sessions",
        EVENTS,
        Files.size(file) / 1_000_000,
        readSeconds,
        allSeconds,
        Files.size(out) / 1_000_000,
        Math.round(EVENTS / allSeconds),
        openSeconds,
        imported.report().events(),
        imported.report().sessions());
    assertThat(imported.report().rows()).isEqualTo(EVENTS);
    assertThat(read.eventCount()).isEqualTo(imported.log().eventCount());
  }
}
