package dev.segue.data.report;

import java.util.List;

/// What the items of one domain are like.
///
/// @param domain the domain
/// @param items how many items
/// @param genreCount how many genres occur; the word for a missing one is none
/// @param topGenres the 20 most frequent genres; an item counts for each of its genres
/// @param genresPerItem how many genres an item has
/// @param popularity where popularity lies, on the source's own scale
/// @param popularityHistogram how it is distributed
/// @param years items by year of release, every year from the first to the last that occurs, in
///   order; empty where nothing is dated
/// @param undated items without a year
/// @param creatorCount how many creators occur
/// @param topCreators the 20 most frequent creators; an item of several counts for each
/// @param descriptionLength where the lengths of descriptions lie, in characters; items without one
///   are left out
/// @param descriptionHistogram how they are distributed
/// @param missing missing values of title, genre, description, creator and timestamp
/// @param duplicates what was found twice
public record DomainStatistics(
    String domain,
    int items,
    int genreCount,
    List<NamedCount> topGenres,
    Summary genresPerItem,
    Summary popularity,
    Histogram popularityHistogram,
    List<NamedCount> years,
    long undated,
    int creatorCount,
    List<NamedCount> topCreators,
    Summary descriptionLength,
    Histogram descriptionHistogram,
    List<MissingValues> missing,
    Duplicates duplicates) {

  /// Copies the lists.
  public DomainStatistics {
    topGenres = List.copyOf(topGenres);
    years = List.copyOf(years);
    topCreators = List.copyOf(topCreators);
    missing = List.copyOf(missing);
  }
}
