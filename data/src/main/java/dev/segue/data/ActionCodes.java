package dev.segue.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Numbers the actions of a log, 256 at most, in order of first appearance; `Clicked` is 0.
final class ActionCodes {
  private static final int MAX_ACTIONS = 256;

  private final List<String> names = new ArrayList<>(List.of(SessionLog.CLICKED));
  private final Map<String, Integer> codes = new HashMap<>(Map.of(SessionLog.CLICKED, 0));

  /// Returns the code of an action, that of `Clicked` if it is empty.
  byte code(String action) {
    if (action.isEmpty()) {
      return 0;
    }
    Integer code = codes.get(action);
    if (code == null) {
      if (names.size() == MAX_ACTIONS) {
        throw new DataException(
            "action: too many different actions, expected at most %d, got another one: \"%s\""
                .formatted(MAX_ACTIONS, action));
      }
      code = names.size();
      codes.put(action, code);
      names.add(action);
    }
    return code.byteValue();
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
