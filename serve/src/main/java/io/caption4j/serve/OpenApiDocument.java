package io.caption4j.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.caption4j.data.BuildVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** The OpenAPI 3.1 document, made from the endpoints that the server answers. */
final class OpenApiDocument {
  /** Stands for an object that has no record. */
  interface Any {}

  /** Stands for bytes. */
  interface Bytes {}

  private static final String KEY = "apiKey";
  private static final String BEARER = "bearer";

  private final Schemas schemas = new Schemas();
  private final boolean key;
  private final RequestLimits limits;

  OpenApiDocument(boolean key, RequestLimits limits) {
    this.key = key;
    this.limits = limits;
  }

  /** The document of endpoints, as JSON. */
  byte[] of(List<Endpoint> endpoints) {
    ObjectNode document = Json.MAPPER.createObjectNode();
    document.put("openapi", "3.1.0");
    ObjectNode info = document.putObject("info");
    info.put("title", "caption4j")
        .put("version", BuildVersion.current())
        .put(
            "description",
            "Captions of pictures: IBM MAX's interface, Apache Tika's, and our own under /v1/,"
                + " which also tells what is where, where words belong, and finds pictures by words.");
    info.putObject("license").put("name", "Apache-2.0").put("identifier", "Apache-2.0");
    document.putArray("servers").addObject().put("url", "/");
    ObjectNode paths = document.putObject("paths");
    for (Endpoint endpoint : endpoints) {
      String method = endpoint.method.name().toLowerCase(Locale.ROOT);
      operation(paths.withObjectProperty(endpoint.path).putObject(method), endpoint);
    }
    ObjectNode components = document.putObject("components");
    components.set("schemas", schemas.definitions());
    if (key) {
      ObjectNode kinds = components.putObject("securitySchemes");
      kinds.putObject(KEY).put("type", "apiKey").put("in", "header").put("name", "X-API-Key");
      kinds.putObject(BEARER).put("type", "http").put("scheme", "bearer");
    }
    return Json.bytes(document);
  }

  private void operation(ObjectNode operation, Endpoint endpoint) {
    operation.put("summary", endpoint.summary);
    operation.put("operationId", id(endpoint));
    operation.putArray("tags").add(tag(endpoint.path));
    if (!endpoint.parameters.isEmpty()) {
      ArrayNode parameters = operation.putArray("parameters");
      endpoint.parameters.forEach(parameter -> describe(parameters.addObject(), parameter));
    }
    if (endpoint.body != Endpoint.Body.NONE) {
      body(operation.putObject("requestBody"), endpoint.body);
    }
    ObjectNode responses = operation.putObject("responses");
    endpoint.answers.forEach(
        (status, contents) -> {
          ObjectNode content = response(responses, status).putObject("content");
          contents.forEach((type, schema) -> content.putObject(type).set("schema", schema(schema)));
        });
    for (int status : endpoint.failures) {
      failure(responses, status);
    }
    if (key && !endpoint.open) {
      failure(responses, 401);
      ArrayNode security = operation.putArray("security");
      security.addObject().putArray(KEY);
      security.addObject().putArray(BEARER);
    }
  }

  private void failure(ObjectNode responses, int status) {
    response(responses, status)
        .putObject("content")
        .putObject(Json.TYPE)
        .set("schema", schemas.of(ErrorBody.class));
  }

  private ObjectNode schema(Class<?> type) {
    if (type == Bytes.class) {
      return binary();
    }
    if (type == String.class || type == Any.class) {
      return Json.MAPPER.createObjectNode().put("type", type == Any.class ? "object" : "string");
    }
    return schemas.of(type);
  }

  private static ObjectNode response(ObjectNode responses, int status) {
    ObjectNode response = responses.putObject(Integer.toString(status));
    response.put("description", HttpStatus.getMessage(status) + ".");
    ObjectNode headers = response.putObject("headers");
    headers
        .putObject(RequestId.HEADER)
        .put("description", "The request's id, as in the service's log.")
        .putObject("schema")
        .put("type", "string");
    if (status == 503) {
      headers
          .putObject("Retry-After")
          .put("description", "Seconds to stay away.")
          .putObject("schema")
          .put("type", "integer");
    }
    return response;
  }

