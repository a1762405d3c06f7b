package dev.segue.server.web;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Says in words of the API what Jackson found wrong with a body.
final class JsonProblems {
  private static final int MOST_TEXT = 40;

  private JsonProblems() {}

  /// Returns the problem for an error of parser or mapper.
  static Problem of(JsonProcessingException error, JsonParser parser) throws IOException {
    if (error instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          List.copyOf(
              new TreeSet<>(unknown.getKnownPropertyIds().stream().map(String::valueOf).toList()));
      return Problem.of(
              ProblemKind.UNKNOWN_FIELD,
              path(unknown),
              "expected one of " + String.join(", ", known))
          .withKnown(known);
    }
    if (error instanceof JsonMappingException mapping) {
      return ofMapping(mapping, parser);
    }
    return notJson(error);
  }

  /// Returns the problem for a body that is empty, `null`, or goes on after its value.
  static Problem notOneValue(JsonParser parser) throws IOException {
    String got = parser.currentToken() == null ? "nothing" : found(parser) + " after it";
    return Problem.of(ProblemKind.NOT_JSON, "body: expected one JSON object, got " + got);
  }

  private static Problem ofMapping(JsonMappingException error, JsonParser parser)
      throws IOException {
    Throwable cause = error.getCause();
    if (cause instanceof FieldException field) {
      String path = path(error);
      return Problem.of(
          ProblemKind.INVALID_FIELD,
          path.isEmpty() ? field.field() : path + "." + field.field(),
          Objects.requireNonNull(field.getMessage()));
    }
    if (cause instanceof JsonProcessingException syntax
        && !(cause instanceof InputCoercionException)) {
      return notJson(syntax);
    }
    Class<?> target = targetOf(error);
    String path = path(error);
    String detail = "expected " + expected(target) + ", got " + found(parser);
    return Problem.of(ProblemKind.INVALID_FIELD, path.isEmpty() ? "body" : path, detail);
  }

  private static @Nullable Class<?> targetOf(JsonMappingException error) {
    if (error.getCause() instanceof InputCoercionException coercion) {
      return coercion.getTargetType();
    }
    return error instanceof MismatchedInputException mismatch ? mismatch.getTargetType() : null;
  }

  private static Problem notJson(JsonProcessingException error) {
    JsonLocation where = error.getLocation();
    String place =
        where == null
            ? "body"
            : "body, line " + where.getLineNr() + ", column " + where.getColumnNr();
    // Jackson goes on with where the value began, in words about its own settings.
    String reason = error.getOriginalMessage().lines().findFirst().orElse("");
    int cut = reason.indexOf(" (start marker");
    return Problem.of(
        ProblemKind.NOT_JSON, place + ": " + (cut < 0 ? reason : reason.substring(0, cut)));
  }

  private static String path(JsonMappingException error) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : error.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }

  private static String expected(@Nullable Class<?> target) {
    if (target == null) {
      return "another value";
    }
    if (target == Integer.class
        || target == int.class
        || target == Long.class
        || target == long.class) {
      return "a whole number";
    }
    if (target == Boolean.class) {
      return "true or false";
    }
    if (target == String.class) {
      return "a text";
    }
    if (target == ClickedItem.class) {
      return "an id, a title or an object with id";
    }
    return Iterable.class.isAssignableFrom(target) ? "a list" : "an object";
  }

  private static String found(JsonParser parser) throws IOException {
    JsonToken token = parser.currentToken();
    return switch (token) {
      case null -> "nothing";
      case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
      case START_ARRAY, END_ARRAY -> "a list";
      case VALUE_STRING -> '"' + clipped(parser.getText()) + '"';
      default -> clipped(parser.getText());
    };
  }

  /// Returns a text, or its beginning: a reply does not echo whatever it was sent.
  static String clipped(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT) + "…";
  }
}
