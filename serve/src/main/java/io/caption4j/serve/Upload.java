package io.caption4j.serve;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Attributes;

/**
 * Takes the pictures out of a request: files of a multipart/form-data form (RFC 7578), JSON with
 * base64, or a body that is a picture itself. Everything stays in memory: the servlet's own
 * multipart reader would write files and answers 500 where it is over its limits. The client's file
 * names and media types are not looked at.
 */
final class Upload {
  /** The form field of a picture, MAX's. */
  static final String FIELD = "image";

  /** The form field of a caption. */
  static final String CAPTION = "caption";

  static final String FORM = "multipart/form-data";
  private static final Pattern FIELDS = Pattern.compile("(image|file)s?(\\[\\d*])?");
  private static final Pattern PAIRS =
      Pattern.compile("[\\w.+%\\[\\]-]{1,100}=\\p{Print}{0,20}.*", Pattern.DOTALL);
  private static final String PAIRS_TYPE = "application/x-www-form-urlencoded";
  // Enough of a longer one to see that it is too long.
  private static final int CAPTION_BYTES = 4 * AlignEndpoints.LONGEST;
  private static final int OTHER_PARTS = 16; // fields that a client adds and nobody reads

  /**
   * A picture and what is said of it.
   *
   * @param caption if the form has one; not checked
   */
  record Captioned(byte[] picture, Optional<String> caption) {}

  /** What a form holds of what is looked for. */
  private record Form(List<byte[]> pictures, Optional<String> caption) {}

  private final RequestLimits limits;

  Upload(RequestLimits limits) {
    this.limits = limits;
  }

  /** Whether the body is declared to be a form. */
  static boolean isForm(HttpServletRequest request) {
    return FORM.equals(MediaTypes.essence(request.getContentType()));
  }

  /**
   * The picture in a form's field, its first if there are several.
   *
   * @throws RequestException 415 if the request is of another type, 400 if it is not well-formed or
   *     lacks the field, and as {@link RequestBody#read}
   */
  byte[] field(HttpServletRequest request, UploadMemory.Share memory) {
    if (isForm(request)) {
      return form(request, memory, Integer.MAX_VALUE).pictures().get(0);
    }
    String type = MediaTypes.essence(request.getContentType());
    if (!isJson(type) && !type.equals(PAIRS_TYPE)) {
      requireForm(request);
    }
    return other(request, memory, Integer.MAX_VALUE, 1, true).pictures().get(0);
  }

  /**
   * The picture that a request's body is, or that stands in its JSON.
   *
   * @throws RequestException as {@link #field}
   */
  byte[] picture(HttpServletRequest request, UploadMemory.Share memory) {
    return other(request, memory, Integer.MAX_VALUE, 1, false).pictures().get(0);
  }

  /**
   * The picture of a request, in a form's field or the body itself, and the form's caption.
   *
   * @throws RequestException as {@link #field}
   */
  Captioned captioned(HttpServletRequest request, UploadMemory.Share memory) {
    if (!isForm(request)) {
      Form other = other(request, memory, Integer.MAX_VALUE, 1, false);
      return new Captioned(other.pictures().get(0), other.caption());
    }
    Form form = form(request, memory, Integer.MAX_VALUE);
    return new Captioned(form.pictures().get(0), form.caption());
  }

  /**
   * The pictures of a request: those in a form's field, or the body itself.
   *
   * @throws RequestException 413 if there are more than the limit, and as {@link #field}
   */
  List<byte[]> pictures(HttpServletRequest request, UploadMemory.Share memory) {
    return isForm(request)
        ? form(request, memory, limits.pictures()).pictures()
        : other(request, memory, limits.pictures(), limits.pictures(), false).pictures();
  }

  /** What a body holds that is no form: JSON, whatever type it is declared to be, or a picture. */
  private Form other(
      HttpServletRequest request, UploadMemory.Share memory, int most, int decoded, boolean told) {
    byte[] body = body(request, memory);
    String type = MediaTypes.essence(request.getContentType());
    if (isJson(type) || object(body)) { // no picture begins with a brace
      JsonUpload.Content content = JsonUpload.read(body, most, decoded);
      return new Form(content.pictures(), content.caption());
    }
    String begin = new String(body, 0, Math.min(body.length, 120), StandardCharsets.ISO_8859_1);
    if (type.equals(PAIRS_TYPE) && (told || PAIRS.matcher(begin).matches())) {
      // curl --data-binary @picture.jpg declares this type too.
      throw new RequestException(
          415,
          "The body is of the type application/x-www-form-urlencoded, which holds no pictures.",
          "multipart/form-data (curl -F image=@picture.jpg), or JSON with the picture in base64.");
    }
    return new Form(List.of(body), Optional.empty());
  }

