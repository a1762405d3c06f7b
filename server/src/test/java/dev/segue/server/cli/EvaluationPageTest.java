package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationPageTest {
  private static final String SCRIPT = "<script>alert(1)</script>";
  private static final String IMAGE = "\"'><img src=x onerror=alert(2)>&amp;";

  @TempDir static Path folder;
  private static Path sessions = Path.of("");
  private static Path neighbours = Path.of("");
  private static String page = "";

  /// The items' titles, creators and a domain, the name of a model and a session's id are hostile.
  @BeforeAll
  static void writePage() throws IOException {
    Catalogue.of(
            List.of(
                item("Movie_Heat", SCRIPT, "Movie"),
                item("Movie_Ronin", IMAGE, "Movie"),
                item("Music_4ux", "Yellow & <b>blue</b>", "Mu</table><script>sic"),
                item("Book_Emma", "Emma", "Book")))
        .write(folder.resolve("catalogue"));
    StringBuilder log = new StringBuilder("session,item,time\n");
    for (int session = 0; session < 40; session++) {
      String id = "<i onclick=alert(3)>" + session;
      int time = 100 * session;
      log.append("%s,Movie_Heat,%d%n%s,Movie_Ronin,%d%n".formatted(id, time, id, time + 1));
      log.append("%s,Music_4ux,%d%n".formatted(id, time + 2));
      log.append(session % 2 == 0 ? "%s,Book_Emma,%d%n".formatted(id, time + 3) : "");
    }
    sessions = Files.writeString(folder.resolve("sessions.csv"), log);
    Path gru = train("gru", "gru");
    neighbours = train("vstan", "<u>near");
    page = evaluate(folder.resolve("deep/report.html"), gru, neighbours);
  }

  private static Path train(String kind, String name) {
    Path out = folder.resolve(name);
    CommandRun run =
        kind.equals("gru")
            ? CommandRun.of(
                "train",
                "--sessions",
                sessions,
                "--catalogue",
                folder.resolve("catalogue"),
                "--out",
                out,
                "--set",
                "hidden=4",
                "--set",
                "embedding=4",
                "--set",
                "epochs=2")
            : CommandRun.of(
                "train",
                "--model",
                kind,
                "--sessions",
                sessions,
                "--catalogue",
                folder.resolve("catalogue"),
                "--out",
                out);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return out;
  }

  private static String evaluate(Path file, Path... models) throws IOException {
    java.util.ArrayList<Object> arguments =
        new java.util.ArrayList<>(List.of("evaluate", "--sessions", sessions, "--report", file));
    for (Path model : models) {
      arguments.addAll(List.of("--model", model));
    }
    CommandRun run = CommandRun.of(arguments.toArray());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).endsWith("Wrote " + file + ".\n");
    return Files.readString(file);
  }

  private static Item item(String id, String title, String domain) {
    return new Item(id, title, domain, List.of("Crime"), "about " + title, 50, title, "");
  }

  @Test
  void textIsNeverMarkup() {
    assertThat(page)
        .doesNotContainIgnoringCase("<script")
        .doesNotContain("<img")
        .doesNotContain("<b>")
        .doesNotContain("<i onclick")
        .doesNotContain("<u>");
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .contains("&lt;img src=x onerror=alert(2)&gt;&amp;amp;")
        .contains("Yellow &amp; &lt;b&gt;blue&lt;/b&gt;")
        .contains("Session &lt;i onclick=alert(3)&gt;")
        .contains("&lt;u&gt;near");
    for (var tag = Pattern.compile("<[a-z][^>]*>").matcher(page); tag.find(); ) {
      assertThat(tag.group()).doesNotContainPattern("\\son[a-z]+=");
    }
  }

  @Test
  void nothingIsLoadedFromElsewhere() {
    assertThat(page).doesNotContain("http:").doesNotContain("https:").doesNotContain("//");
    assertThat(page).doesNotContain("url(").doesNotContain("@import");
    assertThat(page).doesNotContainPattern("<[^>]* (src|srcset|data|action)=");
    for (var link = Pattern.compile("href=\"([^\"]*)\"").matcher(page); link.find(); ) {
      assertThat(link.group(1)).startsWith("#");
    }
  }

  @Test
  void everyOpenedElementIsClosed() {
    java.util.ArrayDeque<String> open = new java.util.ArrayDeque<>();
    var tag = Pattern.compile("<(/?)([a-z][a-z0-9]*)[^>]*?(/?)>").matcher(page);
    while (tag.find()) {
      String name = tag.group(2);
      if (List.of("meta", "br").contains(name) || tag.group(3).equals("/")) {
        continue;
      }
      if (tag.group(1).isEmpty()) {
        open.push(name);
      } else {
        assertThat(open.pop()).as("closed by " + tag.group()).isEqualTo(name);
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void everyChapterIsThereAndLinked() {
    for (String id :
        List.of("result", "comparison", "targets", "lists", "training", "examples", "provenance")) {
      assertThat(page).contains("<a href=\"#" + id + "\">").contains("<section id=\"" + id + "\">");
    }
    for (String id :
        List.of(
            "cutoff-recall",
            "cutoff-mrr",
            "cutoff-ndcg",
            "position-recall",
            "popularity-recall",
            "domain-recall",
            "transitions",
            "coverage",
            "difference-recall",
            "difference-cross-mrr",
            "curve-1")) {
      assertThat(page).containsOnlyOnce("<article id=\"" + id + "\"");
    }
    assertThat(page).as("the neighbourhood model has no epochs").doesNotContain("curve-2");
  }

  @Test
  void tenSessionsAreTheMiddlesOfTenParts() {
    assertThat(Pattern.compile("<article id=\"example-").matcher(page).results().count())
        .isEqualTo(10);
    for (int part = 0; part < 10; part++) {
      assertThat(page)
          .contains("<h3>Session &lt;i onclick=alert(3)&gt;" + (4 * part + 2) + "</h3>");
    }
  }

  @Test
  void provenanceHasDigestsSettingsVersionsAndTheCommandWithoutFolders() throws IOException {
    assertThat(page)
        .contains("SHA-256 " + Digest.sha256(sessions))
        .contains("segue evaluate --model gru --model &lt;u&gt;near --sessions sessions.csv")
        .contains("epochs 2")
        .contains("1,000 resamples, seed 42")
        .doesNotContain(folder.toString());
  }

  @Test
  void theSameRunMakesTheSamePageButForDateAndTimes() throws IOException {
    String again = evaluate(folder.resolve("again.html"), folder.resolve("gru"), neighbours);
    assertThat(withoutTimes(again)).isEqualTo(withoutTimes(page));
  }

  private static String withoutTimes(String html) {
    return html.replaceAll("\\d{4}-\\d\\d-\\d\\dT[^<]*", "")
        .replaceAll(">\\d+\\.\\d</td></tr>", "");
  }

  @Test
  void aModelAloneWithoutIntervalsHasAPageToo() throws IOException {
    Path file = folder.resolve("alone.html");
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--sessions",
            sessions,
            "--report",
            file,
            "--model",
            neighbours,
            "--resamples",
            "0",
            "-k",
            "3");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(file))
        .contains("Recall@3 by place in the session")
        .doesNotContain("id=\"comparison\"")
        .doesNotContain("id=\"training\"")
        .doesNotContain("NaN");
  }

  @Test
  void aDirectoryIsRefusedBeforeTheWork() {
    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--sessions",
            folder.resolve("nowhere.csv"),
            "--report",
            folder,
            "--model",
            neighbours);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.errorLines())
        .containsExactly(
            "segue evaluate: " + folder + ": is a directory, expected the name of a file");
  }
}
