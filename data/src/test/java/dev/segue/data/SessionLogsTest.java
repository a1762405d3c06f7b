package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionLogsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SessionId\tItemId\tTime",
        "session_id,item_id,timestamp",
        "Session_ID,Item_ID,event_time",
        "SESSION;Item;Time",
        "session|asin|ts",
        "\uFEFFsession,item,time",
        "\"Session Id\",\"Item Id\",\"Event Time\""
      })
  void usualColumnNamesAreRecognised(String header) {
    char separator =
        "\t,;|"
            .chars()
            .mapToObj(c -> (char) c)
            .filter(c -> header.indexOf(c) > 0)
            .findFirst()
            .orElseThrow();
    String row = "7,a,1396437466.94".replace(',', separator);

    SessionLog log = SessionLogs.read(file("log", header + "\n" + row + "\n"));

    assertThat(SessionLogTest.describe(log)).containsExactly("7: a@1396437466940 Clicked -1");
  }

  @Test
  void otherColumnsAreMapped() {
    Path file = file("log.csv", "who,what,when,how,stay\ns,a,1700000000,Searched,1500\n");

    SessionLog log =
        SessionLogs.read(
            file, ColumnMapping.parse("session=who,item=What,time=when,action=how,dwell=stay"));

    assertThat(SessionLogTest.describe(log)).containsExactly("s: a@1700000000000 Searched 1500");
  }

  @Test
  void aDomainColumnIsPutBeforeTheItem() {
    Path file = file("log.tsv", "session\ttime\tdomain\tasin\n0\t1\tbook\t055\n0\t2\tmovie\tB00\n");

    SessionLog log = SessionLogs.read(file);

    assertThat(SessionLogTest.items(log, 0)).containsExactly("Book_055", "Movie_B00");
  }

  @Test
  void oneSessionALineIsReadWithoutHeader() {
    SessionLog log = SessionLogs.read(file("train.txt", "21553 20071 8762\n\n27606\t25971\n9\n"));

    assertThat(SessionLogTest.describe(log))
        .containsExactly(
            "1: 21553@0 Clicked -1, 20071@0 Clicked -1, 8762@0 Clicked -1",
            "3: 27606@0 Clicked -1, 25971@0 Clicked -1",
            "4: 9@0 Clicked -1");
  }

  @ParameterizedTest
  @CsvSource({
    "1396860669, 1396860669000",
    "1396860669.277, 1396860669277",
    "1.396860669277e9, 1396860669277",
    "1396860669277, 1396860669277",
    "1396860669277123, 1396860669277",
    "1396860669277123456, 1396860669277",
    "2014-04-07T08:51:09.277Z, 1396860669277",
    "2014-04-07T10:51:09.277+02:00, 1396860669277",
    "2014-04-07T08:51:09, 1396860669000",
    "2014-04-07 08:51:09, 1396860669000",
    "2014-04-07 08:51:09.277, 1396860669277",
    "2014-04-07 08:51:09 UTC, 1396860669000",
    "2014-04-07, 1396828800000",
    "0, 0"
  })
  void timesAreReadInTheUsualForms(String text, long millis) {
    SessionLog log = SessionLogs.read(file("log.csv", "session,item,time\ns,a," + text + "\n"));

    assertThat(log.timeMillis(0)).isEqualTo(millis);
  }

  @Test
  void gzipIsToldByContent() throws IOException {
    Path file = folder.resolve("log.csv");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("session,item\ns,a\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(SessionLogs.read(file).eventCount()).isEqualTo(1);
  }

  @Test
  void dwellInSecondsIsReadAsMilliseconds() {
    Path file = file("log.csv", "session,item,dwell_seconds\ns,a,1.5\ns,b,\n");

    SessionLog log = SessionLogs.read(file);

    assertThat(log.dwellMillis(0)).isEqualTo(1500);
    assertThat(log.dwellMillis(1)).isEqualTo(-1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "session,item,time\\ns,a,soon|:2: time: not a time: \"soon\"",
        "session,item,time\\ns,a,|:2: time: time is missing: \"\"",
        "session,item,time\\ns,a,1700000000\\ns,a,1700000000000|:3: time: time in milliseconds in"
            + " a column of seconds: \"1700000000000\"",
        "session,item\\ns,a\\n,b|:3: session: is empty: \"\"",
        "session,item\\ns,a,b|:2: row: wrong number of cells, expected 2, got 3: \"s\"",
        "session,item\\ns|:2: row: wrong number of cells, expected 2, got 1: \"s\"",
        "session,item,dwell\\ns,a,long|:2: dwell: not a number: \"long\"",
        "session,item,dwell\\ns,a,-5|:2: dwell: not a time between 0 and 24 days: \"-5\"",
        "session,item,time\\ns,\"a\\nb\",1\\ns,b,x|:4: time: not a time: \"x\"",
        "session,price\\ns,1|: item: no such column, expected one named itemid or item or asin or"
            + " productid or product or articleid or sku, or --columns item=NAME; columns found:"
            + " session, price",
        "a,b\\ns,1|: session: no such column, expected one named sessionid or session or sid or"
            + " visitid or visit, or --columns session=NAME; columns found: a, b",
        "session,item\\n|: no events, expected at least one after the header",
        "session,item,item\\ns,a,b|: header: column \"item\" occurs twice, expected distinct names",
        "<html>|: not a log: expected CSV, TSV, JSON Lines, Parquet or one session a line, got"
            + " \"<…\""
      })
  void badInputGivesOneClearLine(String text, String expected) {
    Path file = file("log.csv", text.replace("\\n", "\n"));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + expected)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void aFileWithoutContentIsRefused() {
    Path file = file("log.csv", " \n\n");

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": empty, expected a log of sessions");
  }

  @Test
  void aMissingFileAndADirectoryAreRefused() {
    assertThatThrownBy(() -> SessionLogs.read(folder.resolve("none.csv")))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("none.csv: no such file");
    assertThatThrownBy(() -> SessionLogs.read(folder))
        .isInstanceOf(DataException.class)
        .hasMessageEndingWith("is a directory, expected a file");
  }

  @Test
  void binaryGarbageIsRefused() throws IOException {
    byte[] garbage = new byte[10_000];
    new Random(5).nextBytes(garbage);
    Path file = Files.write(folder.resolve("log.csv"), garbage);

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("not UTF-8 text: byte 0x");
  }

  @Test
  void aWrongByteIsReportedWithLineAndColumn() throws IOException {
    byte[] text = "session,item\ns,a\ns,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
    Path file = Files.write(folder.resolve("log.csv"), text);

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":3:6: not UTF-8 text: byte 0xE9");
  }

  @Test
  void anUnclosedQuoteIsRefused() {
    Path file = file("log.csv", "session,item\ns,\"a\ns,b\n");

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file + ": not valid CSV: ");
  }

  @Test
  void rejectedRowsAreCountedWhenTheCallerTakesThem() {
    Path file = file("log.csv", "session,item,time\ns,a,1\ns,b,x\ns,,3\ns,c,y\ns,d,4,5\n");
    var rejected = new RejectionCount();

    SessionLog log = SessionLogs.read(file, ColumnMapping.none(), rejected);

    assertThat(log.eventCount()).isEqualTo(1);
    assertThat(rejected.count()).isEqualTo(4);
    assertThat(rejected.countByReason())
        .containsEntry("time: not a time", 2L)
        .containsEntry("item: is empty", 1L);
    assertThat(rejected.examples().getFirst().message())
        .isEqualTo(file + ":3: time: not a time: \"x\"");
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
