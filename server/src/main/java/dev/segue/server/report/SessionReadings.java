package dev.segue.server.report;

import dev.segue.data.report.ColdItems;
import dev.segue.data.report.NamedCount;
import dev.segue.data.report.SessionStatistics;
import dev.segue.data.report.Transitions;
import java.util.ArrayList;
import java.util.List;

/// One line on what a figure about a session log shows.
final class SessionReadings {
  private SessionReadings() {}

  static String lengths(SessionStatistics log) {
    return "%s with %s, %s each on average; half have %s or more, one in ten %s or more, the longest %s."
        .formatted(
            Words.counted(log.sessions(), "session"),
            Words.counted(log.events(), "event"),
            Words.number(log.length().mean()),
            Words.number(log.length().median()),
            Words.number(log.length().percentile90()),
            Words.number(log.length().max()));
  }

  static String actions(SessionStatistics log) {
    NamedCount first = log.actions().getFirst();
    return log.actions().size() == 1
        ? "Every event is %s: the log knows one action.".formatted(first.name())
        : "%s of %s actions is the most frequent: %s."
            .formatted(
                first.name(),
                Words.number(log.actions().size()),
                Words.part(first.count(), log.events()));
  }

  static String dwell(SessionStatistics log) {
    return "Known for %s events; half of them last %s s or longer, one in ten %s s or longer."
        .formatted(
            Words.part(log.dwell().count(), log.events()),
            Words.number(log.dwell().median()),
            Words.number(log.dwell().percentile90()));
  }

  static String popularity(SessionStatistics log) {
    return "The most frequent item has %s; the top 1 %% of the %s have %s of all events, and %s occur just once."
        .formatted(
            Words.counted(log.eventsByRank()[0], "event"),
            Words.counted(log.items(), "item"),
            Words.percent(log.topShare()),
            Words.part(log.singletons(), log.items()));
  }

  static String transitions(Transitions transitions) {
    long total = transitions.total();
    int from = 0;
    int to = 0;
    for (int a = 0; a < transitions.domains().size(); a++) {
      for (int b = 0; b < transitions.domains().size(); b++) {
        boolean more = transitions.share(a, b) > transitions.share(from, to);
        if (a != b && (from == to || more)) {
          from = a;
          to = b;
        }
      }
    }
    String crossing =
        "%s steps lead to another domain".formatted(Words.part(transitions.crossing(), total));
    return transitions.crossing() == 0
        ? crossing + "."
        : "%s; the likeliest is from %s to %s, %s of what follows %s."
            .formatted(
                crossing,
                transitions.domains().get(from),
                transitions.domains().get(to),
                Words.percent(transitions.share(from, to)),
                transitions.domains().get(from));
  }

  static String cold(SessionStatistics log) {
    List<String> parts = new ArrayList<>();
    long items = log.cold().stream().mapToLong(ColdItems::items).sum();
    long cold = log.cold().stream().mapToLong(ColdItems::cold).sum();
    if (items > 0) {
      parts.add("%s items of the catalogue do not occur".formatted(Words.part(cold, items)));
    }
    if (log.strangerEvents() > 0) {
      parts.add(
          "%s events are on items that the catalogue lacks"
              .formatted(Words.part(log.strangerEvents(), log.events())));
    }
    if (log.lateEvents() > 0) {
      parts.add(
          "in the last tenth of the sessions %s events are on items never seen before"
              .formatted(Words.part(log.lateNewEvents(), log.lateEvents())));
    }
    String line = String.join("; ", parts);
    return line.isEmpty()
        ? "Too few sessions to tell."
        : Character.toUpperCase(line.charAt(0)) + line.substring(1) + ".";
  }
}