  private static boolean isJson(String type) {
    return type.equals(Json.TYPE)
        || type.equals("text/json")
        || type.endsWith("+json") && !type.startsWith("image/");
  }

  private static boolean object(byte[] body) {
    for (byte b : body) {
      if (b > ' ') {
        return b == '{';
      }
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return false;
      }
    }
    return false;
  }

  /** The body as it is, whatever type it is declared to be. */
  byte[] body(HttpServletRequest request, UploadMemory.Share memory) {
    return RequestBody.read(request, limits.requestBytes(), limits.bodyTimeout(), memory);
  }

  private Form form(HttpServletRequest request, UploadMemory.Share memory, int most) {
    String boundary = requireForm(request);
    Content.Source source = Content.Source.from(ByteBuffer.wrap(body(request, memory)));
    try (MultiPartFormData.Parts parts =
        MultiPartFormData.getParts(
            source,
            new Attributes.Mapped(),
            FORM + "; boundary=\"" + boundary.replaceAll("([\"\\\\])", "\\\\$1") + '"',
            inMemory())) {
      List<byte[]> pictures = new ArrayList<>();
      String caption = null;
      for (MultiPart.Part part : parts) {
        String name = name(part);
        if (FIELDS.matcher(name).matches()) {
          pictures.add(bytes(part, Integer.MAX_VALUE));
        } else if (CAPTION.equals(name) && caption == null) {
          caption = new String(bytes(part, CAPTION_BYTES), StandardCharsets.UTF_8);
        }
      }
      return new Form(checked(pictures, most), Optional.ofNullable(caption));
    } catch (RequestException e) {
      throw e;
    } catch (RuntimeException | IOException e) {
      // Jetty's parser throws several kinds, all about the body: it has nothing else to fail at.
      throw new RequestException(
          400,
          "The multipart/form-data body is not well-formed.",
          "A form as RFC 7578 has it, of %d parts at most.".formatted(parts()));
    }
  }

  private static String name(MultiPart.Part part) {
    return part.getName() != null
        ? part.getName()
        : MediaTypes.parameter(part.getHeaders().get("Content-Disposition"), "name").orElse("");
  }

  private static List<byte[]> checked(List<byte[]> pictures, int most) {
    if (pictures.isEmpty()) {
      throw new RequestException(
          400, "The form has no field '%s'.".formatted(FIELD), "A picture in that field.");
    }
    if (pictures.size() > most) {
      throw RequestException.tooLarge(
          "The form has %d pictures.".formatted(pictures.size()), "At most %d.".formatted(most));
    }
    return pictures;
  }

  /** The first bytes of a part, copied once: there is no upload memory for more. */
  private static byte[] bytes(MultiPart.Part part, int most) throws IOException {
    Content.Source content = part.getContentSource();
    byte[] bytes = new byte[(int) Math.min(content.getLength(), most)];
    try (InputStream in = Content.Source.asInputStream(content)) {
      in.readNBytes(bytes, 0, bytes.length);
    }
    return bytes;
  }

  private int parts() {
    return limits.pictures() + OTHER_PARTS;
  }

  private MultiPartConfig inMemory() {
    return new MultiPartConfig.Builder()
        .maxParts(parts()) // each costs memory of its own
        .maxHeadersSize(8192) // of each part, in bytes
        .maxSize(-1) // the body is bounded already
        .maxPartSize(-1)
        .maxMemoryPartSize(-1) // never a file
        .build();
  }

  private static String requireForm(HttpServletRequest request) {
    String type = request.getContentType();
    if (type == null) {
      throw new RequestException(
          400, "The request has no Content-Type.", "A multipart/form-data body with a picture.");
    }
    if (!isForm(request)) {
      throw new RequestException(
          415, "The body is of another type than multipart/form-data.", "multipart/form-data.");
    }
    String boundary = MediaTypes.parameter(type, "boundary").orElse("");
    if (boundary.isEmpty() || boundary.length() > 70) {
      throw new RequestException(
          400,
          "The Content-Type header has no usable boundary.",
          "A boundary of 1 to 70 characters.");
    }
    return boundary;
  }
}
