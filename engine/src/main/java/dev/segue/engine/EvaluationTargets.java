package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A log seen through a model: for each item of the log its number in the model and its domain, and
/// the counts that do not depend on scores.
final class EvaluationTargets {
  /// The number of an item that the model does not know.
  static final int UNKNOWN = -1;

  private final SessionLog log;
  private final int[] numbers;
  private final int[] domains;
  private final List<String> domainNames;
  private final BitSet counted;

  /// Makes all targets.
  EvaluationTargets(SessionLog log, SessionModel model) {
    this(log, model, EvaluationScope.ALL, null);
  }

  /// Makes the targets of a scope.
  ///
  /// @param model the first one
  /// @param support training events of its items, or null where they are not known
  EvaluationTargets(
      SessionLog log, SessionModel model, EvaluationScope scope, int @Nullable [] support) {
    if (scope.targets() == EvaluationScope.Targets.NEXT_DAY && !log.hasTimes()) {
      throw new IllegalArgumentException(
          "evaluate: targets=next-day, expected sessions with times, got none");
    }
    this.log = log;
    Catalogue catalogue = model.items();
    int size = log.items().size();
    numbers = numbers(log, model);
    domains = new int[size];
    Map<String, Integer> domainNumbers = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      String id = log.items().id(i);
      int index = catalogue.indexOf(id);
      String domain = (index < 0 ? Item.ofId(id) : catalogue.item(index)).domain();
      domains[i] = domainNumbers.computeIfAbsent(domain, _ -> domainNumbers.size());
    }
    domainNames = List.copyOf(domainNumbers.keySet());
    counted = new BitSet(log.eventCount());
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session) + 1; event < log.end(session); event++) {
        counted.set(event, scope.counts(log, event, item(event), support));
      }
    }
  }

  private EvaluationTargets(EvaluationTargets other, int[] numbers) {
    log = other.log;
    this.numbers = numbers;
    domains = other.domains;
    domainNames = other.domainNames;
    counted = other.counted;
  }

  /// Returns the same log and domains seen through another model.
  EvaluationTargets through(SessionModel model) {
    return new EvaluationTargets(this, numbers(log, model));
  }

  private static int[] numbers(SessionLog log, SessionModel model) {
    int[] numbers = new int[log.items().size()];
    for (int i = 0; i < numbers.length; i++) {
      int index = model.items().indexOf(log.items().id(i));
      numbers[i] = index < model.vocabularySize() ? index : UNKNOWN;
    }
    return numbers;
  }

  SessionLog log() {
    return log;
  }

  /// Returns the names of the domains by number.
  List<String> domainNames() {
    return domainNames;
  }

  /// Returns the item of an event as the model numbers it, or [#UNKNOWN].
  int item(int event) {
    return numbers[log.item(event)];
  }

  /// Returns an item of the log as the model numbers it, or [#UNKNOWN].
  int number(int logItem) {
    return numbers[logItem];
  }

  /// Returns the number of the domain of an event's item.
  int domain(int event) {
    return domains[log.item(event)];
  }

  /// Returns whether the domain of an event differs from that of the event before it in the log,
  /// whether the model knows that one or not.
  boolean crossesDomain(int event) {
    return domain(event) != domain(event - 1);
  }

  /// Returns whether an event is a target.
  boolean isTarget(int event) {
    return counted.get(event);
  }

  /// Returns for each item of a model the number of its domain, or −1 where the log has none of it.
  int[] domains(SessionModel model) {
    Map<String, Integer> domainNumbers = new LinkedHashMap<>();
    domainNames.forEach(name -> domainNumbers.put(name, domainNumbers.size()));
    int[] domainsOfItems = new int[model.vocabularySize()];
    Arrays.setAll(
        domainsOfItems,
        item -> domainNumbers.getOrDefault(model.items().item(item).domain(), UNKNOWN));
    return domainsOfItems;
  }

  /// Returns how many scores sessions `from` to `to` − 1 ask for: those of every event after a
  /// session's first, target or not.
  long scored(int from, int to) {
    long scored = 0;
    for (int session = from; session < to; session++) {
      scored += Math.max(0, log.end(session) - log.start(session) - 1);
    }
    return scored;
  }

  /// Returns the number of targets of sessions `from` to `to` − 1.
  long targets(int from, int to) {
    long targets = 0;
    for (int session = from; session < to; session++) {
      for (int event = log.start(session); event < log.end(session); event++) {
        targets += isTarget(event) ? 1 : 0;
      }
    }
    return targets;
  }

  /// Returns the number of sessions with at least one target.
  int sessions() {
    int sessions = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      int first = counted.nextSetBit(log.start(session));
      sessions += first >= 0 && first < log.end(session) ? 1 : 0;
    }
    return sessions;
  }

  /// Returns the number of unknown events that would have been input: those that are not the last
  /// of their session.
  long skippedInputs() {
    long skipped = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session); event + 1 < log.end(session); event++) {
        skipped += item(event) == UNKNOWN ? 1 : 0;
      }
    }
    return skipped;
  }
}
