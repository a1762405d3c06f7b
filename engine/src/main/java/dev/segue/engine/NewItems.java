package dev.segue.engine;

import dev.segue.data.Catalogue;
import dev.segue.data.Item;
import dev.segue.engine.content.ContentFeatures;
import dev.segue.engine.content.ContentIndex;
import dev.segue.engine.network.ParameterSet;
import dev.segue.kernels.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Where the weights of items begin that a model did not have: at the mean of the [#NEAREST] known
/// items that are most similar in content, each weighted by its similarity, or at random where no
/// known item is similar. The bias of the latter is the mean of all known ones.
///
/// @param known number of known items; the new ones follow
/// @param nearest for each new item its similar known ones, none where there are none
/// @param similarities of these
record NewItems(int known, int[][] nearest, float[][] similarities) {
  private static final int NEAREST = 10;

  /// Below, two items share little more than their domain.
  private static final float LEAST_SIMILARITY = 0.1f;

  /// Finds the similar items.
  ///
  /// @param items the known ones, then `count` new ones, then any others
  /// @param hasContent whether more than ids is known of the items
  static NewItems find(List<Item> items, int known, int count, boolean hasContent) {
    int[][] nearest = new int[count][0];
    float[][] similarities = new float[count][0];
    if (hasContent && count > 0) {
      ContentIndex index = new ContentIndex(ContentFeatures.of(Catalogue.of(items)));
      float[] all = new float[items.size()];
      for (int i = 0; i < count; i++) {
        index.similarities(known + i, all);
        nearest[i] =
            IntStream.range(0, known)
                .filter(item -> all[item] >= LEAST_SIMILARITY)
                .boxed()
                .sorted(Comparator.comparingDouble(item -> -all[item]))
                .limit(NEAREST)
                .mapToInt(Integer::intValue)
                .toArray();
        similarities[i] = new float[nearest[i].length];
        for (int j = 0; j < nearest[i].length; j++) {
          similarities[i][j] = all[nearest[i][j]];
        }
      }
    }
    return new NewItems(known, nearest, similarities);
  }

  int count() {
    return nearest.length;
  }

  int fromContent() {
    return (int) Arrays.stream(nearest).filter(items -> items.length > 0).count();
  }

  /// Sets the rows and biases of the new items; those of the known ones are in place, and random
  /// numbers in the others. Where item vectors are made of content a new item begins with that
  /// alone.
  void fill(ParameterSet parameters) {
    List<Tensor> tables =
        parameters.shape().tied()
            ? List.of(parameters.embedding())
            : List.of(parameters.embedding(), parameters.outputWeights());
    for (Tensor table : tables) {
      if (parameters.content() == null) {
        fillRows(table);
      } else {
        clearRows(table);
      }
    }
    float[] bias = parameters.outputBias().toArray();
    double mean = IntStream.range(0, known).mapToDouble(i -> bias[i]).average().orElse(0);
    for (int i = 0; i < count(); i++) {
      double weighted = 0;
      for (int j = 0; j < nearest[i].length; j++) {
        weighted += (double) similarities[i][j] * bias[nearest[i][j]];
      }
      bias[known + i] = (float) (nearest[i].length == 0 ? mean : weighted / sum(i));
    }
    parameters.outputBias().write(0, FloatBuffer.wrap(bias));
  }

  private double sum(int item) {
    double sum = 0;
    for (float similarity : similarities[item]) {
      sum += similarity;
    }
    return sum;
  }

  private void clearRows(Tensor table) {
    for (int i = 0; i < count(); i++) {
      table.write(known + i, FloatBuffer.allocate(table.columns()));
    }
  }

  private void fillRows(Tensor table) {
    float[] row = new float[table.columns()];
    for (int i = 0; i < count(); i++) {
      if (nearest[i].length > 0) {
        double[] mean = new double[row.length];
        for (int j = 0; j < nearest[i].length; j++) {
          table.read(nearest[i][j], FloatBuffer.wrap(row));
          for (int unit = 0; unit < row.length; unit++) {
            mean[unit] += similarities[i][j] / sum(i) * row[unit];
          }
        }
        for (int unit = 0; unit < row.length; unit++) {
          row[unit] = (float) mean[unit];
        }
        table.write(known + i, FloatBuffer.wrap(row));
      }
    }
  }
}
