package io.caption4j.serve;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Pictures in a JSON body: {@code {"image": "..."}} or {@code {"images": ["...", "..."]}}, each in
 * base64 or as a data URL (RFC 2397). They are decoded out of the body's own bytes once the parser
 * has passed over them all, so that no more memory is taken than the body and its pictures.
 */
final class JsonUpload {
  private static final JsonFactory FACTORY = new JsonFactory();
  private static final Set<String> PICTURES = Set.of("image", "images", "file");
  private static final Set<String> ADDRESSES = Set.of("url", "image_url", "uri");
  private static final Set<String> SETTINGS =
      Set.of(
          "beam top max_length length_penalty attention temperature top_k top_p seed beta threshold most beam_size max_caption_length"
              .split(" "));
  private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");
  private static final Pattern URL =
      Pattern.compile("(?i)(?:[a-z][a-z0-9+.-]*:|//).*", Pattern.DOTALL);
  private static final String EXPECTED =
      "{\"image\": \"...\"}, the picture in base64 or as a data URL.";
  private static final int BEGIN = 200; // bytes of a picture's text in which a data URL's head ends

  /** What a body holds. */
  record Content(List<byte[]> pictures, Optional<String> caption) {}

  private final byte[] body;
  private final int most;
  private final int decoded;
  private final List<Integer> starts = new ArrayList<>(); // where the pictures' strings begin
  private int found;
  private String caption;

  private JsonUpload(byte[] body, int most, int decoded) {
    this.body = body;
    this.most = most;
    this.decoded = decoded;
  }

  /**
   * Reads a body, whose bytes are written over.
   *
   * @param most pictures that it may have
   * @param decoded pictures that are looked at; those after them are passed over
   * @throws RequestException 400 if it is none, 413 if it has too many pictures
   */
  static Content read(byte[] body, int most, int decoded) {
    JsonUpload upload = new JsonUpload(body, most, decoded);
    try (JsonParser parser = FACTORY.createParser(body)) {
      upload.read(parser);
    } catch (IOException e) {
      throw bad("The JSON body is not well-formed.", EXPECTED);
    }
    if (upload.found == 0) {
      throw bad("The JSON body has no member 'image'.", EXPECTED);
    }
    List<byte[]> pictures = upload.starts.stream().map(upload::decode).toList();
    return new Content(pictures, Optional.ofNullable(upload.caption));
  }

  private void read(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw bad("The JSON body is no object.", EXPECTED);
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      if (PICTURES.contains(name)) {
        pictures(parser, value, name);
      } else if (name.equals(Upload.CAPTION)) {
        if (value != JsonToken.VALUE_STRING) {
          throw bad("The member 'caption' is no string.", "A sentence, or no such member.");
        }
        caption = parser.getText();
      } else if (ADDRESSES.contains(name)) {
        throw address();
      } else if (SETTINGS.contains(name)) {
        throw bad(
            "The JSON body has a member '%s', which belongs into the query.".formatted(name),
            "?%s=... behind the path.".formatted(name));
      } else {
        parser.skipChildren();
      }
    }
    if (parser.nextToken() != null) {
      throw bad("The JSON body goes on after its object.", EXPECTED);
    }
  }

  private void pictures(JsonParser parser, JsonToken value, String name) throws IOException {
    if (value != JsonToken.START_ARRAY) {
      picture(parser, value, name);
      return;
    }
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      picture(parser, next, name);
    }
  }

  private void picture(JsonParser parser, JsonToken value, String name) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    if (value != JsonToken.VALUE_STRING) {
      throw bad("The member '%s' is no string.".formatted(name), EXPECTED);
    }
    if (start < 0 || start >= body.length || body[start] != '"') {
      throw bad("The JSON body is not UTF-8.", "JSON in UTF-8.");
    }
    found++;
    if (found > most) {
      throw RequestException.tooLarge(
          "The JSON body has more than %d pictures.".formatted(most),
          "At most %d.".formatted(most));
    }
    if (found <= decoded) {
      starts.add(start + 1); // the parser, not asked for the string, passes over it
    }
  }

  /** Decodes the string that begins there. */
  private byte[] decode(int start) {
    int end = start;
    while (body[end] != '"') {
      end += body[end] == '\\' ? 2 : 1;
    }
    end = compact(start, end);
    String begin =
        new String(body, start, Math.min(BEGIN, end - start), StandardCharsets.ISO_8859_1);
    int from = start;
    if (begin.regionMatches(true, 0, "data:", 0, 5)) {
      int comma = begin.indexOf(',');
      if (comma < 0 || !begin.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
        throw bad("The data URL is not in base64.", "data:image/png;base64,...");
      }
      from += comma + 1;
    } else if (URL.matcher(begin).matches()) {
      throw address();
    }
    int length = end - from;
    if (length == 0) {
      throw bad("The picture is empty.", EXPECTED);
    }
    try {
      ByteBuffer bytes = Base64.getDecoder().decode(ByteBuffer.wrap(body, from, length));
      return bytes.array().length == bytes.remaining()
          ? bytes.array()
          : Arrays.copyOf(bytes.array(), bytes.remaining());
    } catch (IllegalArgumentException e) {
      throw bad("The picture is not in base64.", EXPECTED);
    }
  }

  /**
   * Moves base64's own characters together, and those of a data URL's head; undoes the escapes of
   * JSON and of URLs, and base64url's alphabet. Returns the new end.
   */
  private int compact(int from, int end) {
    int to = from;
    for (int at = from; at < end; at++) {
      int c = body[at];
      if (c == '\\') {
        c = body[++at];
        if (c == 'u') {
          c = hex(at + 1, 4, end);
          at += 4;
        } else if (c == 'n' || c == 'r' || c == 't') {
          continue;
        }
      }
      if (c == '%') {
        c = hex(at + 1, 2, end);
        at += 2;
      }
      if (c > ' ' || c < 0) {
        body[to++] = (byte) (c == '-' ? '+' : c == '_' ? '/' : c > 127 ? '?' : c);
      }
    }
    return to;
  }

  /** The number that hexadecimal digits are; a question mark, which base64 has not, for others. */
  private int hex(int from, int digits, int end) {
    if (from + digits > end) {
      return '?';
    }
    String text = new String(body, from, digits, StandardCharsets.ISO_8859_1);
    return HEX.matcher(text).matches() ? Integer.parseInt(text, 16) : '?';
  }

  private static RequestException address() {
    return bad("The picture is named by its address: URLs are not fetched.", EXPECTED);
  }

  private static RequestException bad(String message, String expected) {
    return new RequestException(400, message, expected);
  }
}
