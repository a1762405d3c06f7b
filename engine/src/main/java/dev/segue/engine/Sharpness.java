package dev.segue.engine;

import dev.segue.data.SessionLog;
import java.util.ArrayList;
import java.util.List;

/// How sharp the softmax of a model's scores must be to give probabilities: the factor τ of the
/// scores with which the targets of some sessions are likeliest. It is near 1 for a GRU that was
/// trained by cross-entropy, and far above for BPR-max, whose scores are in order and not in
/// proportion.
///
/// ```
/// τ = argmax Σ log softmax(τ · scores)(target)
/// ```
///
/// Source: Guo, Pleiss, Sun and Weinberger, "On calibration of modern neural networks", ICML 2017,
/// section 4.2 (τ is one over their temperature).
final class Sharpness {
  private static final double[] TRIED = {0.5, 0.7, 1, 1.4, 2, 2.8, 4, 5.6, 8, 11, 16, 23, 32};

  private Sharpness() {}

  /// Returns the best τ; 1 where no target is known.
  static double fit(SessionModel model, SessionLog sessions) {
    ModelEvent[][] events = known(model, sessions);
    double[] logLikelihood = new double[TRIED.length];
    model.scoreTargets(
        events,
        (session, position, scores, offset) -> {
          int target = events[session][position].item();
          for (int i = 0; i < TRIED.length; i++) {
            logLikelihood[i] +=
                TRIED[i] * scores[offset + target] - logSum(scores, offset, model, TRIED[i]);
          }
        });
    int best = 2;
    for (int i = 0; i < TRIED.length; i++) {
      best = logLikelihood[i] > logLikelihood[best] ? i : best;
    }
    return TRIED[best];
  }

  private static double logSum(float[] scores, int offset, SessionModel model, double sharpness) {
    int items = model.vocabularySize();
    float max = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < items; i++) {
      max = Math.max(max, scores[offset + i]);
    }
    double sum = 0;
    for (int i = 0; i < items; i++) {
      sum += Math.exp(sharpness * (scores[offset + i] - max));
    }
    return sharpness * max + Math.log(sum);
  }

  private static ModelEvent[][] known(SessionModel model, SessionLog log) {
    EvaluationTargets targets = new EvaluationTargets(log, model);
    List<ModelEvent[]> sessions = new ArrayList<>();
    for (int session = 0; session < log.sessionCount(); session++) {
      List<ModelEvent> events = new ArrayList<>();
      for (int event = log.start(session); event < log.end(session); event++) {
        if (targets.item(event) != EvaluationTargets.UNKNOWN) {
          events.add(
              new ModelEvent(targets.item(event), log.action(event), log.dwellMillis(event)));
        }
      }
      if (events.size() > 1) {
        sessions.add(events.toArray(ModelEvent[]::new));
      }
    }
    return sessions.toArray(ModelEvent[][]::new);
  }
}
