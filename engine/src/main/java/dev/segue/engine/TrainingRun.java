package dev.segue.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.segue.engine.files.DirectoryReplacement;
import dev.segue.engine.files.Manifest;
import dev.segue.engine.neighbours.SessionIndex;
import dev.segue.engine.network.CarriedStates;
import dev.segue.engine.network.GruNetwork;
import dev.segue.engine.network.IdDropout;
import dev.segue.engine.network.Initialisation;
import dev.segue.engine.network.ItemContent;
import dev.segue.engine.network.NetworkShape;
import dev.segue.engine.network.ParameterSet;
import dev.segue.engine.network.RateSchedule;
import dev.segue.engine.network.TrainingStep;
import dev.segue.engine.sequences.Batch;
import dev.segue.engine.sequences.BatchPlan;
import dev.segue.engine.sequences.Batches;
import dev.segue.engine.sequences.SessionParallelPlan;
import dev.segue.kernels.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a [Trainer], from its first or its checkpointed batch to the model in place.
final class TrainingRun implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrainingRun.class);
  private static final double NANOS = 1e-9;

  /// What the baselines beside the model look at by default.
  private static final int INDEX_BOUND = 2500;

  private static final int INDEX_LENGTH = 100;

  private final Backend backend;
  private final TrainingRequest request;
  private final Settings settings;
  private final TrainingData data;
  private final Checkpoint checkpoint;
  private final @Nullable ContinuedModel continued;
  private final TrainingListener listener;
  private final @Nullable CarriedStates carried;
  private final @Nullable ItemContent content;
  private final GruNetwork network;
  private final ParameterSet parameters;
  private final @Nullable ParameterSet best;
  private final TrainingStep steps;
  private final RateSchedule schedule;
  private final ValidationMeasure measure;
  private TrainingHistory history = new TrainingHistory();
  private TrainingPosition position = TrainingPosition.start();

  TrainingRun(
      Backend backend,
      TrainingRequest request,
      TrainingData data,
      Checkpoint checkpoint,
      @Nullable ContinuedModel continued,
      TrainingListener listener) {
    this.backend = backend;
    this.request = request;
    this.settings = request.settings();
    this.data = data;
    this.checkpoint = checkpoint;
    this.continued = continued;
    this.listener = listener;
    TrainingContent features = data.content();
    NetworkShape shape =
        ModelConfig.shape(settings, data.vocabularySize(), data.codes())
            .withFeatures(features == null ? 0 : features.encoder().features());
    this.parameters = new ParameterSet(backend, shape);
    this.best = validates() ? new ParameterSet(backend, shape) : null;
    this.carried =
        settings.sessionParallel() ? new CarriedStates(backend, shape, settings.batch()) : null;
    this.content = features == null ? null : itemContent(features);
    this.network = new GruNetwork(backend, parameters, carried, content);
    this.steps = TrainingSteps.of(backend, settings, network, data);
    this.schedule = settings.schedule(settings.epochs() * batchesOfEpoch());
    this.measure = ValidationMeasure.of(settings);
  }

  private ItemContent itemContent(TrainingContent features) {
    return new ItemContent(
        backend,
        parameters,
        features.trained(data.vocabularySize()),
        new IdDropout(settings.dropoutId(), settings.seed()));
  }

  /// Trains to the end, or to the listener's request to stop.
  TrainingResult run() throws IOException {
    if (request.resume()) {
      resume();
    } else {
      Initialisation.fill(parameters, settings.seed());
      takeOver();
    }
    listener.started(plan());
    while (position.epoch() <= settings.epochs() && !history.isExhausted(settings.patience())) {
      if (!trainEpoch() || !finishEpoch()) {
        saveCheckpoint();
        return result(true);
      }
      saveCheckpoint();
    }
    writeModel();
    checkpoint.delete();
    return result(false);
  }

  /// Puts the weights of a continued model over the random ones.
  private void takeOver() {
    NewItems added = data.newItems();
    if (continued != null && added != null) {
      TrainingContent features = data.content();
      continued.fill(parameters, features == null ? null : features.rows());
      added.fill(parameters);
    }
  }

  private void resume() {
    checkpoint.restore(tensors(best));
    position = checkpoint.position();
    history = checkpoint.history();
    if (!checkpoint.backend().equals(backend.description())) {
      LOG.warn(
          "training: resumed on {}, begun on {}: the weights may differ in their last bits",
          backend.description(),
          checkpoint.backend());
    }
  }

  /// Trains the rest of the current epoch; returns false when asked to stop.
  private boolean trainEpoch() {
    Batches plan = planEpoch();
    while (position.batch() < plan.batches()) {
      if (listener.stopRequested()) {
        return false;
      }
      long start = System.nanoTime();
      Batch batch = plan.batch(position.batch());
      double loss = step(batch);
      double seconds = (System.nanoTime() - start) * NANOS;
      position = position.afterBatch(loss, batch.size(), seconds);
      listener.progressed(
          new TrainingListener.Progress(
              position.epoch(),
              position.events(),
              data.train().targets(),
              position.lossSum() / position.events(),
              position.events() / position.epochSeconds()));
    }
    return true;
  }

  private Batches planEpoch() {
    int batch = settings.batch();
    if (settings.inTimeOrder()) {
      return settings.sessionParallel()
          ? SessionParallelPlan.inOrder(data.train(), batch)
          : BatchPlan.inOrder(data.train(), batch);
    }
    int epoch = position.epoch();
    return settings.sessionParallel()
        ? SessionParallelPlan.shuffled(data.train(), batch, settings.seed(), epoch)
        : BatchPlan.shuffled(data.train(), batch, settings.seed(), epoch);
  }

  /// Sessions side by side take a few batches more: their last ones are not full.
  private long batchesOfEpoch() {
    long units = settings.sessionParallel() ? data.train().targets() : data.train().windows();
    return Math.ceilDiv(units, settings.batch());
  }

  private double step(Batch batch) {
    long step = position.step() + 1;
    TrainingStep.Result result = steps.run(batch, step, schedule.factor(step));
    requireFinite("loss", result.loss());
    requireFinite("gradient norm", result.gradientNorm());
    return result.loss();
  }

  private void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new ModelException(
          "training: %s is %s at epoch %d, step %d: learning rate %s may be too high"
              .formatted(what, value, position.epoch(), position.batch() + 1, settings.rate()));
    }
  }

  /// Validates the finished epoch and keeps its weights if they are the best; returns false when
  /// asked to stop before validation is done.
  private boolean finishEpoch() {
    long start = System.nanoTime();
    ValidationMeasure.Sums sums = new ValidationMeasure.Sums(0, 0, 0);
    if (validates()) {
      if (content != null) {
        content.compose();
      }
      BatchPlan plan = BatchPlan.inOrder(data.validation(), settings.batch());
      for (int i = 0; i < plan.batches(); i++) {
        if (listener.stopRequested()) {
          return false;
        }
        sums = sums.plus(measure.sums(backend, network, plan.batch(i)));
      }
    }
    ValidationMeasure.Sums means = sums.over(data.validation().targets());
    double validationLoss = measure.of(means);
    if (validates()) {
      requireFinite("validation loss", validationLoss);
    }
    boolean isBest = history.isBest(validationLoss);
    if (isBest && best != null) {
      best.copyFrom(parameters);
    }
    double validationSeconds = (System.nanoTime() - start) * NANOS;
    EpochResult epoch =
        new EpochResult(
            position.epoch(),
            position.lossSum() / position.events(),
            validationLoss,
            means.recall(),
            means.mrr(),
            position.epochSeconds() + validationSeconds,
            position.events() / position.epochSeconds(),
            isBest);
    history.add(epoch);
    position = position.afterEpoch(validationSeconds);
    listener.epochFinished(epoch);
    return true;
  }

  private boolean validates() {
    return data.validation().targets() > 0;
  }

  private void writeModel() throws IOException {
    ParameterSet kept = best == null ? parameters : best;
    TrainingContent features = data.content();
    if (features == null) {
      writeModel(config(), kept, data, fresh -> {});
      return;
    }
    try (ParameterSet ranked =
        ItemContent.ranked(backend, kept, features.rows(), settings.coldBias())) {
      writeModel(
          rankedConfig(features),
          ranked,
          data.ranked(),
          fresh ->
              TrainingContent.write(fresh.resolve(ModelFiles.CONTENT), features.encoder(), kept));
    }
  }

  private void writeModel(
      ModelConfig config,
      ParameterSet weights,
      TrainingData ranked,
      DirectoryReplacement.Content more)
      throws IOException {
    new DirectoryReplacement(request.output())
        .replace(fresh -> {
          ModelFiles.write(fresh, config, weights.all(), ranked, report());
          SessionIndex index = ranked.index(INDEX_BOUND, INDEX_LENGTH);
          NeighbourFiles.write(fresh.resolve(ModelFiles.NEIGHBOURS), index, List.of());
          more.write(fresh);
          List<String> files = new ArrayList<>(ModelFiles.ALL);
          files.add(ModelFiles.NEIGHBOURS);
          if (ranked.content() != null) {
            files.add(ModelFiles.CONTENT);
          }
          Manifest.write(fresh, files);
        });
  }

  private void saveCheckpoint() throws IOException {
    ParameterSet chosen = history.bestEpoch() == 0 ? null : best;
    checkpoint.save(config(), data, report(), position, tensors(chosen));
  }

  private Checkpoint.Tensors tensors(@Nullable ParameterSet chosen) {
    return new Checkpoint.Tensors(parameters.all(), steps.state(), chosen);
  }

  private ModelConfig config() {
    return withContinued(ModelConfig.describe(settings, data, backend, request.provenance()));
  }

  private ModelConfig rankedConfig(TrainingContent features) {
    return withContinued(
        ModelConfig.describe(
            settings,
            data.ranked(),
            data.vocabularySize(),
            features.encoder().features(),
            backend,
            request.provenance()));
  }

  private ModelConfig withContinued(ModelConfig config) {
    if (continued != null) {
      ((ObjectNode) config.json()).set(ContinuedModel.CONTINUED, continued.toJson());
    }
    return config;
  }

  private ObjectNode report() {
    ObjectNode report = JsonNodeFactory.instance.objectNode();
    report
        .put("bestEpoch", history.bestEpoch())
        .put("validationMeasure", measure.label())
        .put("stoppedEarly", history.isExhausted(settings.patience()))
        .put("seconds", seconds())
        .put("parameters", parameters.size())
        .put("items", data.vocabularySize())
        .put("trainSessions", data.train().sessions())
        .put("trainTargets", data.train().targets())
        .put("validationSessions", data.validation().sessions())
        .put("validationTargets", data.validation().targets())
        .put("validationTargetsSkipped", data.validation().skipped());
    Continuation continuation = continuation();
    if (continuation != null) {
      report
          .putObject(ContinuedModel.CONTINUED)
          .put("knownItems", continuation.knownItems())
          .put("newItems", continuation.newItems())
          .put("newItemsFromContent", continuation.fromContent());
    }
    report.set("epochs", history.toJson());
    return report;
  }

  private TrainingListener.Plan plan() {
    return new TrainingListener.Plan(
        data.train().sessions(),
        data.validation().sessions(),
        data.vocabularySize(),
        data.train().targets(),
        position.epoch(),
        settings.epochs(),
        parameters.size(),
        backend.description(),
        measure.label());
  }

  private TrainingResult result(boolean interrupted) {
    List<EpochResult> epochs = history.epochs();
    return new TrainingResult(epochs, history.bestEpoch(), interrupted, seconds(), continuation());
  }

  private @Nullable Continuation continuation() {
    NewItems added = data.newItems();
    return continued == null || added == null
        ? null
        : new Continuation(continued.digest(), added.known(), added.count(), added.fromContent());
  }

  private double seconds() {
    return position.seconds() + position.epochSeconds();
  }

  @Override
  public void close() {
    parameters.close();
    steps.close();
    if (content != null) {
      content.close();
    }
    if (carried != null) {
      carried.close();
    }
    if (best != null) {
      best.close();
    }
  }
}
