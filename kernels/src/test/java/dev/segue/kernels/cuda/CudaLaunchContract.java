package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.segue.kernels.cuda.CudaBinding.Grid;
import org.junit.jupiter.api.Test;

/// Modules and kernels.
interface CudaLaunchContract extends CudaContract {
  @Test
  default void aKernelReadsItsParametersBeforeTheLaunchReturns() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");
    int[] values = new int[1000];
    long address = upload(values);
    var parameters = parameters(address, 999);

    cuda().launch(addOne, Grid.of(8, 128), CudaBinding.DEFAULT_STREAM, parameters);
    parameters.fill((byte) 0);

    assertThat(download(address, 1000)).startsWith(1, 1).endsWith(1, 0);
    assertThat(driver().count("launches")).isEqualTo(1);
    cuda().free(address);
    cuda().unloadModule(module);
  }

  @Test
  default void blocksOfAllDirectionsAreStarted() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");
    long address = upload(0, 0);
    Grid grid = new Grid(2, 3, 4, 1, 0, 1);

    cuda().launch(addOne, grid, CudaBinding.DEFAULT_STREAM, parameters(address, 2));

    assertThat(download(address, 2)).containsExactly(12, 12);
    cuda().free(address);
    cuda().unloadModule(module);
  }

  @Test
  default void clustersAreStartedOrRefusedInWords() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");
    long address = upload(0, 0, 0, 0);
    Grid grid = new Grid(4, 1, 1, 1, 0, 2);
    var parameters = parameters(address, 4);

    if (cuda().canLaunchClusters()) {
      cuda().launch(addOne, grid, CudaBinding.DEFAULT_STREAM, parameters);
      assertThat(download(address, 4)).containsExactly(1, 1, 1, 1);
      assertThat(driver().count("cuLaunchKernelEx")).isEqualTo(1);
      Grid uneven = new Grid(4, 1, 1, 1, 0, 3);
      assertThatThrownBy(
              () -> cuda().launch(addOne, uneven, CudaBinding.DEFAULT_STREAM, parameters))
          .hasMessageStartingWith("cuda: cuLaunchKernelEx: CUDA_ERROR_INVALID_VALUE (1): Grid[");
    } else {
      assertThatThrownBy(() -> cuda().launch(addOne, grid, CudaBinding.DEFAULT_STREAM, parameters))
          .hasMessage(
              "cuda: cuLaunchKernelEx: CUDA_ERROR_NOT_SUPPORTED (801):"
                  + " JCuda launches no clusters, use -Dsegue.cuda.binding=panama");
    }
    cuda().free(address);
    cuda().unloadModule(module);
  }

  @Test
  default void aLaunchThatDoesNotFitNamesItsGrid() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");
    var parameters = parameters(0, 0);

    assertThatThrownBy(
            () -> cuda().launch(addOne, Grid.of(1, 2048), CudaBinding.DEFAULT_STREAM, parameters))
        .hasMessageStartingWith("cuda: cuLaunchKernel: CUDA_ERROR_INVALID_VALUE (1): Grid[")
        .hasMessageContaining("threads=2048");
    cuda().unloadModule(module);
  }

  @Test
  default void moreSharedMemoryIsAllowedBeforeItIsAskedFor() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");
    long address = upload(0);
    Grid grid = new Grid(1, 1, 1, 1, 100_000, 1);
    var parameters = parameters(address, 1);

    assertThatThrownBy(() -> cuda().launch(addOne, grid, CudaBinding.DEFAULT_STREAM, parameters))
        .hasMessageContaining("CUDA_ERROR_INVALID_VALUE");
    cuda().allowSharedMemory(addOne, 100_000);
    cuda().launch(addOne, grid, CudaBinding.DEFAULT_STREAM, parameters);

    assertThat(download(address, 1)).containsExactly(1);
    assertThatThrownBy(() -> cuda().allowSharedMemory(addOne, 1_000_000))
        .hasMessage("cuda: cuFuncSetAttribute: CUDA_ERROR_INVALID_VALUE (1): 1000000 bytes");
    cuda().free(address);
    cuda().unloadModule(module);
  }

  @Test
  default void fewerBlocksFitWhereEachTakesMore() {
    long module = ownModule();
    long addOne = cuda().function(module, "add_one");

    int many = cuda().residentBlocks(addOne, 128, 0);
    int few = cuda().residentBlocks(addOne, 1024, 40_000);

    assertThat(few).isPositive().isLessThan(many);
    cuda().unloadModule(module);
  }

  @Test
  default void badPtxIsRefusedWithTheCompilersLog() {
    String ptx = driver().ownKernels().replace("add_one", "add_two");

    assertThatThrownBy(() -> cuda().loadModule(arena().allocateFrom(ptx)))
        .hasMessage(
            "cuda: cuModuleLoadDataEx: CUDA_ERROR_INVALID_PTX (218):"
                + " entry add_two has no kernel in the sources; make the PTX again");
    assertThatThrownBy(() -> cuda().loadModule(arena().allocateFrom("no PTX")))
        .hasMessage(
            "cuda: cuModuleLoadDataEx: CUDA_ERROR_INVALID_IMAGE (200):"
                + " the image is no PTX: no .version or no .target");
  }

  @Test
  default void aKernelThatIsNotInTheModuleIsNamed() {
    long module = ownModule();

    assertThatThrownBy(() -> cuda().function(module, "add_three"))
        .hasMessage("cuda: cuModuleGetFunction: CUDA_ERROR_NOT_FOUND (500): add_three");
    cuda().unloadModule(module);
  }
}
