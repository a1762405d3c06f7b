package dev.segue.data.fetch;

import java.net.URI;
import java.util.List;

/// The three public sets: movies, music and books, each a CSV file on Hugging Face.
public final class PublicSources {
  /// Where Hugging Face is, unless a mirror is asked for.
  public static final URI HUGGING_FACE = URI.create("https://huggingface.co");

  private PublicSources() {}

  /// Returns the three sets in the order movies, music, books.
  ///
  /// @param endpoint Hugging Face or a mirror of it, such as [#HUGGING_FACE]
  public static List<Source> at(URI endpoint) {
    return List.of(
        source(
            endpoint,
            "movies",
            "imdb_movies.csv",
            "ExecuteAutomation/ImdbMovieDataSet",
            "imdb_movies.csv",
            "its page states no licence; ask its publisher before you pass it on"),
        source(
            endpoint,
            "music",
            "spotify_tracks.csv",
            "maharshipandya/spotify-tracks-dataset",
            "dataset.csv",
            "BSD, as its page says; collected through the Spotify Web API"),
        source(
            endpoint,
            "books",
            "goodreads_books.csv",
            "Eitanli/goodreads",
            "goodreads_data.csv",
            "MIT, as its page says; collected from Goodreads"));
  }

  private static Source source(
      URI endpoint, String name, String fileName, String dataset, String remote, String licence) {
    String base = endpoint.toString().replaceAll("/+$", "");
    URI page = URI.create(base + "/datasets/" + dataset);
    return new Source(
        name, fileName, URI.create(page + "/resolve/main/" + remote), page, licence, null);
  }
}
