package dev.segue.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.network.RateSchedule;
import dev.segue.engine.sampling.NegativeSampler;
import dev.segue.kernels.SampledLoss;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// All named settings of a model and its training, with the mission's model as the default.
/// Immutable.
///
/// Keys, as used by `--set key=value` and stored in `config.json`:
///
/// | key | default | meaning |
/// |---|---|---|
/// | `embedding` | 128 | embedding size E |
/// | `hidden` | 256 | hidden size H of the GRU |
/// | `layers` | 1 | number of GRU layers |
/// | `tied` | false | output weights are the embedding table (needs `embedding` = `hidden`) |
/// | `inputs` | item | what the GRU takes of an event: `item`, `item+dwell`, `item+action` or
///   `item+dwell+action` |
/// | `content` | none | `none`: an item is its id; `features`: also what the catalogue says about it |
/// | `max-length` | 50 | events of a session that one training sequence holds |
/// | `batch` | 64 | sessions in a batch |
/// | `batching` | packed | `packed`: whole sessions with backpropagation through time;
///   `session-parallel`: one step of `batch` sessions side by side, with carried states |
/// | `order` | shuffled | `shuffled`: sessions in another random order each epoch; `time`: the most
///   recent last |
/// | `epochs` | 50 | at most so many passes over the training sessions |
/// | `patience` | 5 | epochs without a better validation loss before training stops |
/// | `validation` | 0.1 | share of the sessions, the last by time, that make the validation loss |
/// | `select` | auto | what validation keeps the best epoch by: `loss`, the mean softmax cross-entropy
///   over all items; `recall` or `mrr`, Recall@20 or MRR@20; `both`, their mean; `auto`: `mrr` for `bpr-max`, else `loss` |
/// | `loss` | cross-entropy | `cross-entropy` over all items, `sampled-softmax`, or `bpr-max` |
/// | `label-smoothing` | 0 | `cross-entropy`: share of a target's probability that is spread over all
///   items in training |
/// | `dwell-weight` | 0 | how much the time spent on a target says how much it counts in the loss: p of
///   [dev.segue.engine.sequences.DwellWeights]; 0: all count the same |
/// | `negatives` | 2048 | sampled losses: negatives that a batch shares, beside its own targets |
/// | `alpha` | 0.5 | sampled losses: a negative is drawn as often as support^alpha says |
/// | `uniform` | 0 | sampled losses: share of the negatives that are drawn from all items alike |
/// | `logq` | 1 | `sampled-softmax`: factor of the correction by the log of expected counts |
/// | `bpr-reg` | 1 | `bpr-max`: λ of the score regularisation |
/// | `bpr-elu` | 1 | `bpr-max`: a of the ELU that scores pass through, 0 for none |
/// | `optimiser` | adam | `adam` or `adagrad` |
/// | `momentum` | 0 | momentum of `adagrad` |
/// | `rate` | 0.001 | learning rate; Adagrad wants 0.05 to 0.2 |
/// | `schedule` | constant | what the rate does over all `epochs`: `constant`, `linear` or `cosine` decay |
/// | `warm-up` | 0 | share of the steps of all `epochs` over which the rate rises from 0 |
/// | `clip` | 5.0 | bound of the gradients' global norm, 0 for none |
/// | `dropout-embedding` | 0 | dropout of embeddings |
/// | `dropout-hidden` | 0 | dropout of hidden states before the output layer |
/// | `dropout-id` | 0 | `content=features`: probability of leaving the id's own vector out of a step |
/// | `cold-bias` | 0 | `content=features`: what the score of an item that training had not is raised by |
/// | `seed` | 42 | seed of initialisation, order and dropout |
public final class Settings {
  static final String CROSS_ENTROPY = "cross-entropy";
  static final String BPR_MAX = "bpr-max";
  static final String ADAGRAD = "adagrad";

  private final EnumMap<SettingKey, String> values;

  private Settings(EnumMap<SettingKey, String> values) {
    this.values = values;
  }

