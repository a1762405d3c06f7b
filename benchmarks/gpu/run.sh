#!/usr/bin/env bash
# Measures the CUDA backend and PyTorch on the same GPU, from the same numbers, and prints the table.
#
#   benchmarks/gpu/run.sh [--dry] [FOLDER]
#
# FOLDER gets the raw results (default benchmarks/results/gpu/COMMIT). Needs on the machine: NVIDIA's driver and
# python3 with torch; no internet, no Maven. Java is $JAVA_HOME/bin/java, or benchmarks/target/gpu/runtime/bin/java,
# which benchmarks/gpu/pack makes on a machine with a JDK, as it does the jars; its archive is enough. --dry takes sizes of nothing, to see
# that everything runs; with -Dsegue.cuda.driver=... in $SEGUE_GPU_JVM it runs on the tests' stand-in driver.
set -euo pipefail
cd "$(dirname "$0")/../.."

size=full
if [[ ${1:-} == --dry ]]; then
  size=dry
  shift
fi
packed=benchmarks/target/gpu

# The archive alone may have been carried here.
[[ -d $packed || ! -f $packed.tar.xz ]] || tar -C benchmarks/target -xJf "$packed.tar.xz"
commit=$(cat "$packed/commit" 2>/dev/null || git rev-parse --short HEAD)
folder=${1:-benchmarks/results/gpu/$commit}

fail() {
  printf 'run.sh: %s\n' "$1" >&2
  exit 1
}

java=${JAVA_HOME:+$JAVA_HOME/bin/java}
[[ -z $java ]] && java=$packed/runtime/bin/java
[[ -x $java ]] || fail "no $java: run benchmarks/gpu/pack on a machine with JDK 25, or set JAVA_HOME"
[[ -d $packed/jars ]] || fail "no $packed/jars: run benchmarks/gpu/pack first"
python3 -c 'import torch' 2>/dev/null || fail "python3 has no torch: install PyTorch"

mkdir -p "$folder"
inputs=$(mktemp -d)
trap 'rm -rf "$inputs"' EXIT

# cuBLAS comes with PyTorch's wheels where no toolkit is installed; the backend looks there by itself.
{
  printf 'commit: %s\n' "$commit"
  nvidia-smi --query-gpu=name,driver_version,memory.total,clocks.max.sm --format=csv,noheader 2>/dev/null || echo 'no nvidia-smi'
  lscpu | grep -E '^(Model name|CPU\(s\)):'
  "$java" -version 2>&1
  python3 -c 'import torch; print("torch", torch.__version__, "CUDA", torch.version.cuda)'
} | tee "$folder/machine.txt"

options=(--add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED -Xmx16g)
read -r -a more <<<"${SEGUE_GPU_JVM:-}"
options+=("${more[@]}")

printf '\nEvery operation against the scalar backend, on the GPU\n'
"$java" "${options[@]}" -cp "$packed/tests/*:$packed/tests/classes:$packed/jars/*" \
  org.junit.platform.console.ConsoleLauncher execute --disable-banner --details=summary --include-tag=gpu \
  --select-class=dev.segue.kernels.CudaGpuTest >"$folder/tests.txt" 2>&1 || {
  tail -40 "$folder/tests.txt"
  fail "tests failed on this GPU, see $folder/tests.txt"
}
grep -E 'tests (successful|failed|aborted|skipped)' "$folder/tests.txt"

# NVIDIA's checker looks at a run of small sizes.
if command -v compute-sanitizer >/dev/null && [[ $size == full ]]; then
  for tool in memcheck racecheck; do
    compute-sanitizer --tool $tool --error-exitcode 9 "$java" "${options[@]}" -cp "$packed/jars/*" \
      dev.segue.benchmarks.gpu.GpuMeasure dry "$inputs" "$inputs/dry.json" >"$folder/$tool.txt" 2>&1 ||
      printf '%s found something, see %s\n' $tool "$folder/$tool.txt"
    tail -n 1 "$folder/$tool.txt"
  done
fi

printf '\nSegue, then PyTorch\n'
"$java" "${options[@]}" -cp "$packed/jars/*" dev.segue.benchmarks.gpu.GpuMeasure $size "$inputs" "$folder/segue.json"
python3 benchmarks/gpu/peer.py $size "$inputs" "$folder/pytorch.json"
python3 benchmarks/gpu/table.py "$folder/segue.json" "$folder/pytorch.json" | tee "$folder/tables.md"
