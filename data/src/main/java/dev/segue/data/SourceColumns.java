package dev.segue.data;

import java.util.List;

/// The columns of a source that give one unified column, and how.
///
/// @param columns their names and where the mapping names them; empty where nothing is mapped
/// @param optional whether the source may lack them
/// @param syntax how a cell holds several values
/// @param prefix put before a text that is not empty
record SourceColumns(List<Named> columns, boolean optional, ListSyntax syntax, String prefix) {
  static final SourceColumns NONE = new SourceColumns(List.of(), true, ListSyntax.AUTO, "");

  /// A column by name.
  ///
  /// @param name as the header has it
  /// @param place `file:line:column` of the mapping, for errors
  record Named(String name, String place) {}

  SourceColumns {
    columns = List.copyOf(columns);
  }

  /// Returns the names in one text, or what is said of a unified column that nothing gives.
  String describe(String unified) {
    return columns.isEmpty()
        ? unified
        : String.join(", ", columns.stream().map(Named::name).toList());
  }
}