  /// Returns the mission's settings.
  public static Settings defaults() {
    EnumMap<SettingKey, String> values = new EnumMap<>(SettingKey.class);
    for (SettingKey key : SettingKey.values()) {
      values.put(key, key.defaultValue());
    }
    return new Settings(values);
  }

  /// Returns the default settings with some changed.
  ///
  /// @throws IllegalArgumentException as [#with]
  public static Settings of(Map<String, String> changes) {
    Settings settings = defaults();
    for (Map.Entry<String, String> change : changes.entrySet()) {
      settings = settings.with(change.getKey(), change.getValue());
    }
    return settings;
  }

  /// Returns these settings with one changed.
  ///
  /// @throws IllegalArgumentException with the known keys, or with the range of the value
  public Settings with(String key, String value) {
    SettingKey known = SettingKey.of(key);
    EnumMap<SettingKey, String> changed = new EnumMap<>(values);
    changed.put(known, known.canonical(value));
    return new Settings(changed);
  }

  /// Returns these settings if they fit together; single values are checked by [#with] already.
  ///
  /// @throws IllegalArgumentException when `tied` is set and `embedding` differs from `hidden`, or
  ///   when a setting was changed that has no meaning with the others
  public Settings checked() {
    if (tied() && embedding() != hidden()) {
      throw new IllegalArgumentException(
          "set: tied: needs embedding = hidden, expected equal sizes, got embedding %d and hidden %d"
              .formatted(embedding(), hidden()));
    }
    SettingsInContext.check(this);
    return this;
  }

  /// Returns these settings without the changes that have no meaning with the others: `alpha` with
  /// the full softmax, say. What a search draws may hold such.
  public Settings withoutIdle() {
    Settings settings = this;
    for (SettingKey key : SettingsInContext.idle(this)) {
      settings = settings.with(key.key(), key.defaultValue());
    }
    return settings;
  }

  /// Returns the settings that differ from the defaults, in the order of the table.
  public Map<String, String> changes() {
    Map<String, String> changes = new LinkedHashMap<>();
    values.forEach((key, value) -> {
      if (!value.equals(key.defaultValue())) {
        changes.put(key.key(), value);
      }
    });
    return Collections.unmodifiableMap(changes);
  }

  /// Returns all settings by key in the order of the table, defaults included.
  public Map<String, String> asMap() {
    Map<String, String> map = new LinkedHashMap<>();
    values.forEach((key, value) -> map.put(key.key(), value));
    return Collections.unmodifiableMap(map);
  }

  /// Returns the embedding size E.
  public int embedding() {
    return whole(SettingKey.EMBEDDING);
  }

  /// Returns the hidden size H.
  public int hidden() {
    return whole(SettingKey.HIDDEN);
  }

  /// Returns the number of GRU layers.
  public int layers() {
    return whole(SettingKey.LAYERS);
  }

  /// Returns whether the output weights are the embedding table.
  public boolean tied() {
    return Boolean.parseBoolean(value(SettingKey.TIED));
  }

  /// Returns whether the GRU takes dwell times.
  boolean takesDwell() {
    return value(SettingKey.INPUTS).contains("dwell");
  }

  /// Returns whether the GRU takes actions.
  boolean takesAction() {
    return value(SettingKey.INPUTS).contains("action");
  }

  /// Returns whether item vectors are made of content too.
  boolean takesContent() {
    return value(SettingKey.CONTENT).equals("features");
  }

  /// Returns the probability of leaving an item's own vector out of a training step.
  double dropoutId() {
    return real(SettingKey.DROPOUT_ID);
  }

  /// Returns what the bias of items that training had not is above the mean of the others.
  double coldBias() {
    return real(SettingKey.COLD_BIAS);
  }

  /// Returns how many inputs a training sequence holds at most.
  public int maxLength() {
    return whole(SettingKey.MAX_LENGTH);
  }

  /// Returns how many sequences a batch holds.
  public int batch() {
    return whole(SettingKey.BATCH);
  }

  /// Returns whether batches are one step of sessions side by side instead of whole sessions.
  boolean sessionParallel() {
    return value(SettingKey.BATCHING).equals("session-parallel");
  }

