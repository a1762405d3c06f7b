package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Text files as they come: other encodings, other delimiters, cut, ragged, with cells that are
/// huge or hold bytes that no text has.
class TextFaultsTest {
  private static final String BOOKS = "Book,Author,Genres,Num_Ratings\n";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aByteOrderMarkSaysTheEncoding(String charset) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("log.tsv"),
            "\uFEFFsession\titem\ns\tMüller 漢 🎬\n",
            Charset.forName(charset));

    assertThat(SessionLogTest.items(SessionLogs.read(file), 0)).containsExactly("Müller 漢 🎬");
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1, ':2:4: not UTF-8 text: byte 0xE9'", "UTF-16LE, 'control characters'"})
  void anotherEncodingWithoutAMarkIsReportedByPlace(String charset, String reason)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("books.csv"), BOOKS + "Café,B,['C'],1\n", Charset.forName(charset));

    assertThatThrownBy(() -> CataloguePreparation.prepare(null, null, file))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("\n");
  }

  @Test
  void halfACharacterOfUtf16IsReportedByPlace() throws IOException {
    byte[] text = "\uFEFFsession,item\ns,a\n".getBytes(StandardCharsets.UTF_16LE);
    byte[] cut = Arrays.copyOf(text, text.length + 1);
    cut[text.length] = 'x';
    Path file = Files.write(folder.resolve("log.csv"), cut);

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ":3:1: not UTF-16LE text: byte 0x78");
  }

  @Test
  void aNulInACellIsRemovedAndCounted() {
    CataloguePreparation.Prepared prepared = books("Lo\0w,B,['C'],1\n");

    assertThat(prepared.catalogue().item(0).title()).isEqualTo("Low");
    assertThat(prepared.report().sources().getFirst().count("Book: invisible characters removed"))
        .isEqualTo(1);
  }

  @Test
  void aHugeCellIsReadAndOneBeyondAllMeasureIsOneLine() {
    String text = "x".repeat(3_000_000);
    assertThat(books("Low," + text + ",['C'],1\n").catalogue().item(0).creator())
        .hasSize(text.length());

    assertThatThrownBy(() -> books("Low," + "x".repeat(20_000_000) + ",['C'],1\n"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("books.csv: ")
        .message()
        .hasSizeLessThan(300)
        .doesNotContain("\n");
  }

  @Test
  void raggedRowsAreLeftOutAndCounted() {
    SourceCleaning cleaning =
        books("A,B,['C'],1\nD,E\nF,G,['H'],1,more\nI,J,['K'],1\nL,M,['N'],2\n")
            .report()
            .sources()
            .getFirst();

    assertThat(cleaning.itemsKept()).isEqualTo(3);
    assertThat(cleaning.count("row left out: row: wrong number of cells, expected 4, got 2"))
        .isEqualTo(1);
    assertThat(cleaning.count("row left out: row: wrong number of cells, expected 4, got 5"))
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void aPackedFileThatEndsTooEarlyIsRefusedWhereverItIsCut(String ending) throws IOException {
    StringBuilder rows = new StringBuilder("session,item\n");
    for (int i = 0; i < 5000; i++) {
      rows.append("s").append(i / 3).append(",item ").append(i * 7919 % 4999).append('\n');
    }
    byte[] whole = packed(rows.toString(), ending);
    for (int length : List.of(12, whole.length / 2, whole.length - 1)) {
      Path file = Files.write(folder.resolve("log.csv." + ending), Arrays.copyOf(whole, length));

      assertThatThrownBy(() -> SessionLogs.read(file))
          .as("cut to %d of %d", length, whole.length)
          .isInstanceOf(DataException.class)
          .hasMessageStartingWith(file.toString())
          .message()
          .doesNotContain("\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "zst"})
  void aPackedFileOfNothingIsEmpty(String ending) throws IOException {
    Path file = Files.write(folder.resolve("log.csv." + ending), packed("", ending));

    assertThatThrownBy(() -> SessionLogs.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(file + ": empty, expected a log of sessions");
  }

  @Property(tries = 300)
  void anyTextIsReadOrRefusedInOneLine(@ForAll("texts") String text) throws IOException {
    Path file = Files.createTempFile("any", ".csv");
    try {
      Files.writeString(file, text);
      SessionLog log = SessionLogs.read(file);
      assertThat(log.eventCount()).isPositive();
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 200)
  void anyBytesAreReadOrRefusedInOneLine(@ForAll byte[] bytes) throws IOException {
    Path file = Files.createTempFile("any", ".csv");
    try {
      Files.write(file, bytes);
      assertThat(SessionLogs.read(file).eventCount()).isPositive();
    } catch (DataException e) {
      assertThat(e.getMessage()).startsWith(file.toString()).doesNotContain("\n");
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> piece =
        Arbitraries.of(
            "session",
            "item",
            "time",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\r\n",
            "\"",
            "{",
            "}",
            "[",
            ":",
            "a",
            "7",
            " ",
            "\uFEFF",
            "\0",
            "é",
            "漢",
            "\"\"",
            "{\"session\":1,\"item\":\"a\"}\n");
    return piece.list().ofMaxSize(30).map(pieces -> String.join("", pieces));
  }

  private CataloguePreparation.Prepared books(String rows) {
    try {
      Path file = Files.writeString(folder.resolve("books.csv"), BOOKS + rows);
      return CataloguePreparation.prepare(null, null, file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] packed(String text, String ending) throws IOException {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (ending.equals("zst")) {
      return Zstd.compress(plain);
    }
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    }
    return bytes.toByteArray();
  }
}
