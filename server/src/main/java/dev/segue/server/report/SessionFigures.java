package dev.segue.server.report;

import dev.segue.data.report.ColdItems;
import dev.segue.data.report.SessionStatistics;
import dev.segue.data.report.Transitions;
import java.util.ArrayList;
import java.util.List;

/// The figures about a session log.
final class SessionFigures {
  private static final int MOST_DOMAINS = 20;

  private final SessionStatistics log;

  SessionFigures(SessionStatistics log) {
    this.log = log;
  }

  Section section() {
    if (log.events() == 0) {
      return new Section(
          "sessions",
          "Sessions",
          List.of(Figure.withoutPicture("sessions-none", "Events", "The log holds no events.")));
    }
    return new Section(
        "sessions",
        "Sessions",
        List.of(lengths(), actions(), dwell(), popularity(), transitions(), cold()));
  }

  private Figure lengths() {
    return new Figure(
        "sessions-lengths",
        "Lengths of sessions",
        SessionReadings.lengths(log),
        new HistogramPicture(
            log.lengthHistogram(),
            "events in a session",
            "sessions",
            HistogramPicture.Axis.WHOLE,
            Inks.series(0)),
        Tables.of("Events", "Sessions", log.lengthHistogram()));
  }

  private Figure actions() {
    return new Figure(
        "sessions-actions",
        "Actions",
        SessionReadings.actions(log),
        CatalogueFigures.bars(
            log.actions().subList(0, Math.min(MOST_DOMAINS, log.actions().size())), Inks.series(0)),
        Tables.of("Action", "Events", log.actions()));
  }

  private Figure dwell() {
    if (log.dwell().count() == 0) {
      return Figure.withoutPicture("sessions-dwell", "Dwell", "The log does not know dwell times.");
    }
    return new Figure(
        "sessions-dwell",
        "Dwell: seconds spent on an item",
        SessionReadings.dwell(log),
        new HistogramPicture(
            log.dwellHistogram(),
            "seconds",
            "events",
            HistogramPicture.Axis.NUMBERS,
            Inks.series(0)),
        Tables.of("Seconds", "Events", log.dwellHistogram()));
  }

  private Figure popularity() {
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("Rank", "Events"));
    for (int rank = 1; rank <= log.eventsByRank().length; rank *= 10) {
      table.add(List.of(Words.number(rank), Words.number(log.eventsByRank()[rank - 1])));
    }
    return new Figure(
        "sessions-popularity",
        "Items by popularity, both axes logarithmic",
        SessionReadings.popularity(log),
        new CurvePicture(
            log.eventsByRank(), "rank of the item", "events on the item", Inks.series(0)),
        table);
  }

  private Figure transitions() {
    Transitions steps = log.transitions();
    int size = steps.domains().size();
    if (size < 2 || size > MOST_DOMAINS || steps.total() == 0) {
      return Figure.withoutPicture(
          "sessions-transitions",
          "Steps from domain to domain",
          steps.total() == 0
              ? "No session has two events."
              : size < 2
                  ? "All items are of one domain, %s.".formatted(steps.domains().getFirst())
                  : "%d domains are too many for a table; %s"
                      .formatted(size, SessionReadings.transitions(steps)));
    }
    int[][] percent = new int[size][size];
    for (int a = 0; a < size; a++) {
      for (int b = 0; b < size; b++) {
        percent[a][b] = (int) Math.round(100 * steps.share(a, b));
      }
    }
    return new Figure(
        "sessions-transitions",
        "Steps from domain to domain, in % of the row",
        SessionReadings.transitions(steps),
        new HeatPicture(steps.domains(), percent, "the next event", "after an event in"),
        Tables.of("After", steps.domains(), percent));
  }

  private Figure cold() {
    String title = "Cold items: those that do not occur in the log";
    if (log.cold().isEmpty()) {
      return Figure.withoutPicture("sessions-cold", title, SessionReadings.cold(log));
    }
    List<List<String>> table = new ArrayList<>();
    table.add(List.of("Domain", "Items", "cold"));
    List<BarPicture.Bar> bars = new ArrayList<>();
    for (ColdItems domain : log.cold()) {
      bars.add(new BarPicture.Bar(domain.domain(), domain.share(), Words.percent(domain.share())));
      table.add(
          List.of(domain.domain(), Words.number(domain.items()), Words.number(domain.cold())));
    }
    return new Figure(
        "sessions-cold",
        title,
        SessionReadings.cold(log),
        new BarPicture(bars, Inks.series(0)),
        table);
  }
}
