package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.data.Split;
import dev.segue.data.TimeSplit;
import dev.segue.data.Vocabulary;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.neighbours.SessionIndexBuilder;
import dev.segue.engine.sequences.EventCodes;
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
/// @param newItems items that a continued model had no weights of, or null when there is no such
///   model
/// @param codes what the network takes of an event beside the item
/// @param content what item vectors are made of beside ids, or null for ids alone
record TrainingData(
    List<Item> items,
    int vocabularySize,
    Sequences train,
    Sequences validation,
    TrainingStatistics statistics,
    SessionLog trainSessions,
    DataDigests digests,
    @Nullable NewItems newItems,
    EventCodes codes,
    @Nullable TrainingContent content) {

  /// As many inputs as fit an array with their last target.
  private static final int WHOLE_SESSIONS = Integer.MAX_VALUE - 1;

  /// Splits the log, numbers the items and cuts the sessions into windows.
  ///
  /// @throws ModelException when there is nothing to learn from, or the catalogue lacks items
  static TrainingData prepare(
      SessionLog sessions, @Nullable Catalogue catalogue, Settings settings) {
    return prepare(sessions, catalogue, settings, null);
  }

  /// As above, with the items of a model that is continued first, in its order.
  ///
  /// @throws ModelException also when the model has learned from these sessions already
  static TrainingData prepare(
      SessionLog sessions,
      @Nullable Catalogue catalogue,
      Settings settings,
      @Nullable ContinuedModel continued) {
    DataDigests digests = DataDigests.of(sessions, catalogue);
    if (continued != null) {
      continued.checkNew(digests.sessions());
    }
    Split split = TimeSplit.byShare(sessions, settings.validation(), 0);
    Vocabulary vocabulary = occurring(split.train(), known(continued));
    int longest = settings.sessionParallel() ? WHOLE_SESSIONS : settings.maxLength();
    EventCodes codes = continued == null ? codes(sessions, settings) : continued.codes();
    Sequences train = Sequences.of(split.train(), vocabulary, longest, codes);
    if (settings.dwellWeight() > 0) {
      requireDwell(sessions, settings, SettingKey.DWELL_WEIGHT);
      train = train.weighted(settings.dwellWeight());
    }
    if (train.targets() == 0) {
      throw new ModelException(
          "training: nothing to predict, expected a session with two events or more, got %d sessions"
                  .formatted(split.train().sessionCount())
              + " for training, none of which has two");
    }
    Sequences validation =
        Sequences.of(split.validation(), vocabulary, settings.maxLength(), codes);
    TrainingStatistics statistics = TransitionCounter.count(split.train(), vocabulary);
    if (continued != null) {
      statistics =
          StatisticsMerge.of(continued.statistics().over(continued.trainedItems()), statistics);
    }
    Catalogue described =
        continued != null && (catalogue != null || continued.hasContent())
            ? union(catalogue, continued)
            : catalogue;
    List<Item> items =
        described == null
            ? bareItems(vocabulary, statistics.support())
            : catalogueItems(vocabulary, sessions.items(), described, catalogue != null);
    return new TrainingData(
        items,
        vocabulary.size(),
        train,
        validation,
        statistics,
        split.train(),
        digests,
        newItems(items, vocabulary.size(), described != null, continued),
        codes,
        content(settings, items, vocabulary.size(), described != null, continued));
  }

  private static @Nullable TrainingContent content(
      Settings settings,
      List<Item> items,
      int trained,
      boolean isKnown,
      @Nullable ContinuedModel continued) {
    return settings.takesContent()
        ? TrainingContent.of(
            items, trained, isKnown, continued == null ? null : continued.encoder())
        : null;
  }

  /// Returns the data of the model that was trained: with content it ranks all items, those that
  /// training had not among them, which have no events.
  TrainingData ranked() {
    return content == null
        ? this
        : new TrainingData(
            items,
            items.size(),
            train,
            validation,
            statistics.over(items.size()),
            trainSessions,
            digests,
            newItems,
            codes,
            content);
  }

  private static EventCodes codes(SessionLog sessions, Settings settings) {
    if (settings.takesDwell()) {
      requireDwell(sessions, settings, SettingKey.INPUTS);
    }
    return new EventCodes(
        settings.takesDwell(), settings.takesAction() ? sessions.actions() : List.of());
  }

  private static void requireDwell(SessionLog sessions, Settings settings, SettingKey key) {
    if (!sessions.hasDwell()) {
      throw new ModelException(
          "training: %s=%s: the sessions have no dwell times, expected some"
              .formatted(key.key(), settings.value(key)));
    }
  }

  private static @Nullable NewItems newItems(
      List<Item> items, int trained, boolean hasContent, @Nullable ContinuedModel continued) {
    if (continued == null) {
      return null;
    }
    int known = continued.trainedItems();
    return NewItems.find(items, known, trained - known, hasContent);
  }

  private static List<String> known(@Nullable ContinuedModel continued) {
    return continued == null
        ? List.of()
        : continued.items().subList(0, continued.trainedItems()).stream().map(Item::id).toList();
  }

  /// Returns the catalogue's items, then those of the model that it lacks.
  private static Catalogue union(@Nullable Catalogue catalogue, ContinuedModel continued) {
    List<Item> items = new ArrayList<>(catalogue == null ? List.of() : catalogue.items());
    for (Item item : continued.items()) {
      if (catalogue == null || catalogue.indexOf(item.id()) < 0) {
        items.add(item);
      }
    }
    return Catalogue.of(items);
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

  /// Returns some items, then those of a log in order of first appearance.
  private static Vocabulary occurring(SessionLog log, List<String> known) {
    boolean[] seen = new boolean[log.items().size()];
    List<String> ids = new ArrayList<>(known);
    for (String id : known) {
      int number = log.items().number(id);
      if (number >= 0) {
        seen[number] = true;
      }
    }
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
      Vocabulary trained, Vocabulary all, Catalogue catalogue, boolean isGiven) {
    List<String> missing = all.ids().stream().filter(id -> catalogue.indexOf(id) < 0).toList();
    if (!missing.isEmpty()) {
      throw new ModelException(
          "training: %d items of the sessions are not in %s, such as \"%s\""
              .formatted(
                  missing.size(),
                  isGiven ? "the catalogue" : "the continued model, expected a catalogue with them",
                  missing.getFirst()));
    }
    List<Item> items = new ArrayList<>();
    trained.ids().forEach(id -> items.add(catalogue.item(catalogue.indexOf(id))));
    catalogue.items().stream().filter(item -> trained.number(item.id()) < 0).forEach(items::add);
    return items;
  }
}
