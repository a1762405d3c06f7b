package dev.segue.data.report;

import java.util.Arrays;
import java.util.List;

/// How often one domain follows another within a session.
///
/// @param domains the domains, for both axes
/// @param counts `counts[a][b]` is how often an event in b comes right after one in a
public record Transitions(List<String> domains, long[][] counts) {
  /// Copies the list of domains.
  public Transitions {
    domains = List.copyOf(domains);
  }

  /// Returns how many transitions there are.
  public long total() {
    return Arrays.stream(counts).flatMapToLong(Arrays::stream).sum();
  }

  /// Returns how many lead to another domain.
  public long crossing() {
    long staying = 0;
    for (int i = 0; i < counts.length; i++) {
      staying += counts[i][i];
    }
    return total() - staying;
  }

  /// Returns the share of the events after one in domain a that are in domain b, 0 to 1; 0 where
  /// nothing follows.
  public double share(int a, int b) {
    long row = Arrays.stream(counts[a]).sum();
    return row == 0 ? 0 : (double) counts[a][b] / row;
  }
}
