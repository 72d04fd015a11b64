package io.caption4j.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Flickr8k's own files (Hodosh et al. 2013): {@code Flickr8k.token.txt} with lines {@code
 * name.jpg#k TAB caption}, and one list of file names per split beside it.
 */
final class FlickrLayout implements CaptionLayout {
  private static final String TOKENS = "Flickr8k.token.txt";

  /** The middle of each list's name, in the order of the splits. */
  private static final Map<Split, String> LISTS =
      new EnumMap<>(Map.of(Split.TRAIN, "train", Split.VAL, "dev", Split.TEST, "test"));

  private static final Pattern FIRST_LINE = Pattern.compile("[^\t]+#\\d+\t.*");

  @Override
  public String name() {
    return "flickr8k";
  }

  @Override
  public String files() {
    return TOKENS + " with Flickr_8k.{train,dev,test}Images.txt";
  }

  @Override
  public boolean named(String fileName) {
    return fileName.equalsIgnoreCase(TOKENS);
  }

  @Override
  public boolean reads(Path file) {
    return FIRST_LINE.matcher(TextLines.first(file)).matches();
  }

  @Override
  public CaptionDataset read(Request request) {
    Path tokens = request.files().get(0);
    Map<String, List<String>> captions = captions(tokens);
    if (captions.isEmpty()) {
      throw new DataException(tokens + " has no captions.");
    }
    List<String> notes = new ArrayList<>(request.notes());
    Map<String, CaptionedImage> images = new LinkedHashMap<>();
    int lists = 0;
    int uncaptioned = 0;
    for (Map.Entry<Split, String> part : LISTS.entrySet()) {
      Path list = tokens.resolveSibling("Flickr_8k." + part.getValue() + "Images.txt");
      if (!Files.exists(list)) {
        notes.add("There is no " + list + ", so the data set has no such split.");
        continue;
      }
      lists++;
      for (String line : TextLines.all(list)) {
        String name = line.strip();
        if (captions.containsKey(name)) {
          Path path = request.pictures().find(List.of(name));
          CaptionedImage image =
              new CaptionedImage(name, name, path, part.getKey(), captions.get(name));
          if (images.put(name, image) != null) {
            throw new DataException(list + " repeats " + name + "; a picture has one split.");
          }
        } else if (!name.isEmpty()) {
          uncaptioned++;
        }
      }
    }
    if (lists == 0) {
      throw new DataException(
          "%s: expected a list of at least one split beside it, Flickr_8k.trainImages.txt, Flickr_8k.devImages.txt or Flickr_8k.testImages.txt; found none."
              .formatted(tokens));
    }
    if (images.isEmpty()) {
      throw new DataException(
          "%s: none of its %d pictures is in a list of a split."
              .formatted(tokens, captions.size()));
    }
    if (images.size() < captions.size()) {
      notes.add(
          "Left out %d captioned pictures that are in no list of a split."
              .formatted(captions.size() - images.size()));
    }
    if (uncaptioned > 0) {
      notes.add("Left out %d listed pictures that have no caption.".formatted(uncaptioned));
    }
    return new CaptionDataset(name(), tokens, List.copyOf(images.values()), notes);
  }

  /** Captions by file name, both in the order of the file. */
  private static Map<String, List<String>> captions(Path tokens) {
    Map<String, List<String>> captions = new LinkedHashMap<>();
    Iterator<String> lines = TextLines.all(tokens).iterator();
    for (int number = 1; lines.hasNext(); number++) {
      String line = lines.next();
      if (line.isBlank()) {
        continue;
      }
      int tab = line.indexOf('\t');
      int hash = tab < 0 ? -1 : line.lastIndexOf('#', tab);
      if (hash < 1) {
        throw new DataException(
            "%s line %d: expected 'name.jpg#k TAB caption', found '%s'."
                .formatted(tokens, number, TextLines.shorten(line)));
      }
      String caption = line.substring(tab + 1).strip();
      if (!caption.isEmpty()) {
        captions.computeIfAbsent(line.substring(0, hash), k -> new ArrayList<>()).add(caption);
      }
    }
    return captions;
  }
}
