package io.caption4j.serve;

import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A method of a path: what answers it, and what the OpenAPI document says of it, so that neither
 * can be without the other.
 */
final class Endpoint {
  /** What the body of a request holds. */
  enum Body {
    /** There is none. */
    NONE,
    /** A form with one picture. */
    FORM,
    /** A picture, whatever its Content-Type. */
    PICTURE,
    /** A form with pictures, or a picture. */
    FORM_OR_PICTURE,
    /** A form with one picture, or a picture. */
    ONE_PICTURE,
    /** A form with a picture and perhaps a caption, or a picture. */
    CAPTIONED_PICTURE
  }

  final HandlerType method;
  final String path;
  final Handler handler;
  final String summary;
  final List<Parameter> parameters = new ArrayList<>();
  final Map<Integer, Map<String, Class<?>>> answers = new LinkedHashMap<>();
  final Set<Integer> failures = new TreeSet<>(Set.of(400, 500, 503));
  Body body = Body.NONE;
  boolean open;

  private Endpoint(HandlerType method, String path, String summary, Handler handler) {
    this.method = method;
    this.path = path;
    this.summary = summary;
    this.handler = handler;
  }

  static Endpoint get(String path, String summary, Handler handler) {
    return new Endpoint(HandlerType.GET, path, summary, handler);
  }

  static Endpoint post(String path, String summary, Handler handler) {
    return new Endpoint(HandlerType.POST, path, summary, handler);
  }

  /** Takes these parameters. */
  Endpoint query(Parameter... taken) {
    parameters.addAll(List.of(taken));
    return this;
  }

  /** Takes a body, and can fail as bodies do. */
  Endpoint takes(Body taken) {
    body = taken;
    failures.addAll(Set.of(408, 413, 415));
    return this;
  }

  /** Can fail so too. */
  Endpoint fails(int status) {
    failures.add(status);
    return this;
  }

  /** Answers so; {@link String} stands for text that has no schema. */
  Endpoint answers(int status, String mediaType, Class<?> content) {
    answers.computeIfAbsent(status, s -> new LinkedHashMap<>()).put(mediaType, content);
    return this;
  }

  /** Answers JSON. */
  Endpoint answers(Class<?> content) {
    return answers(200, Json.TYPE, content);
  }

  /** Needs no API key. */
  Endpoint open() {
    open = true;
    return this;
  }
}
