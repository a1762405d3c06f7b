package dev.segue.engine;

import dev.segue.data.Item;
import java.util.List;

/// A session of a log with what models would have recommended before its last event.
///
/// @param id of the session
/// @param inputs the items before the last one, in order; items that no catalogue has bear their id
///   as title
/// @param target the last item
/// @param answers one for each model
public record ExampleSession(String id, List<Item> inputs, Item target, List<Answer> answers) {
  /// Copies the lists.
  public ExampleSession {
    inputs = List.copyOf(inputs);
    answers = List.copyOf(answers);
  }

  /// What a model says.
  ///
  /// @param model its name in the report
  /// @param rank of the target among all items that the model knows, ties against it; 0 where it
  ///   does not know the target
  /// @param list the best items, best first
  public record Answer(String model, int rank, List<Item> list) {
    /// Copies the list.
    public Answer {
      list = List.copyOf(list);
    }
  }
}
