package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.LogImport.Imported;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
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
    generate(file);
    Path out = folder.resolve("events.csv");

    long start = System.nanoTime();
    Imported imported = LogImport.read(file, ImportSettings.usual(), row -> {});
    double readSeconds = (System.nanoTime() - start) / 1e9;
    SessionLogs.write(imported.log(), out);
    double allSeconds = (System.nanoTime() - start) / 1e9;

    LOG.info(
        "{} events, {} MB: {} s to import, {} events a second; {} s with writing; {} kept in {}"
            + " sessions",
        EVENTS,
        Files.size(file) / 1_000_000,
        readSeconds,
        Math.round(EVENTS / readSeconds),
        allSeconds,
        imported.report().events(),
        imported.report().sessions());
    assertThat(imported.report().rows()).isEqualTo(EVENTS);
    assertThat(SessionLogs.read(out).eventCount()).isEqualTo(imported.log().eventCount());
  }

  /// One user for twenty events, spread over 30 days in visits; items with a skewed popularity.
  private static void generate(Path file) throws IOException {
    var random = new SplittableRandom(1);
    int users = Math.max(1, EVENTS / 20);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("user_id,item_id,timestamp,event_type\n");
      for (int i = 0; i < EVENTS; i++) {
        int user = random.nextInt(users);
        double share = random.nextDouble();
        int item = (int) (50_000 * share * share * share);
        long visit = (user * 31L + random.nextInt(4) * 7L) % 30 * 86_400;
        long time = 1_700_000_000L + visit + random.nextInt(3600);
        String action = random.nextInt(10) == 0 ? "purchase" : "view";
        out.write("user" + user + ",item" + item + "," + time + "," + action + "\n");
      }
    }
  }
}
