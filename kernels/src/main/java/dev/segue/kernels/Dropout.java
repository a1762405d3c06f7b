package dev.segue.kernels;

/// Arguments of [Backend#dropout]: `out_i = in_i · mask_i / (1 − p)`, where element i (row-major)
/// is kept when uniform i of Philox 4x32-10 with key `seed` and stream `stream` is at least p.
/// Every backend draws the same mask. Source: Salmon et al., "Parallel random numbers: as easy as
/// 1, 2, 3", SC 2011.
///
/// @param input values
/// @param output same shape; may be the input
/// @param probability p of dropping an element, at least 0 and below 1
/// @param seed key of the generator
/// @param stream counter block of this application, different for each step and place
public record Dropout(Tensor input, Tensor output, float probability, long seed, long stream) {
  /// Checks shapes and the probability.
  public Dropout {
    Shapes.check("dropout", "output", output, input.rows(), input.columns());
    if (!(probability >= 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "dropout: probability, expected 0 to below 1, got " + probability);
    }
  }
}
