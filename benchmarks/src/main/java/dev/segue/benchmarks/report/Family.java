package dev.segue.benchmarks.report;

/// A table: what is shown of a benchmark.
enum Family {
  GEMM("GemmBenchmark.multiply", "Matrix product", "GFLOP/s", Value.GIGA_FLOPS),
  GRU("GruBenchmark.forwardAndBackward", "GRU, forward and backward", "ms", Value.MILLIS),
  CROSS_ENTROPY(
      "CrossEntropyBenchmark.lossAndGradients",
      "Output layer and softmax, loss and gradients",
      "ms",
      Value.MILLIS),
  STEP("TrainingStepBenchmark.train", "Training step", "ms", Value.MILLIS),
  EVENTS("TrainingStepBenchmark.train", "Training, targets learnt", "1/s", Value.EVENTS),
  RANKING("RankingBenchmark.rank", "Best 21 of all items", "µs", Value.PERCENTILES),
  APPEND("RecommendBenchmark.append", "One event appended to a session", "µs", Value.PERCENTILES),
  RECOMMEND(
      "RecommendBenchmark.appendAndRecommend",
      "One event appended, then the best 21 items",
      "µs",
      Value.PERCENTILES),
  REQUESTS(
      "ConcurrentRequestsBenchmark.appendAndRecommend",
      "Requests of 16 live sessions that ask at once",
      "1/s",
      Value.RATE),
  REQUEST_TIMES(
      "ConcurrentRequestsBenchmark.appendAndRecommend",
      "How long each of these requests took",
      "ms",
      Value.PERCENTILES),
  COLD_START("ColdStartBenchmark.loadAndAnswer", "Load and first answer", "ms", Value.SINGLE);

  /// Which number of a result is shown, and how.
  enum Value {
    /// The counter `flops`, in thousand millions.
    GIGA_FLOPS,
    /// The time of an operation from operations per second.
    MILLIS,
    /// The counter `events`.
    EVENTS,
    /// Operations per second, from operations per millisecond.
    RATE,
    /// The median time of a call.
    PERCENTILES,
    /// The time as measured.
    SINGLE;

    boolean higherIsBetter() {
      return this == GIGA_FLOPS || this == EVENTS || this == RATE;
    }

    /// Tells whether a result in this mode of JMH has the number: one benchmark may run in two.
    boolean isIn(String mode) {
      return switch (this) {
        case RATE -> mode.equals("thrpt");
        case PERCENTILES -> mode.equals("sample");
        case GIGA_FLOPS, MILLIS, EVENTS, SINGLE -> true;
      };
    }
  }

  private final String benchmark;
  private final String title;
  private final String unit;
  private final Value value;

  Family(String benchmark, String title, String unit, Value value) {
    this.benchmark = benchmark;
    this.title = title;
    this.unit = unit;
    this.value = value;
  }

  /// Returns class and method, without the package.
  String benchmark() {
    return benchmark;
  }

  String heading() {
    return title + ", " + unit;
  }

  Value value() {
    return value;
  }
}
