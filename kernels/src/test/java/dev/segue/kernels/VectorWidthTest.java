package dev.segue.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The contract once more, in JVMs of their own with each forced vector width; see the module's
/// pom. The width is a constant of a JVM.
class VectorWidthTest extends TwinContract {
  @BeforeAll
  static void skipWidthsThatTheMachineLacks() {
    int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    int forced = Integer.getInteger(Lanes.PROPERTY, widest);
    assumeTrue(forced <= widest, "no vectors of %d bits here".formatted(forced));
  }

  @Override
  Backend open() {
    return new VectorBackend(3, 1, 150);
  }

  @Test
  void theWidthIsTheOneAskedFor() {
    int widest = FloatVector.SPECIES_PREFERRED.vectorBitSize();
    int forced = Integer.getInteger(Lanes.PROPERTY, widest);
    assertThat(backend().description()).contains("(" + forced + " bits");
  }
}
