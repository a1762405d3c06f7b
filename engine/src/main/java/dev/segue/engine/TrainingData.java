package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.data.Split;
import dev.segue.data.TimeSplit;
import dev.segue.data.Vocabulary;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.neighbours.SessionIndexBuilder;
import dev.segue.engine.sequences.Sequences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a training run computes with.
///
/// @param items the trained items in order of number, then the catalogue's cold ones
/// @param vocabularySize V
/// @param train windows of the training sessions
/// @param validation windows of the validation sessions; targets that training lacks are left out
/// @param statistics counts over the training sessions
/// @param trainSessions the training sessions themselves
/// @param digests by `sessions` and `catalogue`, what the run was made from
record TrainingData(
    List<Item> items,
    int vocabularySize,
    Sequences train,
    Sequences validation,
    TrainingStatistics statistics,
    SessionLog trainSessions,
    DataDigests digests) {

  /// As many inputs as fit an array with their last target.
  private static final int WHOLE_SESSIONS = Integer.MAX_VALUE - 1;

  /// Splits the log, numbers the items and cuts the sessions into windows.
  ///
  /// @throws ModelException when there is nothing to learn from, or the catalogue lacks items
  static TrainingData prepare(
      SessionLog sessions, @Nullable Catalogue catalogue, Settings settings) {
    Split split = TimeSplit.byShare(sessions, settings.validation(), 0);
    Vocabulary vocabulary = occurring(split.train());
    int longest = settings.sessionParallel() ? WHOLE_SESSIONS : settings.maxLength();
    Sequences train = Sequences.of(split.train(), vocabulary, longest);
    if (train.targets() == 0) {
      throw new ModelException(
          "training: nothing to predict, expected a session with two events or more, got %d sessions"
                  .formatted(split.train().sessionCount())
              + " for training, none of which has two");
    }
    Sequences validation = Sequences.of(split.validation(), vocabulary, settings.maxLength());
    TrainingStatistics statistics = TransitionCounter.count(split.train(), vocabulary);
    List<Item> items =
        catalogue == null
            ? bareItems(vocabulary, statistics.support())
            : catalogueItems(vocabulary, sessions.items(), catalogue);
    return new TrainingData(
        items,
        vocabulary.size(),
        train,
        validation,
        statistics,
        split.train(),
        DataDigests.of(sessions, catalogue));
  }

  /// Builds the index of the training sessions.
  ///
  /// @param bound most sessions listed for one item
  /// @param maxLength most items kept of one session
  SessionIndex index(int bound, int maxLength) {
    Vocabulary trained =
        Vocabulary.of(items.subList(0, vocabularySize).stream().map(Item::id).toList());
    int[] numbers = new int[trainSessions.items().size()];
    Arrays.setAll(numbers, i -> trained.number(trainSessions.items().id(i)));
    return SessionIndexBuilder.build(trainSessions, numbers, vocabularySize, bound, maxLength);
  }

  /// Returns the items of a log in order of first appearance.
  private static Vocabulary occurring(SessionLog log) {
    boolean[] seen = new boolean[log.items().size()];
    List<String> ids = new ArrayList<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      for (int event = log.start(session); event < log.end(session); event++) {
        int item = log.item(event);
        if (!seen[item]) {
          seen[item] = true;
          ids.add(log.items().id(item));
        }
      }
    }
    return Vocabulary.of(ids);
  }

  /// Makes items from ids alone; how often one was clicked stands in for its popularity.
  private static List<Item> bareItems(Vocabulary vocabulary, int[] support) {
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < vocabulary.size(); i++) {
      Item bare = Item.ofId(vocabulary.id(i));
      items.add(
          new Item(
              bare.id(),
              bare.title(),
              bare.domain(),
              bare.genres(),
              bare.description(),
              support[i],
              bare.creator(),
              bare.timestamp()));
    }
    return items;
  }

  private static List<Item> catalogueItems(
      Vocabulary trained, Vocabulary all, Catalogue catalogue) {
    List<String> missing = all.ids().stream().filter(id -> catalogue.indexOf(id) < 0).toList();
    if (!missing.isEmpty()) {
      throw new ModelException(
          "training: %d items of the sessions are not in the catalogue, such as \"%s\""
              .formatted(missing.size(), missing.getFirst()));
    }
    List<Item> items = new ArrayList<>();
    trained.ids().forEach(id -> items.add(catalogue.item(catalogue.indexOf(id))));
    catalogue.items().stream().filter(item -> trained.number(item.id()) < 0).forEach(items::add);
    return items;
  }
}
