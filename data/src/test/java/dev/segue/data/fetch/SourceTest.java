package dev.segue.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.Test;

class SourceTest {
  @Test
  void theThreePublicSetsAreOnHuggingFaceOrItsMirror() {
    assertThat(PublicSources.at(PublicSources.HUGGING_FACE))
        .extracting(source -> source.address().toString())
        .containsExactly(
            "https://huggingface.co/datasets/ExecuteAutomation/ImdbMovieDataSet/resolve/main/imdb_movies.csv",
            "https://huggingface.co/datasets/maharshipandya/spotify-tracks-dataset/resolve/main/dataset.csv",
            "https://huggingface.co/datasets/Eitanli/goodreads/resolve/main/goodreads_data.csv");
    assertThat(PublicSources.at(URI.create("http://mirror.example/hf/")))
        .allMatch(
            source -> source.page().toString().startsWith("http://mirror.example/hf/datasets/"));
  }

  @Test
  void addressesAndDigestsAreChecked() {
    Source movies = PublicSources.at(PublicSources.HUGGING_FACE).getFirst();

    assertThatThrownBy(() -> movies.withAddress(URI.create("file:///etc/passwd")))
        .hasMessage("movies: address: expected http://… or https://…, got \"file:///etc/passwd\"");
    assertThatThrownBy(() -> movies.withAddress(URI.create("movies.csv")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> movies.withSha256("abc"))
        .hasMessage("movies: SHA-256: expected 64 hexadecimal digits, got \"abc\"");
    assertThat(movies.withSha256("AB".repeat(32)).sha256()).isEqualTo("ab".repeat(32));
  }

  @Test
  void pausesDoubleUpToTheLongest() {
    FetchSettings settings = FetchSettings.usual();

    assertThat(settings.pauseAfter(1)).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.pauseAfter(4)).isEqualTo(Duration.ofSeconds(8));
    assertThat(settings.pauseAfter(100)).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void retryAfterIsReadInSecondsAndAsADate() {
    String inAMinute =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));

    assertThat(Attempt.retryAfter("120")).isEqualTo(Duration.ofMinutes(2));
    assertThat(Attempt.retryAfter(inAMinute))
        .isBetween(Duration.ofSeconds(30), Duration.ofSeconds(61));
    assertThat(Attempt.retryAfter("Wed, 21 Oct 2015 07:28:00 GMT")).isEqualTo(Duration.ZERO);
    assertThat(Attempt.retryAfter("soon")).isNull();
    assertThat(Attempt.retryAfter("")).isNull();
  }

  @Test
  void bytesAreWrittenForPeople() {
    assertThat(Numbers.bytes(999)).isEqualTo("999 bytes");
    assertThat(Numbers.bytes(1_000)).isEqualTo("1.0 kB");
    assertThat(Numbers.bytes(999_949)).isEqualTo("999.9 kB");
    assertThat(Numbers.bytes(999_960)).isEqualTo("1.0 MB");
    assertThat(Numbers.bytes(20_100_000)).isEqualTo("20.1 MB");
    assertThat(Numbers.bytes(4_200_000_000L)).isEqualTo("4.2 GB");
  }
}
