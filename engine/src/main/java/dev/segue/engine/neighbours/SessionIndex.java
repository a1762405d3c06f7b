package dev.segue.engine.neighbours;

/// The most recent sessions of each item, as an inverted index, and the items of these sessions.
/// Immutable and thread safe.
///
/// Sessions are numbered from the most recent on, so that a smaller number is a later session. Each
/// holds its distinct items in order of their last occurrence; where an item occurred again, also
/// all its events, for those who ask whether an item follows itself. The index of an item lists at
/// most [#bound] of the sessions that hold it, the most recent ones. A session that no item lists
/// is dropped.
///
/// Nothing is lost by that bound to a search among the `bound` most recent sessions that share an
/// item with some set: the m-th session of an item has m − 1 later ones in the same union.
///
/// Memory: 4 bytes for each item of a kept session, 4 for each listing, so at most 8 bytes for an
/// event, and 4 more for the events of a session with repeats; 12 bytes a session and 12 an item.
/// It does not grow beyond 4 · V · bound bytes of listings, whatever the length of the log.
public final class SessionIndex {
  private final int bound;
  private final Columns columns;
  private final Repeats repeats;

  /// The columns, n sessions and V items. Arrays are not copied and must not be changed.
  ///
  /// @param listOffsets V + 1 numbers: where the listings of each item start
  /// @param lists sessions of each item, ascending: most recent first
  /// @param sessionOffsets n + 1 numbers: where the items of each session start
  /// @param sessionItems the distinct items of each session in order of last occurrence
  /// @param ages n ages in seconds before the most recent session, ascending
  /// @param support V numbers: how many sessions of the whole log hold an item
  /// @param recent V numbers: how many of the most recent sessions do, see [SessionIndexBuilder]
  /// @param sessions one number: sessions of the whole log
  public record Columns(
      int[] listOffsets,
      int[] lists,
      int[] sessionOffsets,
      int[] sessionItems,
      int[] ages,
      int[] support,
      int[] recent,
      int[] sessions) {}

  /// All events of the sessions in which an item occurred more than once. Arrays are not copied and
  /// must not be changed.
  ///
  /// @param offsets n + 1 numbers: where the events of each session start; a session without
  ///   repeats has none, since its items are its events
  /// @param events items in the order of the session, the last ones
  public record Repeats(int[] offsets, int[] events) {
    /// Returns those of n sessions in which nothing occurred again.
    public static Repeats none(int sessions) {
      return new Repeats(new int[sessions + 1], new int[0]);
    }
  }

  /// Takes finished columns of sessions without repeats.
  ///
  /// @param bound most sessions listed for one item
  /// @throws IllegalArgumentException when the columns do not fit each other
  public SessionIndex(int bound, Columns columns) {
    this(bound, columns, Repeats.none(columns.ages.length));
  }

  /// Takes finished columns.
  ///
  /// @param bound most sessions listed for one item
  /// @throws IllegalArgumentException when the columns do not fit each other
  public SessionIndex(int bound, Columns columns, Repeats repeats) {
    this.bound = bound;
    this.columns = columns;
    this.repeats = repeats;
    ColumnChecks.check(bound, columns);
    ColumnChecks.check(columns, repeats);
  }

  /// Returns how many sessions are listed for one item at most.
  public int bound() {
    return bound;
  }

  /// Returns the columns, which must not be changed.
  public Columns columns() {
    return columns;
  }

  /// Returns the events of sessions with repeats, which must not be changed.
  public Repeats repeats() {
    return repeats;
  }

  /// Returns whether an item occurs more than once in a session.
  boolean hasRepeats(int session) {
    return repeats.offsets[session] < repeats.offsets[session + 1];
  }

  /// Returns the array that holds the events of a session, from [#eventsFrom] to [#eventsTo].
  int[] events(int session) {
    return hasRepeats(session) ? repeats.events : columns.sessionItems;
  }

  int eventsFrom(int session) {
    return (hasRepeats(session) ? repeats.offsets : columns.sessionOffsets)[session];
  }

  int eventsTo(int session) {
    return (hasRepeats(session) ? repeats.offsets : columns.sessionOffsets)[session + 1];
  }

  /// Returns V.
  public int items() {
    return columns.support.length;
  }

  /// Returns the number of sessions that are kept.
  public int keptSessions() {
    return columns.ages.length;
  }

  /// Returns the number of sessions of the whole log.
  public int sessions() {
    return columns.sessions[0];
  }

  /// Returns the inverse session frequency of an item, ln(sessions / sessions that hold it); 0 for
  /// an item that none holds.
  double idf(int item) {
    int support = columns.support[item];
    return support == 0 ? 0 : Math.log((double) sessions() / support);
  }

  /// Returns the number of items that a session holds.
  int length(int session) {
    return columns.sessionOffsets[session + 1] - columns.sessionOffsets[session];
  }

  /// Returns the bytes that the columns take.
  public long sizeInBytes() {
    long numbers =
        (long) columns.listOffsets.length
            + columns.lists.length
            + columns.sessionOffsets.length
            + columns.sessionItems.length
            + columns.ages.length
            + columns.support.length
            + columns.recent.length
            + columns.sessions.length
            + repeats.offsets.length
            + repeats.events.length;
    return Integer.BYTES * numbers;
  }
}
