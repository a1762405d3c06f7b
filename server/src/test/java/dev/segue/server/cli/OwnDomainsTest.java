package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Podcasts and games, each from a file and a mapping, through every command.
class OwnDomainsTest {
  private static final int PODCASTS = 60;
  private static final int GAMES = 40;
  private static final String[] GENRES = {"comedy", "romance", "History", "Science", "Crime"};

  private static final String GAME_COLUMNS =
      """
       "title": "name", "genre": "genres", "description": "about", "creator": "studio",
       "timestamp": "year"}
      """;

  @TempDir Path folder;

  @Test
  void twoDomainsGoThroughEveryCommandBesideTheSample() throws Exception {
    CommandRun prepared =
        done(
            "prepare --sample --domain Podcast={} --mapping {} --domain Game={} --mapping {} --out {}",
            podcasts(),
            podcastMapping(),
            games(),
            namedGameMapping(),
            at("catalogue"));
    assertThat(prepared.out())
        .contains("Movie: ", "Podcast: 60 rows read, 60 items kept", "Game: 40 rows read");

    done("simulate --catalogue {} --sessions 300 --seed 7 --out {}", at("catalogue"), at("e.csv"));
    assertThat(at("e.csv")).content().contains("Podcast_show-1", "Game_Quest");
    done("split --sessions {} --test 0.2 --out {}", at("e.csv"), at("split"));
    done(
        "train --sessions {} --catalogue {} --set embedding=8 --set hidden=8 --set epochs=1 --out {}",
        at("split/train.csv"),
        at("catalogue"),
        at("model"));
    done(
        "evaluate --model {} --sessions {} --json {}",
        at("model"),
        at("split/test.csv"),
        at("metrics.json"));
    assertThat(
            new ObjectMapper()
                .readTree(at("metrics.json").toFile())
                .path("byDomain")
                .has("Podcast"))
        .isTrue();
    CommandRun answered =
        done(
            "recommend --model {} --catalogue {} --session Podcast_show-7 --domain game -k 3",
            at("model"),
            at("catalogue"));
    assertThat(answered.out().lines()).hasSize(3).allMatch(line -> line.contains("[Game] Quest"));
    CommandRun similar =
        done("similar --catalogue {} --item Podcast_show-7 --domain Game", at("catalogue"));
    assertThat(similar.out()).contains("Similar to [Podcast] Talk 7 — Host 3", "[Game] Quest");
    done(
        "explore --catalogue {} --sessions {} --out {}",
        at("catalogue"),
        at("e.csv"),
        at("r.html"));
    assertThat(at("r.html")).content().contains("Podcast", "Game");
    assertServed();
  }

