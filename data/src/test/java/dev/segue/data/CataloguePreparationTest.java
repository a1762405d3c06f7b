package dev.segue.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CataloguePreparationTest {
  private static final String MOVIE_HEADER =
      "names,date_x,score,genre,overview,crew,orig_title,status,orig_lang,budget_x,revenue,country\n";
  private static final String REST = ", Released, English,1.0,2.0,AU\n";
  private static final String TRACK_HEADER =
      ",track_id,artists,album_name,track_name,popularity,explicit,track_genre\n";
  private static final String BOOK_HEADER =
      ",Book,Author,Description,Genres,Avg_Rating,Num_Ratings,URL\n";

  @TempDir Path folder;

  @Test
  void moviesAreCleanedAndEachActionIsCounted() {
    Path file =
        file(
            "movies.csv",
            MOVIE_HEADER
                + "Night Ferry,03/02/2023 ,73.0,\"Drama,\u00A0Action\",\" Two   boats.\",\"Ann Lee, Cook\",x"
                + REST
                + "Low Tide,05/02/2021 ,0.0,,,,x"
                + REST);

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(file, null, null);

    assertThat(prepared.catalogue().items())
        .containsExactly(
            new Item(
                "Movie_Night Ferry",
                "Night Ferry",
                "Movie",
                List.of("Drama", "Action"),
                "Two   boats.",
                73,
                "Ann Lee, Cook",
                "03/02/2023"),
            new Item(
                "Movie_Low Tide",
                "Low Tide",
                "Movie",
                List.of("Unknown"),
                "No Description Available",
                0,
                "Not Available",
                "05/02/2021"));
    SourceCleaning cleaning = prepared.report().sources().getFirst();
    assertThat(cleaning.rowsRead()).isEqualTo(2);
    assertThat(cleaning.itemsKept()).isEqualTo(2);
    assertThat(cleaning.count("genre: empty, set to Unknown")).isEqualTo(1);
    assertThat(cleaning.count("crew: empty, set to Not Available")).isEqualTo(1);
    assertThat(cleaning.count("date_x: white space trimmed or collapsed")).isEqualTo(2);
    assertThat(cleaning.count("score: 0, kept as the lowest popularity (not scored)")).isEqualTo(1);
    assertThat(cleaning.actions())
        .contains(
            new CleaningAction(
                "date_x: white space trimmed or collapsed", 2, "movies.csv:2: \"03/02/2023 \""));
  }

  @Test
  void aFileWithoutCrewIsReadAllTheSame() {
    Path file =
        file(
            "movies.csv", "genre,names,overview,score,date_x\nDrama,Low Tide,Sea.,5,01/01/2020 \n");

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(file, null, null);

    assertThat(prepared.catalogue().item(0).creator()).isEqualTo("Not Available");
    assertThat(prepared.report().sources().getFirst())
        .returns(1, cleaning -> cleaning.count("crew: no such column, set to Not Available"));
  }

  @Test
  void filmsOfOneNameStayDifferent() {
    String[] rows = {
      "Dune,10/22/2021 ,80,Drama,a,\"Ann Lee, Cook\",x",
      "Dune,01/01/1984 ,60,Drama,b,,x",
      "Dune,02/03/2021 ,10,Drama,c,Bo Ek,x",
      "Rain,02/03/2020 ,10,Drama,c,,x",
      "Rain,05/03/2020 ,10,Drama,c,,x",
      "Rain (2020),02/03/2019 ,10,Drama,c,,x",
      "\"Rain (2020, 1)\",02/03/2019 ,10,Drama,c,,x",
      "Sun,02/03/2019 ,10,Drama,c,,x"
    };

    Catalogue catalogue =
        CataloguePreparation.prepare(
                file("movies.csv", MOVIE_HEADER + String.join(REST, rows) + REST), null, null)
            .catalogue();

    assertThat(catalogue.items().stream().map(Item::id))
        .containsExactly(
            "Movie_Dune (2021, Ann Lee)",
            "Movie_Dune (1984)",
            "Movie_Dune (2021, Bo Ek)",
            "Movie_Rain (2020, 2)",
            "Movie_Rain (2020, 3)",
            "Movie_Rain (2020) (4)",
            "Movie_Rain (2020, 1)",
            "Movie_Sun");
    assertThat(catalogue.items().stream().map(Item::title))
        .startsWith("Dune", "Dune", "Dune", "Rain");
  }

  @Test
  void rowsOfOneTrackBecomeOneItemWithAllGenres() {
    Path file =
        file(
            "tracks.csv",
            TRACK_HEADER
                + "0,id1,Ann Lee;Bo Ek,\"Sea, Vol. 2\",Low Tide,55,False,pop\n"
                + "1,id2,Cy,Hills,\"\"\"Up\"\"\",3,True,rock\n"
                + "2,id1,Ann Lee;Bo Ek,\"Sea, Vol. 2\",Low Tide,57,False,dance\n"
                + "3,id1,Ann Lee;Bo Ek,\"Sea, Vol. 2\",Low Tide,57,False,pop\n"
                + "4,id3,,,,0,False,k-pop\n");

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(null, file, null);

    assertThat(prepared.catalogue().items())
        .containsExactly(
            new Item(
                "Music_id1",
                "Low Tide",
                "Music",
                List.of("pop", "dance"),
                "Track from the album Sea, Vol. 2",
                57,
                "Ann Lee, Bo Ek",
                ""),
            new Item(
                "Music_id2",
                "\"Up\"",
                "Music",
                List.of("rock"),
                "Track from the album Hills",
                3,
                "Cy",
                ""));
    SourceCleaning cleaning = prepared.report().sources().getFirst();
    assertThat(cleaning.count("row left out: artists, album_name, track_name are empty"))
        .isEqualTo(1);
    assertThat(cleaning.count("row joined to the item of an earlier row, more genres"))
        .isEqualTo(1);
    assertThat(cleaning.count("row left out: repeats key and genres of an earlier row"))
        .isEqualTo(1);
    assertThat(cleaning.count("popularity: differs between rows of a key, highest kept"))
        .isEqualTo(1);
    assertThat(prepared.catalogue().find("music_low tide")).isInstanceOf(Lookup.Found.class);
  }

  @Test
  void booksAreCleanedAndExactDuplicatesBecomeOne() {
    Path file =
        file(
            "books.csv",
            BOOK_HEADER
                + "0,Low Tide,Ann  Lee,\"Two\nlines.\",\"['Fiction', \"\"Children's\"\"]\",4.27,\"5,691,311\",u\n"
                + "1,Low Tide,Bo Ek,,[],3.0,12,u\n"
                + "2,Low Tide,Bo Ek,,[],3.0,12,other\n"
                + "3,Caf\u00C3\u00A9 360\uFFFD,Cy,d,\"['Art']\",3.0,\"1,000\",u\n"
                + "4,Low Tide,Bo Ek,,[],3.0,13,u\n");

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(null, null, file);

    assertThat(prepared.catalogue().items())
        .containsExactly(
            new Item(
                "Book_Low Tide (Ann Lee)",
                "Low Tide",
                "Book",
                List.of("Fiction", "Children's"),
                "Two\nlines.",
                5_691_311,
                "Ann Lee",
                ""),
            new Item(
                "Book_Low Tide (Bo Ek, 1)",
                "Low Tide",
                "Book",
                List.of("Unknown"),
                "No Description Available",
                12,
                "Bo Ek",
                ""),
            new Item(
                "Book_Café 360\uFFFD",
                "Café 360\uFFFD",
                "Book",
                List.of("Art"),
                "d",
                1000,
                "Cy",
                ""),
            new Item(
                "Book_Low Tide (Bo Ek, 2)",
                "Low Tide",
                "Book",
                List.of("Unknown"),
                "No Description Available",
                13,
                "Bo Ek",
                ""));
    SourceCleaning cleaning = prepared.report().sources().getFirst();
    assertThat(cleaning.count("row left out: repeats an earlier row")).isEqualTo(1);
    assertThat(cleaning.count("same title and creator with other figures, kept apart"))
        .isEqualTo(1);
    assertThat(cleaning.count("Description: empty, set to No Description Available")).isEqualTo(2);
    assertThat(cleaning.count("Genres: empty, set to Unknown")).isEqualTo(2);
    assertThat(cleaning.count("Book: broken encoding repaired")).isEqualTo(1);
    assertThat(cleaning.count("Book: U+FFFD kept, the character is lost in the source"))
        .isEqualTo(1);
  }

  @Test
  void booksWithoutIndexDescriptionAndAddressAreRead() {
    Path file = file("books.csv", "Book,Author,Genres,Avg_Rating,Num_Ratings\nA,B,['C'],1,2\n");

    Item item = CataloguePreparation.prepare(null, null, file).catalogue().item(0);

    assertThat(item.description()).isEqualTo("No Description Available");
    assertThat(item.genres()).containsExactly("C");
  }

  @Test
  void rowsThatCannotBeUsedAreLeftOutAndCounted() {
    Path file =
        file(
            "books.csv",
            """
            Book,Author,Genres,Num_Ratings
            A,B,['C'],2
            D,B,['C'],"7,x"
            E,B,['C'],8
            F,B,C,8
            G,B,['C'],1
            ,B,['C'],1
            H,B,['C'],1
            I,B,['C']
            J,B,['C'],4
            """);

    SourceCleaning cleaning =
        CataloguePreparation.prepare(null, null, file).report().sources().getFirst();

    assertThat(cleaning.rowsRead()).isEqualTo(9);
    assertThat(cleaning.itemsKept()).isEqualTo(5);
    assertThat(cleaning.count("Description: no such column, set to No Description Available"))
        .isEqualTo(5);
    assertThat(cleaning.actions())
        .contains(
            new CleaningAction(
                "row left out: Num_Ratings: not a number",
                1,
                file + ":3: Num_Ratings: not a number: \"7,x\""));
    assertThat(cleaning.count("row left out: Book: is empty")).isEqualTo(1);
    assertThat(cleaning.count("row left out: row: wrong number of cells, expected 4, got 3"))
        .isEqualTo(1);
    assertThat(cleaning.count("row left out: Genres: not a list such as ['Classics', 'Fiction']"))
        .isEqualTo(1);
  }

  @Test
  void aFileOfUnusableRowsIsRefused() {
    Path file = file("books.csv", "Book,Author,Genres,Num_Ratings\nA,B,['C'],many\n");

    assertThatThrownBy(() -> CataloguePreparation.prepare(null, null, file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: more than half of the rows cannot be used (1 of 1), the first: %s:2: Num_Ratings:"
                + " not a number: \"many\"",
            file, file);
  }

  @Test
  void aMissingColumnNamesTheColumnsFound() {
    Path tracks = file("tracks.csv", TRACK_HEADER + "0,id1,A,B,C,55,False,pop\n");

    assertThatThrownBy(() -> CataloguePreparation.prepare(tracks, null, null))
        .isInstanceOf(DataException.class)
        .hasMessage(
            tracks
                + ": names: no such column, expected a column of this name; columns found: ,"
                + " track_id, artists, album_name, track_name, popularity, explicit, track_genre");
  }

  @Test
  void anEmptyFileAndOneWithAHeaderOnlyAreRefused() {
    Path empty = file("empty.csv", "");
    Path header = file("header.csv", BOOK_HEADER);

    assertThatThrownBy(() -> CataloguePreparation.prepare(null, null, empty))
        .isInstanceOf(DataException.class)
        .hasMessage(empty + ": empty, expected a header line");
    assertThatThrownBy(() -> CataloguePreparation.prepare(null, null, header))
        .isInstanceOf(DataException.class)
        .hasMessage(header + ": no rows, expected at least one after the header");
    assertThatThrownBy(() -> CataloguePreparation.prepare(null, null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theReportIsWrittenBesideTheCatalogue() throws IOException {
    Path file = file("books.csv", "Book,Author,Genres,Num_Ratings\n\"A \"\"b\"\"\",B,[],2\n");

    CataloguePreparation.Prepared prepared = CataloguePreparation.prepare(null, null, file);
    prepared.write(folder.resolve("out"));

    assertThat(folder.resolve("out").toFile().list())
        .containsExactlyInAnyOrder("catalogue.csv", "cleaning-report.json");
    assertThat(Files.readString(folder.resolve("out/cleaning-report.json")))
        .startsWith("{\"sources\": [\n  {\"domain\": \"Book\", \"file\": \"")
        .contains("\"rowsRead\": 1, \"itemsKept\": 1")
        .contains("{\"name\": \"Genres: empty, set to Unknown\", \"count\": 1, \"example\":")
        .endsWith("]}\n]}\n");
    assertThat(prepared.report().toTable())
        .startsWith("Book: 1 rows read, 1 items kept")
        .contains("1  Genres: empty, set to Unknown");
  }

  private Path file(String name, String text) {
    try {
      return Files.writeString(folder.resolve(name), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
