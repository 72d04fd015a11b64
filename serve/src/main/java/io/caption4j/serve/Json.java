package io.caption4j.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;

/** The JSON of every answer. */
final class Json {
  static final String TYPE = "application/json";
  static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Answers with an object. */
  static void answer(Context context, int status, Object body) {
    context.status(status).contentType(TYPE).result(bytes(body));
  }

  static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write JSON of " + body.getClass(), e);
    }
  }
}
