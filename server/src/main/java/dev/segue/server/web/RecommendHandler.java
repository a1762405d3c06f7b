package dev.segue.server.web;

import dev.segue.engine.Recommendation;
import dev.segue.engine.RecommendationQuery;
import dev.segue.engine.Recommender;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/// `POST /v1/recommend`.
final class RecommendHandler {
  private final Recommender recommender;
  private final SessionReader reader;
  private final Json json;

  /// Makes the handler.
  RecommendHandler(Recommender recommender, Json json) {
    this.recommender = recommender;
    this.reader = new SessionReader(recommender.items());
    this.json = json;
  }

  /// Recommends the next items of the session in the body; keeps nothing of it.
  void recommend(Context context) throws IOException {
    RecommendRequest request = json.body().read(context, RecommendRequest.class);
    long start = System.nanoTime();
    Recommendation answer = recommender.recommend(reader.events(request.items()), query(request));
    long tookMicros = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
    json.reply(context, RecommendReply.of(answer, tookMicros));
  }

  private RecommendationQuery query(RecommendRequest request) {
    return new RecommendationQuery(
        request.k(),
        reader.domains(request.domains()),
        reader.excluded(request.exclude()),
        request.excludeSeen());
  }
}
