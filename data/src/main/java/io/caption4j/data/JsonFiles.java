package io.caption4j.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Large JSON files, streamed: COCO's hold 600,000 captions. */
public final class JsonFiles {
  private static final JsonFactory FACTORY =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build()
          .getFactory();

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
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  /** Reads one element of a list; the parser stands on its first token. */
  @FunctionalInterface
  interface ElementReader {
    /** Reads the element and leaves the parser on its last token; elements count from 0. */
    void read(int index, JsonParser parser) throws IOException;
  }

  /**
   * Reads a file that holds one list, element by element.
   *
   * @throws DataException if it cannot be read, is not JSON or not a list; names the line
   */
  static void readArray(Path file, ElementReader reader) {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = FACTORY.createParser(in)) {
      parser.nextToken();
      expect(parser, JsonToken.START_ARRAY, "a list");
      for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
        if (parser.currentToken() == null) {
          throw new DataException("expected the end of the list, found the end of the file.");
        }
        reader.read(index, parser);
      }
    } catch (DataException e) {
      throw new DataException(file + ": " + e.getMessage(), e);
    } catch (JsonProcessingException | CharacterCodingException e) {
      throw new DataException(file + " is not valid JSON: " + place(e), e);
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  /** The fields of the first object of a file that holds one list; empty if it is no such file. */
  static List<String> firstElementFields(Path file) {
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return List.of();
      }
      if (!toObject(parser)) {
        return List.of();
      }
      List<String> fields = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(parser.currentName());
        parser.nextToken();
        parser.skipChildren();
      }
      return fields;
    } catch (JsonProcessingException | CharacterCodingException e) {
      return List.of();
    } catch (IOException e) {
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  /** Goes to the first object of the list that has begun; false if there is none. */
  private static boolean toObject(JsonParser parser) throws IOException {
    JsonToken next = parser.nextToken();
    while (next != null && next != JsonToken.START_OBJECT && next != JsonToken.END_ARRAY) {
      parser.skipChildren();
      next = parser.nextToken();
    }
    return next == JsonToken.START_OBJECT;
  }

  /** Checks the parser's current token. */
  static void expect(JsonParser parser, JsonToken token, String what) {
    if (parser.currentToken() != token) {
      throw new DataException(
          "line %d: expected %s, found %s."
              .formatted(parser.currentLocation().getLineNr(), what, kind(parser.currentToken())));
    }
  }

  /**
   * Goes to the next element of a list; false at its end.
   *
   * @throws DataException if the file ends before the list
   */
  static boolean element(JsonParser parser, String list) throws IOException {
    JsonToken next = parser.nextToken();
    if (next == null) {
      expect(parser, JsonToken.END_ARRAY, "the end of the list '" + list + "'");
    }
    return next != JsonToken.END_ARRAY;
  }

  /** What a token is, in words. */
  static String kind(JsonToken token) {
    if (token == null) {
      return "nothing";
    }
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case END_OBJECT, END_ARRAY -> "its end";
      case VALUE_STRING -> "a text";
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
      case VALUE_TRUE, VALUE_FALSE, VALUE_NULL -> token.asString();
      default -> token.name();
    };
  }

  /**
   * Whether the first element of the top-level list {@code images} has a field; false for whatever
   * is no JSON object.
   *
   * @throws DataException if it begins like an object and then is not valid
   */
  static boolean firstImageHas(Path file, String field) {
    return firstOfHas(file, "images", field);
  }

  /** The same of another top-level list. */
  static boolean firstOfHas(Path file, String list, String field) {
    boolean object = false;
    try (InputStream in = Files.newInputStream(file);
        JsonParser parser = FACTORY.createParser(in)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return false;
      }
      object = true;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(list);
        JsonToken value = parser.nextToken();
        if (wanted && value == JsonToken.START_ARRAY) {
          return toObject(parser) && parser.readValueAsTree().get(field) != null;
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
      throw new DataException("Cannot read " + file + ": " + FileErrors.reason(file, e) + ".", e);
    }
  }

  /** Whether a file is what is asked for; one that is no JSON is not. */
  static boolean holds(Path file, Predicate<Path> asked) {
    try {
      return asked.test(file);
    } catch (DataException e) {
      return false;
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
