package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.data.SessionLog;
import dev.segue.data.SessionSimulator;
import dev.segue.data.SessionSimulator.Mode;
import dev.segue.data.Vocabulary;
import dev.segue.engine.random.SeededRandom;
import dev.segue.engine.ranking.Ranks;
import dev.segue.kernels.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/// The mission's own protocol, reproduced to show what its figures mean: sessions are drawn at
/// random, the model is trained on them and scored **on the same sessions**, by the hit rate at 10
/// of the last step. Nothing can be learned from such sessions but the sessions themselves, so a
/// high figure says that the model memorises, and nothing about recommendations. To show it, the
/// same model is scored on sessions that were drawn the same way and held out: there it stays at
/// chance, 10 / V.
///
/// - **Data.** Two draws of [SessionSimulator.Mode#UNIFORM]: in each, every item of the catalogue
///   goes to one random session. The first is trained on, the second is held out; both have the
///   same items. The order inside a session is drawn too, because the simulator's is that of the
///   catalogue, which would give the next item away.
/// - **Training.** With the settings given, but no validation: all sessions of the first draw are
///   trained on for all epochs, and the last weights are kept, as the mission did.
/// - **Score.** For every session of at least two events, whether the last event is among the ten
///   items scored highest after those before it; ties count against the model.
///
/// It is no quality measure; that is [Evaluator] on a split by time.
public final class MemorisationProtocol {
  /// The mission's number of items in a session, on average: 134,000 rows in 4,000 sessions.
  public static final int ITEMS_PER_SESSION = 33;

  private static final int CUTOFF = 10;
  private static final int SESSIONS_PER_BATCH = 256;

  private final Backend backend;

  /// Makes the protocol on a backend; the caller closes the backend.
  public MemorisationProtocol(Backend backend) {
    this.backend = backend;
  }

  /// Draws, trains and scores.
  ///
  /// @param catalogue the items; their content is not looked at
  /// @param sessions how many sessions a draw has at most; the mission's share is one for
  ///   [#ITEMS_PER_SESSION] items
  /// @param settings of the model and the training; `validation` is set to 0
  /// @param modelDirectory where the model is written; it stays there
  /// @param listener is told how training goes
  /// @throws ModelException when training fails or was asked to stop
  public MemorisationReport run(
      Catalogue catalogue,
      int sessions,
      Settings settings,
      Path modelDirectory,
      TrainingListener listener) {
    SessionLog trained = draw(catalogue, sessions, settings.seed());
    SessionLog heldOut = draw(catalogue, sessions, settings.seed() + 1);
    TrainingRequest request =
        new TrainingRequest(
            trained,
            null,
            settings.with("validation", "0"),
            modelDirectory,
            false,
            Map.of("protocol", "mission"));
    TrainingResult result = new Trainer(backend).train(request, listener);
    if (result.interrupted()) {
      throw new ModelException("protocol: training was interrupted, expected it to end");
    }
    try (TrainedModel model = TrainedModel.read(modelDirectory, backend)) {
      return new MemorisationReport(
          model.gru().vocabularySize(),
          sessionsWithTarget(trained),
          sessionsWithTarget(heldOut),
          result.epochs().size(),
          lastStepHitRate(model.gru(), trained),
          lastStepHitRate(model.gru(), heldOut),
          (double) CUTOFF / model.gru().vocabularySize(),
          result.seconds());
    }
  }

  /// Returns a uniform draw with the events of each session in random order.
  private static SessionLog draw(Catalogue catalogue, int sessions, long seed) {
    SessionLog drawn = SessionSimulator.simulate(Mode.UNIFORM, catalogue, sessions, seed);
    SeededRandom random = new SeededRandom(seed, 1);
    Vocabulary items = Vocabulary.of(catalogue.items().stream().map(Item::id).toList());
    SessionLog.Builder log = SessionLog.builder(items);
    for (int session = 0; session < drawn.sessionCount(); session++) {
      List<Integer> events = new ArrayList<>();
      for (int event = drawn.start(session); event < drawn.end(session); event++) {
        events.add(random.nextInt(events.size() + 1), event);
      }
      String id = drawn.sessionId(session);
      for (int event : events) {
        log.add(id, items.id(drawn.item(event)), SessionLog.NO_TIME, drawn.action(event), -1);
      }
    }
    return log.build();
  }

  private static int sessionsWithTarget(SessionLog log) {
    int sessions = 0;
    for (int session = 0; session < log.sessionCount(); session++) {
      sessions += log.end(session) - log.start(session) > 1 ? 1 : 0;
    }
    return sessions;
  }

  /// Returns the share of sessions whose last event is among the ten best after the others.
  static double lastStepHitRate(SessionModel model, SessionLog log) {
    EvaluationTargets targets = new EvaluationTargets(log, model);
    AtomicInteger hits = new AtomicInteger();
    for (int from = 0; from < log.sessionCount(); from += SESSIONS_PER_BATCH) {
      int to = Math.min(log.sessionCount(), from + SESSIONS_PER_BATCH);
      ModelEvent[][] inputs = new TargetBatch(targets, from, to).inputs();
      model.scoreTargets(
          inputs,
          (session, position, scores, offset) -> {
            if (position == inputs[session].length - 1) {
              int target = inputs[session][position].item();
              int rank = Ranks.of(scores, offset, model.vocabularySize(), target);
              hits.addAndGet(rank <= CUTOFF ? 1 : 0);
            }
          });
    }
    return (double) hits.get() / sessionsWithTarget(log);
  }
}
