package dev.segue.engine;

/// Finds settings that were changed and have no meaning with the others: better refused than
/// silently without effect.
final class SettingsInContext {
  private static final String SAMPLED = "loss=sampled-softmax or loss=bpr-max";

  private SettingsInContext() {}

  /// @throws IllegalArgumentException with the setting, and the one that it needs
  static void check(Settings settings) {
    boolean sampled = !settings.loss().equals(Settings.CROSS_ENTROPY);
    boolean bprMax = settings.loss().equals(Settings.BPR_MAX);
    require(settings, sampled, SAMPLED, SettingKey.NEGATIVES, SettingKey.ALPHA, SettingKey.UNIFORM);
    require(settings, !sampled, "loss=cross-entropy", SettingKey.LABEL_SMOOTHING);
    require(settings, sampled && !bprMax, "loss=sampled-softmax", SettingKey.LOGQ);
    require(settings, bprMax, "loss=bpr-max", SettingKey.BPR_REG, SettingKey.BPR_ELU);
    boolean adagrad = settings.optimiser().equals(Settings.ADAGRAD);
    require(settings, adagrad, "optimiser=adagrad", SettingKey.MOMENTUM);
    require(settings, settings.validation() > 0, "validation above 0", SettingKey.SELECT);
  }

  private static void require(Settings settings, boolean given, String needed, SettingKey... keys) {
    for (SettingKey key : keys) {
      if (!given && !settings.value(key).equals(key.defaultValue())) {
        throw new IllegalArgumentException(
            "set: %s: has no meaning here, expected %s with it, got %s=%s"
                .formatted(key.key(), needed, key.key(), settings.value(key)));
      }
    }
  }
}
