package dev.segue.data;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads the settings of a mapping file.
final class MappingReader {
  private static final List<String> SETTINGS =
      List.of(
          "domain",
          "key",
          "title",
          "genre",
          "description",
          "popularity",
          "creator",
          "timestamp",
          "sameKey",
          "compare",
          "skipIfEmpty");
  private static final List<String> SYNTAXES = List.of("auto", "list", "one");

  private final Map<String, LocatedJson> settings;

  private MappingReader(Map<String, LocatedJson> settings) {
    this.settings = settings;
  }

  static DomainMapping.Settings read(LocatedJson json, String origin) {
    return new MappingReader(json.object("mapping", SETTINGS)).read(json.place(), origin);
  }

  private DomainMapping.Settings read(String start, String origin) {
    if (!settings.containsKey("title")) {
      throw new DataException(
          start + ": title: missing, expected the name of the column that people know items by");
    }
    SourceColumns title = columns("title", List.of());
    SourceColumns key = settings.containsKey("key") ? columns("key", List.of()) : title;
    LocatedJson domain = settings.get("domain");
    return new DomainMapping.Settings(
        origin,
        domain == null
            ? null
            : domain.checked("domain", () -> DomainSource.checkedDomain(domain.text("domain"))),
        key,
        title,
        columns("genre", List.of("separator", "syntax")),
        columns("description", List.of("prefix")),
        columns("creator", List.of("separator", "syntax")),
        single("popularity", List.of("missing", "zeroMeans")),
        missing(option("popularity", "missing")),
        text(option("popularity", "zeroMeans"), "zeroMeans"),
        single("timestamp", List.of("format")),
        format(option("timestamp", "format")),
        joins(key, title),
        names("compare"),
        names("skipIfEmpty"));
  }

  /// A column, several, or an object with them and with options.
  private SourceColumns columns(String setting, List<String> options) {
    LocatedJson json = settings.get(setting);
    if (json == null) {
      return SourceColumns.NONE;
    }
    if (!(json.value() instanceof Map)) {
      return new SourceColumns(named(setting, json), false, ListSyntax.AUTO, "");
    }
    List<String> expected =
        Stream.concat(Stream.of("column", "optional"), options.stream()).toList();
    Map<String, LocatedJson> members = json.object(setting, expected);
    LocatedJson column = members.get("column");
    if (column == null) {
      throw new DataException(json.place() + ": " + setting + ": \"column\" is missing");
    }
    LocatedJson optional = members.get("optional");
    return new SourceColumns(
        named(setting, column),
        optional != null && optional.truth("optional"),
        syntax(members),
        text(members.get("prefix"), "prefix"));
  }

  private SourceColumns single(String setting, List<String> options) {
    SourceColumns columns = columns(setting, options);
    if (columns.columns().size() > 1) {
      throw new DataException(
          "%s: %s: expected one column, got %d"
              .formatted(columns.columns().get(1).place(), setting, columns.columns().size()));
    }
    return columns;
  }

  /// Names of columns that may be missing in the source.
  private SourceColumns names(String setting) {
    LocatedJson json = settings.get(setting);
    return json == null
        ? SourceColumns.NONE
        : new SourceColumns(named(setting, json), true, ListSyntax.AUTO, "");
  }

  private static List<SourceColumns.Named> named(String setting, LocatedJson json) {
    return json.oneOrMore(setting).stream()
        .map(name -> new SourceColumns.Named(name.text(setting), name.place()))
        .toList();
  }

  private @Nullable LocatedJson option(String setting, String option) {
    LocatedJson json = settings.get(setting);
    return json != null && json.value() instanceof Map<?, ?> members
        ? (LocatedJson) members.get(option)
        : null;
  }

  private static ListSyntax syntax(Map<String, LocatedJson> members) {
    LocatedJson separator = members.get("separator");
    LocatedJson syntax = members.get("syntax");
    if (separator != null && syntax != null) {
      throw new DataException(
          syntax.place() + ": syntax: excludes \"separator\", expected one of the two");
    }
    if (separator != null) {
      return ListSyntax.separated(separator.text("separator"));
    }
    if (syntax == null) {
      return ListSyntax.AUTO;
    }
    return switch (SYNTAXES.indexOf(syntax.text("syntax"))) {
      case 0 -> ListSyntax.AUTO;
      case 1 -> ListSyntax.LIST;
      case 2 -> ListSyntax.ONE;
      default -> throw syntax.wrong("syntax", "auto, list or one");
    };
  }

  private static MissingPopularity missing(@Nullable LocatedJson json) {
    return switch (json == null ? null : json.value()) {
      case null -> MissingPopularity.ZERO;
      case Double number -> MissingPopularity.value(number);
      case String text when text.equals("median") -> MissingPopularity.MEDIAN;
      case String text when text.equals("reject") -> MissingPopularity.REJECT;
      default ->
          throw Objects.requireNonNull(json).wrong("missing", "a number, \"median\" or \"reject\"");
    };
  }

  private static @Nullable DateFormat format(@Nullable LocatedJson json) {
    return json == null ? null : json.checked("format", () -> new DateFormat(json.text("format")));
  }

  /// An id of its own names one item, whereas different works may have one title.
  private boolean joins(SourceColumns key, SourceColumns title) {
    LocatedJson sameKey = settings.get("sameKey");
    if (sameKey == null) {
      return !key.describe("").equals(title.describe(""));
    }
    return switch (sameKey.text("sameKey")) {
      case "join" -> true;
      case "apart" -> false;
      default -> throw sameKey.wrong("sameKey", "join or apart");
    };
  }

  private static String text(@Nullable LocatedJson json, String what) {
    return json == null ? "" : json.text(what);
  }
}
