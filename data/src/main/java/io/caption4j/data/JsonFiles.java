package io.caption4j.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Large JSON files, streamed: COCO's hold 600,000 captions. */
public final class JsonFiles {
  private static final JsonFactory FACTORY = new JsonMapper().getFactory();

  private JsonFiles() {}

  /** Reads the value of one top-level field; the parser stands on the value's first token. */
  @FunctionalInterface
  public interface FieldReader {
    /**
     * Reads the value and leaves the parser on its last token.
     *
     * @throws DataException if it is not what was expected; the file's name is put before its
     *     message
     * @throws IOException if it cannot be read
     */
    void read(String field, JsonParser parser) throws IOException;
  }

  /**
   * Reads a file that holds one object, field by field.
   *
   * @throws DataException if it cannot be read, is not JSON or not an object; names the line
   */
  public static void readObject(Path file, FieldReader reader) {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = FACTORY.createParser(in)) {
      parser.nextToken();
      expect(parser, JsonToken.START_OBJECT, "an object");
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        reader.read(field, parser);
      }
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new DataException(file + " is not valid JSON: " + place(e), e);
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(e) + ".", e);
    }
  }

  /** Checks the parser's current token. */
  static void expect(JsonParser parser, JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw new DataException(
          "line %d: expected %s, found %s."
              .formatted(
                  parser.currentLocation().getLineNr(),
                  what,
                  parser.currentToken() == null ? "nothing" : parser.currentToken()));
    }
  }

  /**
   * Whether the first element of the top-level list {@code images} has a field; false for whatever
   * is no JSON object.
   *
   * @throws DataException if it begins like an object and then is not valid
   */
  static boolean firstImageHas(Path file, String field) {
    boolean object = false;
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      object = true;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean images = parser.currentName().equals("images");
        JsonToken value = parser.nextToken();
        if (images && value == JsonToken.START_ARRAY) {
          return parser.nextToken() == JsonToken.START_OBJECT
              && parser.readValueAsTree().get(field) != null;
        }
        parser.skipChildren();
      }
      return false;
    } catch (JsonProcessingException | CharacterCodingException e) {
      if (object) {
        throw new DataException(file + " is not valid JSON: " + place(e), e);
      }
      return false;
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(e) + ".", e);
    }
  }

  private static String place(IOException e) {
    if (e instanceof JsonProcessingException json && json.getLocation() != null) {
      // The column too: COCO's files are one line.
      return "line %d, column %d: %s"
          .formatted(
              json.getLocation().getLineNr(),
              json.getLocation().getColumnNr(),
              json.getOriginalMessage().split("\n")[0]);
    }
    return e.getMessage();
  }
}