  /// Returns whether sessions are trained in the order of their time, the most recent last.
  boolean inTimeOrder() {
    return value(SettingKey.ORDER).equals("time");
  }

  /// Returns how many epochs are trained at most.
  public int epochs() {
    return whole(SettingKey.EPOCHS);
  }

  /// Returns after how many epochs without a better validation loss training stops.
  public int patience() {
    return whole(SettingKey.PATIENCE);
  }

  /// Returns the share of the sessions that make the validation loss.
  public double validation() {
    return real(SettingKey.VALIDATION);
  }

  /// Returns by what validation chooses the best epoch; never `auto`.
  String select() {
    String chosen = value(SettingKey.SELECT);
    return chosen.equals("auto") ? loss().equals(BPR_MAX) ? "mrr" : "loss" : chosen;
  }

  /// Returns the loss: `cross-entropy`, `sampled-softmax` or `bpr-max`.
  String loss() {
    return value(SettingKey.LOSS);
  }

  /// Returns the share of a target's probability that training spreads over all items.
  double labelSmoothing() {
    return real(SettingKey.LABEL_SMOOTHING);
  }

  /// Returns the exponent of the weights that targets have by their dwell times, 0 for none.
  double dwellWeight() {
    return real(SettingKey.DWELL_WEIGHT);
  }

  /// Returns how negatives are drawn and corrected for; BPR-max takes scores as they are.
  NegativeSampler.Settings negatives() {
    return new NegativeSampler.Settings(
        whole(SettingKey.NEGATIVES),
        real(SettingKey.ALPHA),
        real(SettingKey.UNIFORM),
        loss().equals(BPR_MAX) ? 0 : real(SettingKey.LOGQ));
  }

  /// Returns what a sampled loss minimises.
  SampledLoss.Objective objective() {
    return loss().equals(BPR_MAX)
        ? new SampledLoss.BprMax(real(SettingKey.BPR_REG), real(SettingKey.BPR_ELU))
        : new SampledLoss.Softmax();
  }

  /// Returns the optimiser: `adam` or `adagrad`.
  String optimiser() {
    return value(SettingKey.OPTIMISER);
  }

  /// Returns the momentum of Adagrad, 0 for none.
  double momentum() {
    return real(SettingKey.MOMENTUM);
  }

  /// Returns how the learning rate changes over so many steps.
  RateSchedule schedule(long steps) {
    return new RateSchedule(
        RateSchedule.Shape.valueOf(value(SettingKey.SCHEDULE).toUpperCase(Locale.ROOT)),
        Math.round(real(SettingKey.WARM_UP) * steps),
        steps);
  }

  /// Returns the learning rate.
  public double rate() {
    return real(SettingKey.RATE);
  }

  /// Returns the bound of the gradients' global norm, 0 for none.
  public double clip() {
    return real(SettingKey.CLIP);
  }

  /// Returns the probability of dropping an element of an embedding.
  public double dropoutEmbedding() {
    return real(SettingKey.DROPOUT_EMBEDDING);
  }

  /// Returns the probability of dropping an element of a hidden state before the output layer.
  public double dropoutHidden() {
    return real(SettingKey.DROPOUT_HIDDEN);
  }

  /// Returns the seed of initialisation, order and dropout.
  public long seed() {
    return Long.parseLong(value(SettingKey.SEED));
  }

  /// Returns the settings as a JSON object with numbers and booleans.
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    values.forEach((key, value) -> json.set(key.key(), key.range().json(value)));
    return json;
  }

  /// Reads what [#toJson] made; a key that is missing has its default.
  static Settings fromJson(JsonNode json) {
    Settings settings = defaults();
    for (Map.Entry<String, JsonNode> entry : json.properties()) {
      settings = settings.with(entry.getKey(), entry.getValue().asText());
    }
    return settings.checked();
  }

  private int whole(SettingKey key) {
    return Integer.parseInt(value(key));
  }

  private double real(SettingKey key) {
    return Double.parseDouble(value(key));
  }

  @SuppressWarnings("NullAway") // Every key has a value, see defaults().
  String value(SettingKey key) {
    return values.get(key);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return asMap().toString();
  }
}
