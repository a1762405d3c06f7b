package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuarantineTest {
  @TempDir Path folder;

  @Test
  void rejectedRowsAreKeptWithTheirReason() throws IOException {
    Path input =
        Files.writeString(
            folder.resolve("log.csv"), "session,item,time\ns,a,1\ns,\"b, c\",soon\ns,d\n");
    Path quarantine = folder.resolve("quarantine.csv");

    SessionLog log =
        Quarantine.around(
            quarantine, rejected -> SessionLogs.read(input, ColumnMapping.none(), rejected));

    assertThat(log.eventCount()).isEqualTo(1);
    assertThat(quarantine)
        .hasContent(
            """
            File,Line,Column,Problem,Value,Row
            %1$s,3,time,not a time,soon,"s,""b, c"",soon"
            %1$s,4,row,"wrong number of cells, expected 3, got 2",s,"s,d"
            """
                .formatted(input));
  }

  @Test
  void aReadingThatFailsLeavesNoFile() {
    Path quarantine = folder.resolve("quarantine.csv");

    assertThatThrownBy(() ->
            Quarantine.around(
                quarantine,
                rejected ->
                    SessionLogs.read(folder.resolve("none.csv"), ColumnMapping.none(), rejected)))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("no such file");
    assertThat(folder).isEmptyDirectory();
  }
}
