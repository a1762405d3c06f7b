package dev.segue.data;

/// The sections of a `.segue-log` file, in the order in which they lie in it.
enum LogSection {
  STARTS("starts of sessions"),
  ITEMS("items"),
  TIMES("times"),
  ACTIONS("actions"),
  DWELLS("dwell"),
  SESSION_ID_ENDS("ends of session ids"),
  SESSION_IDS("session ids"),
  ITEM_ID_ENDS("ends of item ids"),
  ITEM_IDS("item ids"),
  ACTION_NAME_ENDS("ends of names of actions"),
  ACTION_NAMES("names of actions");

  private final String title;

  LogSection(String title) {
    this.title = title;
  }

  /// Returns what it holds, for messages.
  String title() {
    return title;
  }

  /// Returns the length that follows from the counts, or -1 where it follows from the strings.
  long bytes(LogHeader header) {
    return switch (this) {
      case STARTS -> Long.BYTES * (header.sessions() + 1);
      case ITEMS -> Integer.BYTES * header.events();
      case TIMES -> header.hasTimes() ? Long.BYTES * header.events() : 0;
      case ACTIONS -> header.hasActions() ? header.events() : 0;
      case DWELLS -> header.hasDwell() ? Integer.BYTES * header.events() : 0;
      case SESSION_ID_ENDS -> Long.BYTES * header.sessions();
      case ITEM_ID_ENDS -> Long.BYTES * header.items();
      case ACTION_NAME_ENDS -> Long.BYTES * header.actions();
      case SESSION_IDS, ITEM_IDS, ACTION_NAMES -> -1;
    };
  }
}
