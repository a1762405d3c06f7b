package dev.segue.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the rows that a reader rejects, by column and problem, and keeps the first few. Not
/// thread safe.
public final class RejectionCount implements RejectedRows {
  private static final int EXAMPLES = 5;

  private final Map<String, Long> countByReason = new LinkedHashMap<>();
  private final List<RejectedRow> examples = new ArrayList<>();
  private long count;

  /// Makes a count of zero.
  public RejectionCount() {}

  @Override
  public void reject(RejectedRow row) {
    count++;
    countByReason.merge(row.column() + ": " + row.problem(), 1L, Long::sum);
    if (examples.size() < EXAMPLES) {
      examples.add(row);
    }
  }

  /// Returns the number of rows rejected.
  public long count() {
    return count;
  }

  /// Returns the number of rows for each reason, `column: problem`, in order of first appearance.
  public Map<String, Long> countByReason() {
    return Collections.unmodifiableMap(countByReason);
  }

  /// Returns the first rows rejected, five at most.
  public List<RejectedRow> examples() {
    return List.copyOf(examples);
  }
}
