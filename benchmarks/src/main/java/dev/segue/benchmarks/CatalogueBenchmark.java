package dev.segue.benchmarks;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.Recommender;
import dev.segue.engine.SimilarItems;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What people wait for in a catalogue of 134,000 items: its content features, built in a fresh JVM
/// with the first answer, and a search in its titles at each key press.
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED"})
@State(Scope.Benchmark)
public class CatalogueBenchmark {
  private static final int BEST = 10;
  private static final int LONGEST_PREFIX = 8;

  private Catalogue catalogue = Catalogue.of(List.of());
  private int presses;

  /// Makes the catalogue, and checks that a title is found by its beginning.
  @Setup(Level.Trial)
  public void create() {
    catalogue = SyntheticCatalogue.create();
    Item item = catalogue.item(catalogue.size() / 2);
    List<Item> found = catalogue.search(null, item.title(), BEST);
    if (!found.contains(item)) {
      throw new IllegalStateException("search: expected %s, got %s".formatted(item, found));
    }
  }

  /// Builds features and index of all items and finds the nearest of one, with nothing compiled.
  @Benchmark
  @BenchmarkMode(Mode.SingleShotTime)
  @Warmup(iterations = 0)
  @Measurement(iterations = 1)
  public SimilarItems buildFeaturesAndAnswer() {
    try (Recommender recommender = Recommender.contentOnly(catalogue)) {
      return recommender.similar("Movie_17", BEST, Set.of());
    }
  }

  /// One key press: one to eight letters of a title.
  @Benchmark
  @BenchmarkMode(Mode.SampleTime)
  @Warmup(iterations = 2, time = 1)
  @Measurement(iterations = 3, time = 1)
  public List<Item> searchTitles() {
    int press = presses++ & Integer.MAX_VALUE;
    String title = catalogue.item((int) (press * 7919L % catalogue.size())).title();
    int letters = Math.min(title.length(), 1 + press % LONGEST_PREFIX);
    return catalogue.search(null, title.substring(0, letters), BEST);
  }
}
