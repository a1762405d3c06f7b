package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Has DuckDB, which shares no code with Segue or hardwood, read the Parquet files that the
/// commands write. Its driver weighs 80 MB, so it comes with the Maven profile `peers` only.
class ParquetPeerTest {
  @TempDir Path folder;

  @BeforeEach
  void needDuckDb() {
    assumeTrue(
        DriverManager.drivers().anyMatch(driver -> driver.getClass().getName().contains("duckdb")),
        "skipped: no DuckDB, which comes with mvn -Ppeers");
  }

  @Test
  void anotherReaderFindsTypesValuesAndMissingValues() throws Exception {
    Path input =
        Files.writeString(
            folder.resolve("clicks.csv"),
            """
            session,item,time,action,dwell
            s1,"Movie_Amélie",2025-01-02T03:04:05.678Z,Clicked,1500
            s1,"漢字, \"\"x\"\"",2025-01-02T03:05:05Z,Searched,
            s2,Movie_Heat,2001-02-03T04:05:06Z,Clicked,7
            """);
    Path parquet = folder.resolve("events.parquet");

    done("import", "--input", input, "--min-support", "1", "--min-length", "1", "--out", parquet);

    assertThat(query("describe select * from '%s'".formatted(parquet)))
        .map(row -> row.getFirst() + " " + row.get(1))
        .containsExactly(
            "SessionId VARCHAR",
            "ItemId VARCHAR",
            "Time TIMESTAMP WITH TIME ZONE",
            "Action VARCHAR",
            "DwellMillis INTEGER");
    assertThat(
            query(
                "select SessionId, ItemId, epoch_ms(Time), Action, DwellMillis from '%s' order by all"
                    .formatted(parquet)))
        .containsExactlyInAnyOrder(
            List.of("s1", "Movie_Amélie", "1735787045678", "Clicked", "1500"),
            List.of("s1", "漢字, \"x\"", "1735787105000", "Searched", "null"),
            List.of("s2", "Movie_Heat", "981173106000", "Clicked", "7"));
  }

  @Test
  void anotherReaderFindsEveryEventOfALargeLog() throws Exception {
    Path catalogue = SmallShop.catalogue(folder);
    Path csv = folder.resolve("events.csv");
    Path parquet = folder.resolve("events.parquet");
    for (Path out : List.of(csv, parquet)) {
      done("simulate", "--catalogue", catalogue, "--sessions", "40000", "--out", out);
    }

    String both = "(select SessionId, ItemId, Time, DwellMillis from '%s')";
    assertThat(query("select count(*) from '%s'".formatted(parquet)).getFirst().getFirst())
        .isEqualTo(Long.toString(Files.readAllLines(csv).size() - 1L));
    assertThat(
            query(
                "select count(*) from (%s except all %s)"
                    .formatted(both.formatted(parquet), both.formatted(csv))))
        .containsExactly(List.of("0"));
  }

  private static List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:", new Properties());
        Statement statement = duck.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
          row.add(String.valueOf(result.getString(column)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static void done(Object... arguments) throws IOException {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }
}
