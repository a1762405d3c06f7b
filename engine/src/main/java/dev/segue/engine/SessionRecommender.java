package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.ranking.MarginalRelevance;
import dev.segue.kernels.Backend;
import dev.segue.kernels.Backends;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all sessions share: the models, the filters, and the order of popularity. Everything here
/// is immutable; what changes lives in [LiveSession].
final class SessionRecommender implements Recommender {
  /// How long the first request may be in coming before other work begins.
  private static final long GRACE_MILLIS = 200;

  /// From the first answer to other work, for a program that answers once and ends.
  private static final long PAUSE_MILLIS = 25;

  private final Catalogue items;
  private final @Nullable SessionModel trained;
  private final ContentModel content;
  private final Later<PopularOrder> popular;
  private final Later<DomainFilter> domains;
  private final Supplier<String> description;
  private final Runnable release;
  private final CountDownLatch answered = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile boolean closed;

  private SessionRecommender(
      Catalogue items,
      @Nullable SessionModel trained,
      int @Nullable [] support,
      Supplier<String> description,
      @Nullable String backendLine,
      Runnable release) {
    this.items = items;
    this.trained = trained;
    this.description = description;
    this.release = release;
    content = ContentModel.later(items);
    popular = new Later<>(() -> new PopularOrder(items, support));
    domains = new Later<>(() -> new DomainFilter(items));
    if (trained == null) {
      items.search(null, "", 1);
      content.prepare();
    } else {
      new Later<>(() -> prepare(trained, backendLine)).start("segue-prepare");
    }
  }

  /// Makes what a session of trained items needs no bit of, so that the first who does need it
  /// waits less. It starts when the first answer is given or is long in coming: a processor can
  /// only do one of both. For the same reason the model, which most answers need, comes first. Who
  /// needs something of it earlier makes it at once.
  private boolean prepare(SessionModel model, @Nullable String backendLine) {
    try {
      if (answered.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)
          && closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        return false;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (backendLine != null) {
      Log.LOG.info(backendLine);
    }
    model.prepare();
    if (closed) {
      return false;
    }
    items.search(null, "", 1);
    popular.get();
    domains.get();
    content.prepare();
    return true;
  }

  /// Recommends by content alone.
  static SessionRecommender contentOnly(Catalogue items) {
    if (items.size() == 0) {
      throw new IllegalArgumentException(
          "recommend: the catalogue is empty, expected at least one item, got 0");
    }
    return new SessionRecommender(
        items,
        null,
        null,
        () -> String.format(Locale.ROOT, "content, %,d items", items.size()),
        null,
        () -> {});
  }

  /// Loads a model, with the items of a catalogue beside its own.
  static SessionRecommender load(
      Path directory, @Nullable Catalogue catalogue, ServingSettings settings) {
    AtomicReference<@Nullable String> line = new AtomicReference<>();
    Backend backend = settings.open(line::set);
    try {
      TrainedModel model = TrainedModel.read(directory, backend);
      Catalogue items = catalogue == null ? model.items() : union(model.items(), catalogue);
      model.onPass(settings.onPass());
      Runnable release =
          () -> {
            model.close();
            backend.close();
          };
      return new SessionRecommender(
          items,
          model.gru(),
          model.statistics().support(),
          () -> describe(model, items, backend),
          line.get(),
          release);
    } catch (RuntimeException | Error e) {
      backend.close();
      throw e;
    }
  }

  /// Recommends with any model; `catalogue` may hold more items than the model ranks.
  static SessionRecommender of(SessionModel model, Catalogue catalogue) {
    Catalogue items = union(model.items(), catalogue);
    return new SessionRecommender(items, model, null, model::name, null, model::close);
  }

  /// Returns the model's items in their order, each as the catalogue has it where it does, then the
  /// catalogue's other items.
  private static Catalogue union(Catalogue known, Catalogue catalogue) {
    List<Item> union = new ArrayList<>();
    for (Item item : known.items()) {
      int index = catalogue.indexOf(item.id());
      union.add(index < 0 ? item : catalogue.item(index));
    }
    for (Item item : catalogue.items()) {
      if (known.indexOf(item.id()) < 0) {
        union.add(item);
      }
    }
    return Catalogue.of(union);
  }

  private static String describe(TrainedModel model, Catalogue items, Backend backend) {
    return String.format(
        Locale.ROOT,
        "%s, %,d items and %,d cold ones, %s",
        model.gru().name(),
        model.trainedItems(),
        items.size() - model.trainedItems(),
        backend.description());
  }

  @Override
  public Catalogue items() {
    return items;
  }

  @Override
  public String description() {
    return description.get();
  }

  @Override
  public SessionState newSession() {
    requireOpen();
    return new LiveSession(this);
  }

  @Override
  public SimilarItems similar(String itemId, int k, Set<String> domains) {
    return content.similarItems().nearest(requireItem(itemId, k), k, domains);
  }

  @Override
  public SimilarItems similarByModel(String itemId, int k, Set<String> domains) {
    int item = requireItem(itemId, k);
    ItemRows rows = trained == null ? null : trained.itemRows();
    if (rows == null) {
      throw new IllegalArgumentException(
          "similar: no vectors of items, expected a GRU or a blend with one, got "
              + (trained == null ? "content" : trained.name()));
    }
    if (item >= rows.items()) {
      throw new IllegalArgumentException(
          "similar: cold item, expected one that the model was trained on, got \"%s\""
              .formatted(itemId));
    }
    return content.similarItems().nearest(item, k, domains, rows);
  }

  private int requireItem(String itemId, int k) {
    requireOpen();
    if (k < 1) {
      throw new IllegalArgumentException("similar: k, expected at least 1, got " + k);
    }
    int item = items.indexOf(itemId);
    if (item < 0) {
      throw new IllegalArgumentException(
          "similar: unknown item, expected an id of the catalogue, got \"%s\"".formatted(itemId));
    }
    return item;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      closing.countDown();
      answered.countDown();
      release.run();
    }
  }

  /// Is told that an answer was given.
  void answered() {
    answered.countDown();
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("recommend: the recommender is closed, expected an open one");
    }
  }

  @Nullable SessionModel trained() {
    return trained;
  }

  /// Returns whether a model ranks this item; the others are cold.
  boolean isTrained(int item) {
    return trained != null && item < trained.vocabularySize();
  }

  /// Returns how alike two items are, for lists that are to be diverse.
  MarginalRelevance.Similarity similarity() {
    return ItemSimilarity.of(content.index(), trained);
  }

  ContentModel content() {
    return content;
  }

  PopularOrder popular() {
    return popular.get();
  }

  DomainFilter domains() {
    return domains.get();
  }

  /// Loaded when there is something to log.
  private static final class Log {
    static final Logger LOG = LoggerFactory.getLogger(Backends.class);
  }
}
