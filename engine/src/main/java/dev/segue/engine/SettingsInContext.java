package dev.segue.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/// Finds settings that were changed and have no meaning with the others: better refused than
/// silently without effect.
final class SettingsInContext {
  private static final String SAMPLED = "loss=sampled-softmax or loss=bpr-max";

  private SettingsInContext() {}

  /// @throws IllegalArgumentException with the setting, and the one that it needs
  static void check(Settings settings) {
    visit(
        settings,
        (key, needed) -> {
          throw new IllegalArgumentException(
              "set: %s: has no meaning here, expected %s with it, got %s=%s"
                  .formatted(key.key(), needed, key.key(), settings.value(key)));
        });
  }

  /// Returns the changed settings that have no meaning with the others.
  static List<SettingKey> idle(Settings settings) {
    List<SettingKey> idle = new ArrayList<>();
    visit(settings, (key, needed) -> idle.add(key));
    return idle;
  }

  private static void visit(Settings settings, BiConsumer<SettingKey, String> idle) {
    boolean sampled = !settings.loss().equals(Settings.CROSS_ENTROPY);
    boolean bprMax = settings.loss().equals(Settings.BPR_MAX);
    Visit visit = new Visit(settings, idle);
    visit.require(sampled, SAMPLED, SettingKey.NEGATIVES, SettingKey.ALPHA, SettingKey.UNIFORM);
    visit.require(
        !sampled && settings.dwellWeight() == 0,
        "loss=cross-entropy and dwell-weight=0",
        SettingKey.LABEL_SMOOTHING);
    visit.require(sampled && !bprMax, "loss=sampled-softmax", SettingKey.LOGQ);
    visit.require(bprMax, "loss=bpr-max", SettingKey.BPR_REG, SettingKey.BPR_ELU);
    visit.require(
        settings.takesContent(), "content=features", SettingKey.DROPOUT_ID, SettingKey.COLD_BIAS);
    boolean adagrad = settings.optimiser().equals(Settings.ADAGRAD);
    visit.require(adagrad, "optimiser=adagrad", SettingKey.MOMENTUM);
    visit.require(settings.validation() > 0, "validation above 0", SettingKey.SELECT);
  }

  private record Visit(Settings settings, BiConsumer<SettingKey, String> idle) {
    void require(boolean given, String needed, SettingKey... keys) {
      for (SettingKey key : keys) {
        if (!given && !settings.value(key).equals(key.defaultValue())) {
          idle.accept(key, needed);
        }
      }
    }
  }
}
