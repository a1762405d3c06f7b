package dev.segue.kernels;

import dev.segue.kernels.cuda.Device;

/// Gradients of rows as the kernels read them: the layout of `IdGroups` in `rows.cuh`.
///
/// @param groups where the ids lie
/// @param values where the addresses of the parts' gradients lie
/// @param places number of all ids
/// @param columns of a row
record CudaRowGradients(long groups, long values, int places, int columns) {
  /// Uploads ids and addresses with the commands of an operation.
  static CudaRowGradients upload(Device device, RowGradients gradients) {
    int[] partStarts = gradients.partStarts();
    long[] addresses =
        gradients.parts().stream().mapToLong(part -> CudaTensor.addressOf(part.values())).toArray();
    int[] words = words(gradients.ids(), gradients.groups(), partStarts);
    return new CudaRowGradients(
        device.upload(words),
        device.upload(addresses),
        gradients.ids().length,
        gradients.columns());
  }

  /// Uploads the ids of rows that lie in one piece.
  static long upload(Device device, int[] ids) {
    return device.upload(words(ids, IdGroups.of(ids), new int[] {0, ids.length}));
  }

  private static int[] words(int[] ids, IdGroups groups, int[] partStarts) {
    int places = ids.length;
    int parts = partStarts.length - 1;
    int header = 2 + partStarts.length;
    int[] words = new int[header + 3 * places + 1];
    words[0] = groups.count();
    words[1] = parts;
    System.arraycopy(partStarts, 0, words, 2, partStarts.length);
    for (int group = 0; group < groups.count(); group++) {
      words[header + group] = ids[groups.order()[groups.starts()[group]]];
    }
    System.arraycopy(groups.starts(), 0, words, header + places, groups.starts().length);
    System.arraycopy(groups.order(), 0, words, header + 2 * places + 1, places);
    return words;
  }
}
