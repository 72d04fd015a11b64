package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
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

  private static final Pattern OF_SPLIT = Pattern.compile("(train|val|test)(\\d*)\\.json");

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
      List<Path> ofSplits = others.isEmpty() ? ofSplits(files) : List.of();
      return ofSplits.isEmpty() ? CaptionLayout.super.find(others, notes) : ofSplits;
    }
    String newest = years.lastKey();
    if (years.size() > 1) {
      notes.add(
          "There are captions of several years (%s), which share pictures; reading %s."
              .formatted(String.join(", ", years.keySet()), newest));
    }
    return years.get(newest);
  }

  /** VizWiz's train.json and val.json; other annotations are called so too, so content counts. */
  private List<Path> ofSplits(List<Path> files) {
    return files.stream()
        .filter(file -> OF_SPLIT.matcher(file.getFileName().toString()).matches())
        .filter(file -> JsonFiles.holds(file, this::reads))
        .toList();
  }

  @Override
  public boolean present(List<Path> files) {
    return CaptionLayout.super.present(files) || !ofSplits(files).isEmpty();
  }

  @Override
  public boolean reads(Path file) {
    return JsonFiles.firstImageHas(file, "file_name")
        && JsonFiles.firstOfHas(file, "annotations", "caption");
  }

  @Override
  public CaptionDataset read(Request request) {
    Map<String, CaptionedImage> images = new LinkedHashMap<>(); // by id
    for (Path file : request.files()) {
      String part = split(file);
      if (!SPLITS.containsKey(part)) {
        request
            .notes()
            .add(
                file + " is named after no split (captions_train*.json); it counts as validation.");
      }
      addImages(file, SPLITS.getOrDefault(part, Split.VAL), request, images);
    }
    if (images.isEmpty()) {
      throw request.problems().nothingIn(request.files().get(0), "pictures that have some");
    }
    return request.dataset(this, List.copyOf(images.values()));
  }

  private static void addImages(
      Path file, Split split, Request request, Map<String, CaptionedImage> images) {
    Problems problems = request.problems();
    CocoFile read = new CocoFile(file, problems);
    if (read.rejections() > 0) {
      request
          .notes()
          .add(
              "%s: %d captions that are marked 'is_rejected' are left out."
                  .formatted(file, read.rejections()));
    }
    Map<String, List<String>> captions = read.captions();
    read.fileNames()
        .forEach(
            (id, picture) -> {
              List<String> texts = captions.remove(id);
              CaptionedImage first = images.get(id);
              String name = picture.substring(picture.lastIndexOf('/') + 1);
              if (texts == null) {
                problems.add(
                    Kind.PICTURE_WITHOUT_CAPTION,
                    file,
                    "id " + id,
                    picture + " has no caption in 'annotations'; left out.");
              } else if (first != null) {
                addAgain(problems, file, first, name, split);
              } else {
                Path path = request.pictures().find(places(file, picture));
                images.put(id, new CaptionedImage(id, name, path, split, texts));
              }
            });
    captions.forEach(
        (id, texts) ->
            problems.add(
                Kind.CAPTION_WITHOUT_PICTURE,
                file,
                "image_id " + id,
                "is not in 'images'; its %d captions are left out.".formatted(texts.size())));
  }

  /** What stands in the file's name where a split stands; may be empty. */
  private static String split(Path file) {
    String name = file.getFileName().toString();
    Matcher official = NAME.matcher(name);
    if (official.matches()) {
      return official.group(1);
    }
    Matcher bare = OF_SPLIT.matcher(name);
    return bare.matches() ? bare.group(1) : "";
  }

  /** Tells of an id that another file has had. */
  private static void addAgain(
      Problems problems, Path file, CaptionedImage first, String name, Split split) {
    String where = "id " + first.id();
    if (!first.fileName().equals(name)) {
      problems.add(
          Kind.CONFLICTING_ID,
          file,
          where,
          "is that of %s, and in another file of %s.".formatted(name, first.fileName()));
    } else if (first.split() == split) {
      problems.add(
          Kind.REPEATED_ID,
          file,
          where,
          name + " is in another file of the same split; counted once.");
    } else {
      problems.add(
          Kind.TWO_SPLITS,
          file,
          where,
          "%s is in split '%s' already; a picture has one split."
              .formatted(name, first.split().label()));
    }
  }

  /** Pictures lie in a folder named after the file, such as train2014, or in a flat one. */
  private static List<String> places(Path file, String picture) {
    Matcher matcher = NAME.matcher(file.getFileName().toString());
    if (!matcher.matches()) {
      matcher = OF_SPLIT.matcher(file.getFileName().toString());
    }
    return matcher.matches()
        ? List.of(matcher.group(1) + matcher.group(2) + "/" + picture, picture)
        : List.of(picture);
  }
}
