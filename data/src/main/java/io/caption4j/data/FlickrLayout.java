package io.caption4j.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Flickr8k's own files (Hodosh et al. 2013): {@code Flickr8k.token.txt} with lines {@code
 * name.jpg#k TAB caption}, and one list of file names per split beside it.
 */
final class FlickrLayout implements CaptionLayout {
  private static final String TOKENS = "Flickr8k.token.txt";

  /** The middle of each list's name, in the order of the splits. */
  private static final Map<Split, String> LISTS =
      new EnumMap<>(Map.of(Split.TRAIN, "train", Split.VAL, "dev", Split.TEST, "test"));

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

  /** Flickr30k's captions look the same, but have no such lists beside them. */
  @Override
  public boolean reads(Path file) {
    boolean listed = LISTS.keySet().stream().anyMatch(split -> Files.exists(list(file, split)));
    return (listed || named(file.getFileName().toString())) && TokenFile.is(file);
  }

  @Override
  public CaptionDataset read(Request request) {
    Path tokens = request.files().get(0);
    Map<String, List<String>> captions = TokenFile.read(tokens, request.problems());
    SplitList splits = new SplitList(request.problems());
    int lists = 0;
    for (Split split : LISTS.keySet()) {
      Path list = list(tokens, split);
      if (!Files.exists(list)) {
        request.notes().add("There is no " + list + ", so the data set has no such split.");
        continue;
      }
      lists++;
      TextLines.each(
          list,
          request.problems(),
          (number, line) -> splits.add(line.strip(), split, list, "line " + number));
    }
    if (lists == 0) {
      throw new DataException(
          "%s: expected a list of at least one split beside it, Flickr_8k.trainImages.txt, Flickr_8k.devImages.txt or Flickr_8k.testImages.txt; found none."
              .formatted(tokens));
    }
    return request.dataset(this, splits.join(captions, tokens, request.pictures()));
  }

  private static Path list(Path tokens, Split split) {
    return tokens.resolveSibling("Flickr_8k." + LISTS.get(split) + "Images.txt");
  }
}