  @Test
  void oneDomainAloneNeedsNoPublicSet() throws IOException {
    CommandRun run =
        done(
            "prepare --domain Game={} --mapping {} --out {}",
            games(),
            gameMapping(),
            at("catalogue"));

    assertThat(run.out()).contains("40 items written").doesNotContain("Movie");
    assertThat(Files.readAllLines(at("catalogue/catalogue.csv")))
        .contains("Game_Quest 3,Quest 3,Science,About 3,0,Studio 3,2003,Game");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--domain Game | --domain: expected NAME=FILE such as Podcast=podcasts.csv, got \"Game\"",
        "--domain Game=g.jsonl | --domain Game: no mapping, expected --mapping FILE, a JSON file such",
        "--domain Game=a --domain Game=b | --domain: Game is given twice, expected one file a domain",
        "--mapping {m} | {m}: a mapping without a domain, expected --domain NAME=FILE",
        "--domain A=a --domain B=b --mapping {m} | {m}: does not say its domain, expected \"domain\":"
            + " one of \"A\", \"B\"",
        "--domain A=a --mapping {p} | {p}: is for the domain Podcast, expected --domain Podcast=FILE;"
            + " there is \"A\"",
        "--domain Podcast=a --mapping {p} --mapping {p} | --mapping: {p} and {p} are both for Podcast",
        "--domain Podcast=none.csv --mapping {p} | none.csv: no such file",
        "--domain Game=g.jsonl --mapping none.json | none.json: no such file",
        "--domain My_Game=g.jsonl --mapping {m} | domain: expected letters and digits",
        "--sample --domain Movie=a --mapping {m} | --domain Movie: there is another source of that"
            + " domain",
        "--domain Podcast={g} --mapping {p} | {g}: show_id: no such column, which {p}:3:3 names;"
            + " columns found: name, studio, year, genres, about"
      })
  void aMistakeIsOneLine(String arguments, String expected) throws IOException {
    CommandRun run =
        CommandRun.of((Object[]) ("prepare " + named(arguments) + " --out x").split(" "));

    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("segue prepare: " + named(expected));
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private String named(String text) throws IOException {
    return text.replace("{m}", gameMapping().toString())
        .replace("{p}", podcastMapping().toString())
        .replace("{g}", games().toString());
  }

  private void assertServed() throws Exception {
    try (ChildProcess child =
            ChildProcess.start(folder, "serve", "--catalogue", at("catalogue"), "--port", "0");
        HttpClient client = HttpClient.newHttpClient()) {
      child.awaitOutput("Ctrl-C ends");
      Matcher address = Pattern.compile("http://localhost:\\d+/").matcher(child.out());
      assertThat(address.find()).isTrue();
      assertThat(get(client, address.group() + "v1/items?domain=Podcast&query=talk+7"))
          .contains("Podcast_show-7");
      assertThat(get(client, address.group() + "v1/info")).contains("Podcast", "Game");
    }
  }

  private static String get(HttpClient client, String uri) throws Exception {
    return client
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private Path podcasts() throws IOException {
    StringBuilder rows = new StringBuilder("show_id;show;categories;plays;host;first\n");
    for (int i = 0; i < PODCASTS; i++) {
      rows.append(
          "show-%d;Talk %d;%s|%s;%s;Host %d;%02d.03.2020%n"
              .formatted(
                  i,
                  i,
                  GENRES[i % GENRES.length],
                  GENRES[(i / 7) % GENRES.length],
                  i % 9 == 0 ? "" : Integer.toString(i * 31 % 97),
                  i % 4,
                  1 + i % 28));
    }
    return Files.writeString(at("podcasts.csv"), rows);
  }

  private Path podcastMapping() throws IOException {
    return Files.writeString(
        at("podcast.mapping.json"),
        """
        {
          "domain": "Podcast",
          "key": "show_id",
          "title": "show",
          "genre": {"column": "categories", "separator": "|"},
          "popularity": {"column": "plays", "missing": "median"},
          "creator": "host",
          "timestamp": {"column": "first", "format": "dd.MM.yyyy"}
        }
        """);
  }

  private Path games() throws IOException {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < GAMES; i++) {
      rows.append(
          "{\"name\": \"Quest %d\", \"studio\": \"Studio %d\", \"year\": %d, \"genres\": [\"%s\"], \"about\": \"About %d\"}%n"
              .formatted(i, i % 6, 2000 + i % 20, GENRES[i % GENRES.length], i));
    }
    return Files.writeString(at("games.jsonl"), rows);
  }

  private Path gameMapping() throws IOException {
    return Files.writeString(at("game.mapping.json"), "{" + GAME_COLUMNS);
  }

  private Path namedGameMapping() throws IOException {
    return Files.writeString(at("named.mapping.json"), "{\"domain\": \"Game\"," + GAME_COLUMNS);
  }

  private CommandRun done(String command, Object... paths) {
    String line = command;
    for (Object path : paths) {
      line = line.replaceFirst("\\{}", Matcher.quoteReplacement(path.toString()));
    }
    CommandRun run = CommandRun.of((Object[]) line.split(" "));
    assertThat(run.exitCode()).as(line + run.err()).isZero();
    return run;
  }

  private Path at(String name) {
    return folder.resolve(name);
  }
}
