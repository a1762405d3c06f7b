package dev.segue.kernels;

import java.util.Arrays;
import java.util.List;

/// Gradients of the rows of a table that occur in a batch, where most rows do not. It has parts: a
/// tied table, for one, has rows that occur as inputs and rows that occur in the output layer. The
/// gradient of a row is the sum over all places where its id stands, in order of part and place.
///
/// The ids are brought together once, when the object is made; the values are read when an
/// operation uses them.
public final class RowGradients {
  private final List<Part> parts;
  private final int rows;
  private final boolean elements;
  private final int[] ids;
  private final int[] firstPlaces;
  private final IdGroups groups;

  /// Some rows with their gradients.
  ///
  /// @param ids n row numbers, repeated ones allowed
  /// @param values `n × C`, or `1 × n` for the elements of a vector
  public record Part(int[] ids, Tensor values) {}

  private RowGradients(int rows, boolean elements, List<Part> parts) {
    this.rows = rows;
    this.elements = elements;
    this.parts = List.copyOf(parts);
    this.firstPlaces = new int[parts.size() + 1];
    for (int i = 0; i < parts.size(); i++) {
      firstPlaces[i + 1] = Math.addExact(firstPlaces[i], parts.get(i).ids().length);
    }
    this.ids = new int[firstPlaces[parts.size()]];
    for (int i = 0; i < parts.size(); i++) {
      check(parts.get(i), parts.getFirst());
      System.arraycopy(parts.get(i).ids(), 0, ids, firstPlaces[i], parts.get(i).ids().length);
    }
    this.groups = IdGroups.of(ids);
  }

  /// Collects gradients of rows of a matrix.
  ///
  /// @param rows V, the number of rows of the table
  /// @param parts each `n × C` with the same C; one at least
  public static RowGradients ofRows(int rows, Part... parts) {
    return new RowGradients(rows, false, List.of(parts));
  }

  /// Collects gradients of elements of a vector `1 × V`, such as the bias of the output layer.
  ///
  /// @param count V, the number of elements
  /// @param parts each `1 × n`; one at least
  public static RowGradients ofElements(int count, Part... parts) {
    return new RowGradients(count, true, List.of(parts));
  }

  private void check(Part part, Part first) {
    Shapes.ids("rowGradients", "ids", part.ids(), rows);
    int count = part.ids().length;
    if (elements) {
      Shapes.check("rowGradients", "values", part.values(), 1, count);
    } else {
      Shapes.check("rowGradients", "values", part.values(), count, first.values().columns());
    }
  }

  /// Returns the number of distinct ids.
  public int distinct() {
    return groups.count();
  }

  /// Returns a distinct id by number; they rise.
  public int id(int group) {
    return ids[groups.order()[groups.starts()[group]]];
  }

  /// Returns the number of columns of a row.
  int columns() {
    return elements ? 1 : parts.getFirst().values().columns();
  }

  /// Returns the number of all numbers in all parts.
  long size() {
    return (long) ids.length * columns();
  }

  /// Returns all ids, those of the first part first.
  int[] ids() {
    return ids;
  }

  /// Returns where each part's ids start among all, and the end.
  int[] partStarts() {
    return firstPlaces;
  }

  /// Returns the places of all ids, equal ids together.
  IdGroups groups() {
    return groups;
  }

  List<Part> parts() {
    return parts;
  }

  /// Throws unless a tensor has the table's shape.
  void checkTable(String operation, String name, Tensor tensor) {
    if (elements) {
      Shapes.check(operation, name, tensor, 1, rows);
    } else {
      Shapes.check(operation, name, tensor, rows, columns());
    }
  }

  /// Returns whether ids name elements of a vector and not rows.
  boolean areElements() {
    return elements;
  }

  /// Returns the array of a table that holds a distinct id's numbers.
  float[] array(HeapTensor table, int group) {
    return table.array(elements ? 0 : id(group));
  }

  /// Returns where a distinct id's numbers start in that array.
  int offset(HeapTensor table, int group) {
    return elements ? id(group) : table.offset(id(group));
  }

  /// Returns one number of the gradient of a distinct id, summed in double.
  double sum(int group, int column) {
    double sum = 0;
    for (int i = groups.starts()[group]; i < groups.starts()[group + 1]; i++) {
      int place = groups.order()[i];
      int part = partOf(place);
      int row = place - firstPlaces[part];
      HeapTensor values = HeapTensor.of(parts.get(part).values());
      sum += elements ? values.get(0, row) : values.get(row, column);
    }
    return sum;
  }

  /// Sums the gradient of a distinct id into `sum[0..columns)`.
  void sum(int group, float[] sum) {
    int columns = columns();
    Arrays.fill(sum, 0, columns, 0);
    for (int i = groups.starts()[group]; i < groups.starts()[group + 1]; i++) {
      int place = groups.order()[i];
      int part = partOf(place);
      int row = place - firstPlaces[part];
      HeapTensor values = HeapTensor.of(parts.get(part).values());
      float[] source = values.array(elements ? 0 : row);
      int from = elements ? row : values.offset(row);
      for (int column = 0; column < columns; column++) {
        sum[column] += source[from + column];
      }
    }
  }

  private int partOf(int place) {
    int part = 0;
    while (place >= firstPlaces[part + 1]) {
      part++;
    }
    return part;
  }
}
