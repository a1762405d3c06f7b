package dev.segue.server.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the body of a request into a record, or ends the request with a problem.
final class JsonBody {
  private final ObjectMapper mapper;

  /// Makes the reader over a strict mapper.
  JsonBody(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /// Returns the body as a record.
  ///
  /// @throws ProblemException when the body is too large, no JSON, or does not fit the record
  /// @throws IOException when the connection breaks
  <T> T read(Context context, Class<T> type) throws IOException {
    checkMediaType(context.contentType());
    return parse(bytes(context), type);
  }

  private static void checkMediaType(@Nullable String contentType) {
    if (contentType == null) {
      return;
    }
    String mediaType = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaType.equals("application/json") && !mediaType.endsWith("+json")) {
      throw new ProblemException(
          Problem.of(
              ProblemKind.WRONG_MEDIA_TYPE,
              "Content-Type",
              "expected application/json, got " + mediaType));
    }
  }

  private static byte[] bytes(Context context) throws IOException {
    byte[] bytes = context.req().getInputStream().readNBytes(Limits.BODY_BYTES + 1);
    if (bytes.length > Limits.BODY_BYTES) {
      throw new ProblemException(
          Problem.of(
              ProblemKind.BODY_TOO_LARGE,
              "body: expected at most %,d bytes, got more".formatted(Limits.BODY_BYTES)));
    }
    return bytes;
  }

  private <T> T parse(byte[] bytes, Class<T> type) {
    try (JsonParser parser = mapper.createParser(bytes)) {
      // The parser must still be open when an error is described: it tells what it stands at.
      try {
        T value = parser.nextToken() == null ? null : mapper.readValue(parser, type);
        if (value == null || parser.nextToken() != null) {
          throw new ProblemException(JsonProblems.notOneValue(parser));
        }
        return value;
      } catch (JsonProcessingException e) {
        throw new ProblemException(JsonProblems.of(e, parser));
      }
    } catch (IOException e) {
      throw new ProblemException(Problem.of(ProblemKind.NOT_JSON, "body: " + e.getMessage()));
    }
  }
}
