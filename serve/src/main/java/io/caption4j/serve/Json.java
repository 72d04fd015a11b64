package io.caption4j.serve;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.http.Context;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON of every answer. */
final class Json {
  static final String TYPE = "application/json";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  /** Answers with an object. */
  static void answer(Context context, int status, Object body) {
    context.status(status).contentType(TYPE).result(bytes(body));
  }

  /** The body of an error: its status as a number, and a message. */
  static byte[] error(int status, String message) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("status", status);
    body.put("message", message);
    return bytes(body);
  }

  private static byte[] bytes(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot write JSON of " + body.getClass(), e);
    }
  }
}
