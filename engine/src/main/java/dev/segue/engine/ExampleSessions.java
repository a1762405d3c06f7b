package dev.segue.engine;

import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.engine.ranking.Ranks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SequencedMap;

/// Shows what models answer in a few sessions of a log. Which ones follows from the log alone, so
/// that nobody can pick those where a model does well: of the n sessions with a target, in the
/// order of the log, the middle one of each of `count` equal parts.
public final class ExampleSessions {
  private ExampleSessions() {}

  /// Returns the examples.
  ///
  /// @param models by name; titles are those of the first
  /// @param count how many, fewer where the log has fewer
  /// @param k length of the lists
  public static List<ExampleSession> of(
      SequencedMap<String, TrainedModel> models, SessionLog log, int count, int k) {
    int[] usable = new int[log.sessionCount()];
    int size = 0;
    for (int session = 0; session < usable.length; session++) {
      if (log.end(session) - log.start(session) > 1) {
        usable[size++] = session;
      }
    }
    int[] sessions = Arrays.copyOf(usable, size);
    int examples = Math.min(count, size);
    List<ExampleSession> shown = new ArrayList<>();
    for (int i = 0; i < examples; i++) {
      shown.add(show(models, log, sessions[(int) ((2L * i + 1) * size / (2L * examples))], k));
    }
    return List.copyOf(shown);
  }

  private static ExampleSession show(
      SequencedMap<String, TrainedModel> models, SessionLog log, int session, int k) {
    TrainedModel first = models.firstEntry().getValue();
    int last = log.end(session) - 1;
    List<Item> inputs = new ArrayList<>();
    for (int event = log.start(session); event < last; event++) {
      inputs.add(item(first, log, event));
    }
    List<ExampleSession.Answer> answers = new ArrayList<>();
    models.forEach((name, model) -> answers.add(answer(name, model.gru(), log, session, k)));
    return new ExampleSession(log.sessionId(session), inputs, item(first, log, last), answers);
  }

  private static Item item(TrainedModel model, SessionLog log, int event) {
    String id = log.items().id(log.item(event));
    int index = model.items().indexOf(id);
    return index < 0 ? Item.ofId(id) : model.items().item(index);
  }

  private static ExampleSession.Answer answer(
      String name, SessionModel model, SessionLog log, int session, int k) {
    ModelState state = model.start();
    int last = log.end(session) - 1;
    for (int event = log.start(session); event < last; event++) {
      int item = model.items().indexOf(log.items().id(log.item(event)));
      if (item >= 0 && item < model.vocabularySize()) {
        state.add(new ModelEvent(item, log.action(event), log.dwellMillis(event)));
      }
    }
    float[] scores = new float[model.vocabularySize()];
    state.scores(scores);
    int target = model.items().indexOf(log.items().id(log.item(last)));
    boolean isKnown = target >= 0 && target < scores.length;
    int rank = isKnown ? Ranks.of(scores, 0, scores.length, target) : 0;
    int[] best = state.top(Math.min(k, scores.length), new int[0], null).items()[0];
    List<Item> list = Arrays.stream(best).mapToObj(model.items()::item).toList();
    return new ExampleSession.Answer(name, rank, list);
  }
}
