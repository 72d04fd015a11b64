package io.caption4j.data;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * COCO's {@code captions_train2014.json} and the like (Chen et al. 2015): {@code images} with
 * {@code id} and {@code file_name}, {@code annotations} with {@code image_id} and {@code caption}.
 * A file is one split, by its name.
 */
final class CocoLayout implements CaptionLayout {
  private static final Map<String, Split> SPLITS =
      Map.of("train", Split.TRAIN, "val", Split.VAL, "test", Split.TEST);

  private static final Pattern NAME = Pattern.compile("captions_(train|val|test|.*?)(\\d*)\\.json");

  @Override
  public String name() {
    return "coco";
  }

  @Override
  public String files() {
    return "captions_*.json";
  }

  @Override
  public boolean named(String fileName) {
    return NAME.matcher(fileName).matches();
  }

  /** The files of one year; a file named otherwise only if it is alone. */
  @Override
  public List<Path> find(List<Path> files, List<String> notes) {
    TreeMap<String, List<Path>> years = new TreeMap<>();
    List<Path> others = new ArrayList<>();
    for (Path file : files) {
      Matcher matcher = NAME.matcher(file.getFileName().toString());
      if (matcher.matches()) {
        boolean official = SPLITS.containsKey(matcher.group(1));
        (official ? years.computeIfAbsent(matcher.group(2), k -> new ArrayList<>()) : others)
            .add(file);
      }
    }
    if (years.isEmpty()) {
      return CaptionLayout.super.find(others, notes);
    }
    String newest = years.lastKey();
    if (years.size() > 1) {
      notes.add(
          "There are captions of several years (%s), which share pictures; reading %s."
              .formatted(String.join(", ", years.keySet()), newest));
    }
    return years.get(newest);
  }

  @Override
  public boolean reads(Path file) {
    return JsonFiles.firstImageHas(file, "file_name");
  }

  @Override
  public CaptionDataset read(Request request) {
    List<CaptionedImage> images = new ArrayList<>();
    List<String> notes = new ArrayList<>(request.notes());
    for (Path file : request.files()) {
      Matcher matcher = NAME.matcher(file.getFileName().toString());
      String part = matcher.matches() ? matcher.group(1) : "";
      if (!SPLITS.containsKey(part)) {
        notes.add(
            file + " is named after no split (captions_train*.json); it counts as validation.");
      }
      Split split = SPLITS.getOrDefault(part, Split.VAL);
      new CaptionFile(file).addTo(images, notes, split, request.pictures());
    }
    return new CaptionDataset(name(), request.files().get(0), images, notes);
  }

  /** What one file holds; either list may come first in it. */
  private static final class CaptionFile {
    private final Path source;
    private final Map<String, String> fileNames = new LinkedHashMap<>();
    private final Map<String, List<String>> captions = new LinkedHashMap<>();

    CaptionFile(Path file) {
      this.source = file;
      JsonFiles.readObject(
          file,
          (field, parser) -> {
            switch (field) {
              case "images" -> readList(parser, "images", "id", "file_name", fileNames::put);
              case "annotations" ->
                  readList(parser, "annotations", "image_id", "caption", this::addCaption);
              default -> parser.skipChildren();
            }
          });
      if (captions.isEmpty()) {
        throw new DataException(file + " has no captions; expected some in 'annotations'.");
      }
    }

    private void addCaption(String id, String caption) {
      if (!caption.isBlank()) {
        captions.computeIfAbsent(id, k -> new ArrayList<>()).add(caption.strip());
      }
    }

    void addTo(
        List<CaptionedImage> images, List<String> notes, Split split, PictureFolders pictures) {
      int uncaptioned = 0;
      for (Map.Entry<String, String> image : fileNames.entrySet()) {
        List<String> texts = captions.remove(image.getKey());
        if (texts == null) {
          uncaptioned++;
          continue;
        }
        String file = image.getValue();
        String name = file.substring(file.lastIndexOf('/') + 1);
        images.add(
            new CaptionedImage(image.getKey(), name, pictures.find(places(file)), split, texts));
      }
      if (!captions.isEmpty()) {
        throw new DataException(
            "%s: 'annotations' has captions of image_id %s, which 'images' lacks."
                .formatted(source, captions.keySet().iterator().next()));
      }
      if (uncaptioned > 0) {
        notes.add("%s: left out %d pictures that have no caption.".formatted(source, uncaptioned));
      }
    }

    /** Pictures lie in a folder named after the file, such as train2014, or in a flat one. */
    private List<String> places(String name) {
      Matcher matcher = NAME.matcher(source.getFileName().toString());
      return matcher.matches()
          ? List.of(matcher.group(1) + matcher.group(2) + "/" + name, name)
          : List.of(name);
    }
  }

  private interface Pair {
    void accept(String id, String text);
  }

  /** Reads a list of objects for two of their fields. */
  private static void readList(
      JsonParser parser, String list, String idField, String textField, Pair pair)
      throws IOException {
    JsonFiles.expect(parser, JsonToken.START_ARRAY, "a list in '" + list + "'");
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      String id = null;
      String text = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (field.equals(idField)) {
          id = parser.getValueAsString();
        } else if (field.equals(textField)) {
          text = parser.getValueAsString();
        } else {
          parser.skipChildren();
        }
      }
      if (id == null || text == null) {
        throw new DataException(
            "line %d: expected '%s' and '%s' in an element of '%s', found no '%s'."
                .formatted(
                    parser.currentLocation().getLineNr(),
                    idField,
                    textField,
                    list,
                    id == null ? idField : textField));
      }
      pair.accept(id, text);
    }
    JsonFiles.expect(parser, JsonToken.END_ARRAY, "only objects in '" + list + "'");
  }
}
