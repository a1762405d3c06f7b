package dev.segue.data.report;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Counts what a session log holds, in one pass over its events for each figure.
final class SessionCounter {
  private static final int BINS = 25;
  private static final double MILLIS = 1000;

  private final SessionLog log;
  private final @Nullable Catalogue catalogue;
  private final List<String> domains = new ArrayList<>();
  private final int[] domainOfItem;

  SessionCounter(SessionLog log, @Nullable Catalogue catalogue) {
    this.log = log;
    this.catalogue = catalogue;
    this.domainOfItem = domainsOfItems();
  }

  SessionStatistics count() {
    long[] eventsOfItem = new long[log.items().size()];
    for (int event = 0; event < log.eventCount(); event++) {
      eventsOfItem[log.item(event)]++;
    }
    double[] lengths = lengths();
    double[] dwells = dwells();
    long[] ranked = ranked(eventsOfItem);
    return new SessionStatistics(
        log.sessionCount(),
        log.eventCount(),
        ranked.length,
        Summary.of(lengths),
        lengthHistogram(lengths),
        actions(),
        Summary.of(dwells),
        Histogram.of(dwells, BINS),
        ranked,
        transitions(),
        cold(eventsOfItem),
        strangers(eventsOfItem),
        lateEvents(),
        lateNewEvents());
  }

  /// Numbers the domains of the log's items: those of the catalogue in its order, then others.
  private int[] domainsOfItems() {
    String[] names = new String[log.items().size()];
    Arrays.setAll(names, item -> domain(log.items().id(item)));
    Set<String> found = new LinkedHashSet<>(Arrays.asList(names));
    if (catalogue != null) {
      catalogue.domains().stream().filter(found::contains).forEach(domains::add);
    }
    found.stream().filter(domain -> !domains.contains(domain)).forEach(domains::add);
    return Arrays.stream(names).mapToInt(domains::indexOf).toArray();
  }

  private String domain(String id) {
    int at = catalogue == null ? -1 : catalogue.indexOf(id);
    return at < 0 || catalogue == null ? Item.ofId(id).domain() : catalogue.item(at).domain();
  }

  private double[] lengths() {
    double[] lengths = new double[log.sessionCount()];
    Arrays.setAll(lengths, session -> log.end(session) - log.start(session));
    return lengths;
  }

  /// Lengths are small whole numbers: one range each where that can be drawn.
  private static Histogram lengthHistogram(double[] lengths) {
    return Summary.of(lengths).max() <= 4 * BINS
        ? Histogram.whole(lengths, 2 * BINS)
        : Histogram.of(lengths, BINS);
  }

  private List<NamedCount> actions() {
    Map<String, Long> counts = new HashMap<>();
    for (int event = 0; event < log.eventCount(); event++) {
      counts.merge(log.action(event), 1L, Long::sum);
    }
    return NamedCount.top(counts, Integer.MAX_VALUE);
  }

  private double[] dwells() {
    double[] seconds = new double[log.eventCount()];
    int known = 0;
    for (int event = 0; event < log.eventCount(); event++) {
      int millis = log.dwellMillis(event);
      if (millis >= 0) {
        seconds[known++] = millis / MILLIS;
      }
    }
    return Arrays.copyOf(seconds, known);
  }

  private static long[] ranked(long[] eventsOfItem) {
    long[] sorted = Arrays.stream(eventsOfItem).filter(count -> count > 0).sorted().toArray();
    long[] ranked = new long[sorted.length];
    Arrays.setAll(ranked, i -> sorted[sorted.length - 1 - i]);
    return ranked;
  }

  private Transitions transitions() {
    long[][] counts = new long[domains.size()][domains.size()];
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session) + 1; event < log.end(session); event++) {
        counts[domainOfItem[log.item(event - 1)]][domainOfItem[log.item(event)]]++;
      }
    }
    return new Transitions(domains, counts);
  }

  private List<ColdItems> cold(long[] eventsOfItem) {
    Map<String, int[]> counts = new LinkedHashMap<>();
    if (catalogue != null) {
      for (Item item : catalogue.items()) {
        int[] count = counts.computeIfAbsent(item.domain(), domain -> new int[2]);
        int number = log.items().number(item.id());
        count[0]++;
        count[1] += number < 0 || eventsOfItem[number] == 0 ? 1 : 0;
      }
    }
    List<ColdItems> cold = new ArrayList<>();
    counts.forEach((domain, count) -> cold.add(new ColdItems(domain, count[0], count[1])));
    return cold;
  }

  private long strangers(long[] eventsOfItem) {
    long strangers = 0;
    for (int i = 0; catalogue != null && i < eventsOfItem.length; i++) {
      strangers += catalogue.indexOf(log.items().id(i)) < 0 ? eventsOfItem[i] : 0;
    }
    return strangers;
  }

  private int firstLateSession() {
    return log.sessionCount() - log.sessionCount() / 10;
  }

  private int firstLateEvent() {
    int session = firstLateSession();
    return session < log.sessionCount() ? log.start(session) : log.eventCount();
  }

  private long lateEvents() {
    return (long) log.eventCount() - firstLateEvent();
  }

  private long lateNewEvents() {
    boolean[] seen = new boolean[log.items().size()];
    int late = firstLateEvent();
    for (int event = 0; event < late; event++) {
      seen[log.item(event)] = true;
    }
    long fresh = 0;
    for (int event = late; event < log.eventCount(); event++) {
      fresh += seen[log.item(event)] ? 0 : 1;
    }
    return fresh;
  }
}
