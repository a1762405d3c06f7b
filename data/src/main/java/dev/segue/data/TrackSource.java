package dev.segue.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads the Spotify tracks. Columns needed: `track_id, artists, album_name, track_name,
/// popularity, track_genre`; the index and the audio columns are not used.
///
/// A track has one row for each of its genres; they become one item with all genres, and where the
/// rows differ in popularity the highest counts. The source has no descriptions; the album stands
/// in for one.
final class TrackSource extends CatalogueSource {
  private final int id;
  private final int artists;
  private final int album;
  private final int name;
  private final int popularity;
  private final int genre;
  private final Map<String, Track> tracks = new LinkedHashMap<>();

  TrackSource(Table table, CleaningRecorder recorder) {
    super(table, recorder);
    id = table.requiredColumn("track_id");
    artists = table.requiredColumn("artists");
    album = table.requiredColumn("album_name");
    name = table.requiredColumn("track_name");
    popularity = table.requiredColumn("popularity");
    genre = table.requiredColumn("track_genre");
  }

  @Override
  void read(Table.Row row) throws BadCellException {
    String key = required(row.cell(id).strip(), row, id);
    if (row.cell(artists).isBlank() && row.cell(album).isBlank() && row.cell(name).isBlank()) {
      recorder.count("row left out: no artist, album and name", row, key);
      return;
    }
    double listeners = popularity(row);
    String genreName = cells.line(row, genre);
    Track track = tracks.get(key);
    if (track == null) {
      track = newTrack(row, listeners);
      tracks.put(key, track);
    } else if (track.genres.contains(genreName)) {
      recorder.count("row left out: repeats track and genre of an earlier row", row, key);
    } else {
      recorder.count("row joined to the track of an earlier row, one genre more", row, key);
    }
    if (listeners != track.popularity) {
      recorder.count("popularity: differs between rows of a track, highest kept", row, key);
      track.popularity = Math.max(track.popularity, listeners);
    }
    if (!genreName.isEmpty()) {
      track.genres.add(genreName);
    } else {
      cells.orElse("", Substitutes.UNKNOWN, row, genre, "track_genre");
    }
  }

  @Override
  List<ItemDraft> drafts() {
    List<ItemDraft> drafts = new ArrayList<>(tracks.size());
    tracks.forEach((key, track) -> drafts.add(track.draft(key)));
    return drafts;
  }

  private Track newTrack(Table.Row row, double listeners) {
    String title = cells.line(row, name);
    String albumName = cells.line(row, album);
    return new Track(
        cells.orElse(title, "Untitled", row, name, "track_name"),
        albumName.isEmpty()
            ? cells.orElse("", Substitutes.NO_DESCRIPTION, row, album, "album_name")
            : "Track from the album " + albumName,
        cells.orElse(creators(row), Substitutes.NOT_AVAILABLE, row, artists, "artists"),
        listeners);
  }

  private String creators(Table.Row row) {
    return String.join(", ", cells.line(row, artists).split("\\s*;\\s*"));
  }

  private double popularity(Table.Row row) throws BadCellException {
    if (row.cell(popularity).isBlank()) {
      cells.count("empty, taken as 0", row, popularity);
      return 0;
    }
    return number(row, popularity);
  }

  private static final class Track {
    private final String title;
    private final String description;
    private final String creator;
    private final Set<String> genres = new LinkedHashSet<>();
    private double popularity;

    Track(String title, String description, String creator, double popularity) {
      this.title = title;
      this.description = description;
      this.creator = creator;
      this.popularity = popularity;
    }

    ItemDraft draft(String key) {
      List<String> names = genres.isEmpty() ? List.of(Substitutes.UNKNOWN) : List.copyOf(genres);
      return new ItemDraft("Music", key, title, names, description, popularity, creator, "", "");
    }
  }
}
