package io.caption4j.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/**
 * Takes a file out of a multipart/form-data request (RFC 7578). Everything stays in memory: the
 * servlet's own multipart reader would write files and answers 500 where it is over its limits. The
 * client's file name and media type are not looked at.
 */
final class Upload {
  private static final MultiPartConfig IN_MEMORY =
      new MultiPartConfig.Builder()
          .maxParts(32) // more than any form needs; each costs memory of its own
          .maxHeadersSize(8192) // of each part, in bytes
          .maxSize(-1) // the body is bounded already
          .maxPartSize(-1)
          .maxMemoryPartSize(-1) // never a file
          .build();

  private Upload() {}

  /**
   * The bytes of a field, of its first part if there are several.
   *
   * @param limit the largest body, in bytes
   * @throws RequestException 415 if the request is of another type, 413 if it is too large, 400 if
   *     it is not well-formed or lacks the field
   */
  static byte[] field(HttpServletRequest request, String field, int limit) {
    requireForm(request);
    byte[] body = RequestBody.read(request, limit);
    Content.Source source = Content.Source.from(ByteBuffer.wrap(body));
    try (MultiPartFormData.Parts parts =
        MultiPartFormData.getParts(
            source, new Attributes.Mapped(), request.getContentType(), IN_MEMORY)) {
      MultiPart.Part part = parts.getFirst(field);
      if (part == null) {
        throw new RequestException(
            400, "The form has no field '%s'; expected the picture there.".formatted(field));
      }
      ByteBuffer content = Content.Source.asByteBuffer(part.getContentSource());
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return bytes;
    } catch (RequestException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      // Jetty's parser throws several kinds, all about the body: it has nothing else to fail at.
      throw new RequestException(400, "The multipart/form-data body is not well-formed.");
    }
  }

  private static void requireForm(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null) {
      throw new RequestException(400, "Expected a multipart/form-data body with a picture.");
    }
    String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!essence.equals("multipart/form-data")) {
      throw new RequestException(415, "Expected multipart/form-data, found another type of body.");
    }
    if (request.getHeader("Content-Encoding") != null) {
      throw new RequestException(415, "Expected a body without Content-Encoding.");
    }
    String boundary = MultiPart.extractBoundary(type);
    if (boundary == null || boundary.isEmpty() || boundary.length() > 70) {
      throw new RequestException(
          400, "The Content-Type header has no boundary of 1 to 70 characters.");
    }
  }
}
