package dev.segue.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecommendCommandTest {
  @TempDir static Path folder;
  private static Path catalogue = Path.of("");

  @BeforeAll
  static void writeCatalogue() {
    catalogue = SmallShop.catalogue(folder);
  }

  @Test
  void printsANumberedListWithDomainTitleAndCreator() {
    CommandRun run = recommend("--session", "Movie_Heat", "-k", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.out().lines())
        .hasSize(3)
        .first()
        .asString()
        .matches("1\\. \\[Movie\\] Ronin — John Frankenheimer \\(-?\\d+\\.\\d{3}\\)");
    assertThat(run.out()).containsPattern("(?m)^2\\. ").containsPattern("(?m)^3\\. ");
  }

  @Test
  void takesTitlesAndIdsAlike() {
    CommandRun byTitle = recommend("--session", "yellow", "-k", "2");

    assertThat(byTitle.out()).startsWith("1. [Music] Fix You — Coldplay");
    assertThat(byTitle.out()).isEqualTo(recommend("--session", "Music_4ux", "-k", "2").out());
  }

  @Test
  void anUnknownItemIsAMistakeThatListsSimilarOnes() {
    CommandRun run = recommend("--session", "Movie_Ronin 2");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.errorLines())
        .singleElement()
        .asString()
        .startsWith("segue recommend: unknown item \"Movie_Ronin 2\"; similar: \"Movie_Ronin\"");
  }

  @Test
  void anAmbiguousTitleIsAMistakeThatListsTheCandidates() {
    CommandRun run = recommend("--session", "Pinocchio");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            "segue recommend: ambiguous item \"Pinocchio\", give one of these ids: "
                + "\"Movie_Pinocchio (1940)\", \"Movie_Pinocchio (2022)\"\n");
  }

  @Test
  void domainAndExclusionNarrowTheList() {
    CommandRun run =
        recommend("--session", "Heat", "--domain", "movie", "--exclude", "Ronin", "-k", "5");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).hasSize(2).allMatch(line -> line.contains("[Movie] Pinocchio"));
    assertThat(run.err()).isEqualTo("Only 2 items fit.\n");
  }

  @Test
  void seenItemsComeBackOnlyWhenAskedFor() {
    assertThat(recommend("--session", "Heat", "-k", "7").out()).doesNotContain("] Heat");
    assertThat(recommend("--session", "Heat", "-k", "7", "--include-seen").out())
        .contains("] Heat");
  }

  @Test
  void anUnknownDomainIsAMistakeThatListsThem() {
    assertThat(recommend("--domain", "Games").err())
        .isEqualTo(
            "segue recommend: --domain: unknown domain \"Games\","
                + " expected one of Movie, Music, Book\n");
  }

  @Test
  void withoutASessionThePopularAreRecommended() {
    assertThat(recommend("-k", "7").out().lines()).hasSize(7);
  }

  @Test
  void jsonHoldsTheListWithIdsAndScores() throws Exception {
    JsonNode answer =
        new ObjectMapper().readTree(recommend("--session", "Heat", "-k", "2", "--json").out());

    assertThat(answer.path("items")).hasSize(2);
    JsonNode first = answer.path("items").path(0);
    assertThat(first.path("id").asText()).isEqualTo("Movie_Ronin");
    assertThat(first.path("title").asText()).isEqualTo("Ronin");
    assertThat(first.path("domain").asText()).isEqualTo("Movie");
    assertThat(first.path("score").isNumber()).isTrue();
  }

  private CommandRun recommend(Object... arguments) {
    Object[] all = new Object[arguments.length + 3];
    all[0] = "recommend";
    all[1] = "--catalogue";
    all[2] = catalogue;
    System.arraycopy(arguments, 0, all, 3, arguments.length);
    return CommandRun.of(all);
  }
}
