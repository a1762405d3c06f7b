package dev.segue.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaLibrarySearchTest {
  private static final String NAME = "libsegue-no-such.so.1";

  @TempDir private Path root;

  @Test
  void everyFolderIsTriedOnceAndAFileThatDoesNotLoadTellsWhy() throws IOException {
    Path empty = Files.createDirectory(root.resolve("empty"));
    Path same = Files.createSymbolicLink(root.resolve("same"), empty);
    Path broken = Files.createDirectory(root.resolve("broken"));
    Path file = Files.writeString(broken.resolve(NAME), "not a library");
    LibrarySearch search = new LibrarySearch();

    assertThat(search.find(NAME, List.of(empty, same, broken, root.resolve("gone")))).isNull();
    assertThat(search.tried())
        .containsExactly(
            "the loader's path (LD_LIBRARY_PATH, ldconfig)",
            empty.toString(),
            file + ": file too short",
            root.resolve("gone").toString());
  }

  @Test
  void aChoiceIsAFileOrAFolder() throws IOException {
    LibrarySearch search = new LibrarySearch();
    Path file = Files.writeString(root.resolve("mine.so"), "not a library");

    assertThat(search.at(root, NAME)).isNull();
    assertThat(search.at(file, NAME)).isNull();
    assertThat(search.tried())
        .containsExactly(root.resolve(NAME) + ": no such file", file + ": file too short");
  }

  @Test
  void cublasIsLookedForInTheToolkitOfItsVersionAndInPythonsPackages() throws IOException {
    for (String folder :
        List.of(
            "usr/local/cuda-12.4/lib64",
            "usr/local/cuda-13.0/lib64",
            "usr/local/cuda-13.1/lib64",
            "home/.local/lib/python3.12/site-packages",
            "venv/lib/python3.13/site-packages")) {
      Files.createDirectories(root.resolve(folder));
    }
    CudaFolders folders =
        new CudaFolders(
            root,
            "x86_64",
            Map.of(
                "CUDA_HOME", root.resolve("toolkit").toString(),
                "VIRTUAL_ENV", root.resolve("venv").toString(),
                "CONDA_PREFIX", "",
                "HOME", root.resolve("home").toString()));

    assertThat(relative(folders.cublas(13)))
        .containsSubsequence(
            "toolkit/lib64",
            "usr/local/cuda-13.1/lib64",
            "usr/local/cuda-13.0/lib64",
            "usr/local/cuda/lib64",
            "usr/lib/x86_64-linux-gnu",
            "venv/lib/python3.13/site-packages/nvidia/cu13/lib",
            "home/.local/lib/python3.12/site-packages/nvidia/cu13/lib")
        .doesNotContain("usr/local/cuda-12.4/lib64");
    assertThat(relative(folders.cublas(12)))
        .contains(
            "usr/local/cuda-12.4/lib64",
            "venv/lib/python3.13/site-packages/nvidia/cublas/lib",
            "venv/lib/python3.13/site-packages/torch/lib");
  }

  @Test
  void theDriverIsLookedForWhereDistributionsContainersAndWslPutIt() {
    assertThat(relative(new CudaFolders(root, "aarch64", Map.of()).driver()))
        .contains(
            "usr/lib/aarch64-linux-gnu",
            "usr/lib64",
            "usr/lib/wsl/lib",
            "usr/local/nvidia/lib64",
            "usr/local/cuda/compat");
  }

  private List<String> relative(List<Path> folders) {
    return folders.stream().map(folder -> root.relativize(folder).toString()).toList();
  }
}
