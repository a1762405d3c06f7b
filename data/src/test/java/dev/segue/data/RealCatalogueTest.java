package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RealCatalogueTest {
  @TempDir Path folder;

  @Test
  void thePublicSetsBecomeOneCatalogueThatSurvivesItsFile() {
    Path movies = PublicData.file("catalogues/imdb_movies.csv");
    Path music = PublicData.file("catalogues/spotify_tracks_15000.csv");
    Path books = PublicData.file("catalogues/goodreads_books.csv");

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(movies, music, books);
    SourceCleaning movie = prepared.report().sources().get(0);
    SourceCleaning track = prepared.report().sources().get(1);
    SourceCleaning book = prepared.report().sources().get(2);

    assertThat(movie.rowsRead()).isEqualTo(10_178);
    assertThat(movie.itemsKept()).isEqualTo(10_178);
    assertThat(movie.count("genre: empty, set to Unknown")).isEqualTo(85);
    assertThat(movie.count("score: 0, kept as the lowest popularity (not scored)")).isEqualTo(211);
    assertThat(movie.count("overview: broken encoding repaired")).isEqualTo(1);
    assertThat(track.rowsRead()).isEqualTo(15_000);
    assertThat(track.itemsKept()).isEqualTo(14_384);
    assertThat(track.count("row left out: artists, album_name, track_name are empty")).isEqualTo(1);
    assertThat(book.rowsRead()).isEqualTo(10_000);
    assertThat(book.itemsKept()).isEqualTo(9_936);
    assertThat(book.count("row left out: repeats an earlier row")).isEqualTo(64);
    assertThat(book.count("Genres: empty, set to Unknown")).isGreaterThan(900);
    assertThat(book.count("Book: U+FFFD kept, the character is lost in the source")).isEqualTo(2);

    prepared.write(folder);
    assertThat(Catalogue.read(folder).items()).isEqualTo(prepared.catalogue().items());
  }

  @Test
  void peopleFindWhatTheyAskFor() {
    Catalogue catalogue =
        CataloguePreparation.prepare(
                PublicData.file("catalogues/imdb_movies.csv"),
                PublicData.file("catalogues/spotify_tracks_15000.csv"),
                PublicData.file("catalogues/goodreads_books.csv"))
            .catalogue();

    assertThat(catalogue.find("Movie_Creed III")).isInstanceOf(Lookup.Found.class);
    assertThat(catalogue.find("creed iii")).isInstanceOf(Lookup.Found.class);
    assertThat(catalogue.find("Movie_Pinocchio"))
        .isInstanceOfSatisfying(
            Lookup.Ambiguous.class, found -> assertThat(found.candidates()).hasSize(12));
    assertThat(catalogue.search("Movie", "cree", 3).stream().map(Item::title))
        .contains("Creed III");
  }

  @Test
  void booksInTheFullSchemaKeepDescriptionsOfSeveralLines() {
    Path books = PublicData.file("catalogues/goodreads_books_3268_all_columns.csv");

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(null, null, books);

    assertThat(prepared.report().sources().getFirst().rowsRead()).isEqualTo(3_268);
    assertThat(
            prepared.catalogue().items().stream()
                .filter(item -> item.description().indexOf('\n') >= 0))
        .hasSizeGreaterThan(60);
  }
}