  private static void describe(ObjectNode node, Parameter parameter) {
    node.put("name", parameter.name())
        .put("in", parameter.place())
        .put("required", parameter.required())
        .put("description", parameter.description());
    ObjectNode schema = node.putObject("schema").put("type", parameter.type());
    if (parameter.type().equals("integer")) {
      schema.put("minimum", (long) parameter.least()).put("maximum", (long) parameter.most());
    } else if (parameter.type().equals("number")) {
      schema.put("minimum", parameter.least()).put("maximum", parameter.most());
    } else if (parameter.type().equals("string")) {
      schema.put("minLength", (int) parameter.least()).put("maxLength", (int) parameter.most());
      schema.put("pattern", parameter.pattern());
    }
  }

  private void body(ObjectNode node, Endpoint.Body body) {
    node.put("required", true);
    node.put(
        "description",
        String.format(
            Locale.ROOT,
            "JPEG, PNG, GIF, WebP, BMP or TIFF, told by their bytes; %,d bytes at most in all.",
            limits.requestBytes()));
    ObjectNode content = node.putObject("content");
    if (body != Endpoint.Body.PICTURE) {
      form(content.putObject(Upload.FORM), body);
    }
    json(content.putObject(Json.TYPE), body);
    if (body != Endpoint.Body.FORM) {
      for (String type : List.of("application/octet-stream", "image/*")) {
        content.putObject(type).set("schema", binary());
      }
    }
  }

  private void form(ObjectNode node, Endpoint.Body body) {
    ObjectNode schema = node.putObject("schema").put("type", "object");
    schema.putArray("required").add(Upload.FIELD);
    ObjectNode properties = schema.putObject("properties");
    ObjectNode field = properties.putObject(Upload.FIELD);
    if (body == Endpoint.Body.CAPTIONED_PICTURE) {
      caption(properties);
    }
    if (body == Endpoint.Body.FORM_OR_PICTURE) {
      field.put("type", "array").put("minItems", 1).put("maxItems", limits.pictures());
      field.set("items", binary());
    } else {
      field.setAll(binary());
    }
  }

  /** The same pictures in base64. */
  private void json(ObjectNode node, Endpoint.Body body) {
    ObjectNode schema = node.putObject("schema").put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.set(Upload.FIELD, base64());
    if (body == Endpoint.Body.CAPTIONED_PICTURE) {
      caption(properties);
    }
    if (body == Endpoint.Body.FORM_OR_PICTURE) {
      ObjectNode several = properties.putObject("images").put("type", "array");
      several.put("minItems", 1).put("maxItems", limits.pictures()).set("items", base64());
      ArrayNode either = schema.putArray("anyOf");
      either.addObject().putArray("required").add(Upload.FIELD);
      either.addObject().putArray("required").add("images");
    } else {
      schema.putArray("required").add(Upload.FIELD);
    }
  }

  private static ObjectNode base64() {
    return Json.MAPPER
        .createObjectNode()
        .put("type", "string")
        .put("contentEncoding", "base64")
        .put("description", "A picture in base64, or as data:image/png;base64,...; no address.");
  }

  private static void caption(ObjectNode properties) {
    properties
        .putObject(Upload.CAPTION)
        .put("type", "string")
        .put("minLength", 1)
        .put("maxLength", AlignEndpoints.LONGEST)
        .put("pattern", "\\S");
  }

  private static ObjectNode binary() {
    return Json.MAPPER.createObjectNode().put("type", "string").put("format", "binary");
  }

  private static String id(Endpoint endpoint) {
    return endpoint.method.name().toLowerCase(Locale.ROOT)
        + endpoint.path.replaceAll("[^A-Za-z0-9]+", "_");
  }

  private static String tag(String path) {
    return Map.of("v1", "captions", "model", "IBM MAX", "inception", "Apache Tika")
        .getOrDefault(path.split("/")[1], "operations");
  }
}
