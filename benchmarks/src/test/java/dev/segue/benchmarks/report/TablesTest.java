package dev.segue.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablesTest {
  @TempDir Path folder;

  @Test
  void ratiosAreHowManyTimesAsFastWeAre() throws IOException {
    Files.writeString(folder.resolve("machine.txt"), "A machine.\n");
    Files.writeString(
        folder.resolve("gru.json"),
        "[%s,%s]"
            .formatted(
                throughput("GruBenchmark.forwardAndBackward", "VECTOR", "[[20,25],[50]]"),
                throughput("GruBenchmark.forwardAndBackward", "DJL", "[[10]]")));
    assertThat(Tables.markdown(folder))
        .isEqualTo(
            """
            A machine.

            ### GRU, forward and backward, ms

            |  | VECTOR | DJL | VECTOR to DJL |
            | --- | --- | --- | --- |
            | 2 threads | 40.0 (20.0 to 50.0) | 100 | 2.50 |

            """);
  }

  @Test
  void optionsOfTheJvmMakeAContenderOfItsOwn() throws IOException {
    Files.writeString(
        folder.resolve("gru.json"),
        """
        [{"benchmark":"x.GruBenchmark.forwardAndBackward","params":{"contender":"VECTOR"},
          "jvmArgs":["-Djmh=1","-XX:+UseSerialGC","--add-modules"],"primaryMetric":{"rawData":[[50]]}},
         {"benchmark":"x.GruBenchmark.forwardAndBackward","params":{"contender":"VECTOR"},
          "jvmArgs":["-Djmh=1"],"primaryMetric":{"rawData":[[40]]}},
         {"benchmark":"x.GruBenchmark.forwardAndBackward","params":{"contender":"DJL"},
          "primaryMetric":{"rawData":[[10]]}}]
        """);
    assertThat(Tables.markdown(folder))
        .contains(
            "| VECTOR | VECTOR -XX:+UseSerialGC | DJL | VECTOR to DJL | VECTOR -XX:+UseSerialGC to DJL |")
        .contains("| 25.0 | 20.0 | 100 | 4.00 | 5.00 |");
  }

  @Test
  void countersAndPercentilesAreRead() throws IOException {
    Files.writeString(
        folder.resolve("a.json"),
        """
        [{"benchmark":"x.GemmBenchmark.multiply","params":{"contender":"VECTOR","shape":"STEP","threads":"1"},
          "secondaryMetrics":{"flops":{"rawData":[[1.5e11]]}}},
         {"benchmark":"x.RankingBenchmark.rank","mode":"sample","params":{"contender":"VECTOR","shape":"MISSION"},
          "primaryMetric":{"scorePercentiles":{"50.0":900.4,"90.0":1200}}},
         {"benchmark":"x.RankingBenchmark.rank","mode":"sample","params":{"contender":"ONNXRUNTIME","shape":"MISSION"},
          "primaryMetric":{"scorePercentiles":{"50.0":1800.8,"90.0":2200}}}]
        """);
    assertThat(Tables.markdown(folder))
        .contains("| `STEP`, 1 thread | 150 |")
        .contains("| `MISSION` | 900 (p90 1,200) | 1,801 (p90 2,200) | 2.00 |");
  }

  @Test
  void aBenchmarkInTwoModesIsTwoTables() throws IOException {
    String name = "x.ConcurrentRequestsBenchmark.appendAndRecommend";
    Files.writeString(
        folder.resolve("requests.json"),
        """
        [{"benchmark":"%s","mode":"thrpt","params":{"contender":"VECTOR","items":"1000000"},
          "primaryMetric":{"rawData":[[0.4,0.5,0.6]]}},
         {"benchmark":"%s","mode":"sample","params":{"contender":"VECTOR","items":"1000000"},
          "primaryMetric":{"scorePercentiles":{"50.0":38.9,"90.0":44.1}}}]
        """
            .formatted(name, name));
    assertThat(Tables.markdown(folder))
        .contains(
            "at once, 1/s\n\n|  | VECTOR |\n| --- | --- |\n| 1,000,000 items | 500 (400 to 600) |")
        .contains(
            "took, ms\n\n|  | VECTOR |\n| --- | --- |\n| 1,000,000 items | 38.9 (p90 44.1) |");
  }

  @Test
  void tenJvmsAreShownByTheirSlowest() throws IOException {
    String jvms = "[[1],[2],[3],[4],[5],[6],[7],[8],[9],[1000]]";
    Files.writeString(
        folder.resolve("a.json"),
        "[%s]".formatted(throughput("GruBenchmark.forwardAndBackward", "VECTOR", jvms)));
    assertThat(Tables.markdown(folder))
        .contains(
            "| GRU, forward and backward, ms: 2 threads | VECTOR | 10 | 1.00 | 183 | 1,000 |");
  }

  @Test
  void memoryIsComparedWithEachOfOurs() throws IOException {
    Files.writeString(
        folder.resolve("memory.json"),
        """
        [{"scenario":"MISSION","contender":"VECTOR","jvmOptions":"","peakBytes":1500000000},
         {"scenario":"MISSION","contender":"DJL","jvmOptions":"","peakBytes":6000000000}]
        """);
    assertThat(Tables.markdown(folder)).contains("| `MISSION` | 1.50 | 6.00 | 4.00 |");
  }

  @Test
  void onlyWhatIsBetweenTheMarksIsReplaced() throws IOException {
    Path readme = folder.resolve("README.md");
    String begin = "<!-- tables: made by benchmarks/measure -->";
    Files.writeString(readme, "a\n" + begin + "\nold\n<!-- end of tables -->\nz\n");
    Tables.insert(readme, "new\n");
    assertThat(readme).hasContent("a\n" + begin + "\n\nnew\n\n<!-- end of tables -->\nz\n");
    Files.writeString(readme, "no marks");
    assertThatThrownBy(() -> Tables.insert(readme, "new"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("README.md: marks, expected");
  }

  private static String throughput(String benchmark, String contender, String rawData) {
    return """
    {"benchmark":"dev.%s","params":{"contender":"%s","threads":"2"},"primaryMetric":{"rawData":%s}}
    """
        .formatted(benchmark, contender, rawData);
  }
}
