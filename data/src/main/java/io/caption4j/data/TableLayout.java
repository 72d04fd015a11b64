package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tables of pictures and captions, in lines or as a JSON list, whose columns are known by their
 * names ({@link CaptionColumns}). A picture's split is that of its row, else that of the file's
 * name, such as {@code coco_karpathy_val.json}; where none is told, one is drawn.
 */
final class TableLayout implements CaptionLayout {
  private static final Pattern COCO = Pattern.compile("COCO_(?:train|val)2014_0*(\\d+)\\.jpg");

  /** Those that know a table by its name and its header. */
  private static final List<CaptionLayout> OTHERS =
      List.of(new Flickr30kLayout(), new KaggleLayout());

  private final String name;
  private final String files;
  private final Pattern names;
  private final Predicate<Path> content;

  private TableLayout(String name, String files, String names, Predicate<Path> content) {
    this.name = name;
    this.files = files;
    this.names = Pattern.compile(names, Pattern.CASE_INSENSITIVE);
    this.content = content;
  }

  /** Lines with commas, semicolons, tabs or bars. */
  static TableLayout ofLines() {
    return new TableLayout(
        "table",
        "a table (.csv, .tsv) with a header such as image_path,text",
        ".*\\.(csv|tsv)|captions\\.txt",
        TableFile::isLines);
  }

  /** LAVIS's {@code [{"image": ..., "caption": ...}, ...]}. */
  static TableLayout ofJsonLists() {
    return new TableLayout(
        "json-list", "a JSON list of image and caption", ".*\\.json", TableFile::isJsonList);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String files() {
    return files;
  }

  @Override
  public boolean named(String fileName) {
    return names.matcher(fileName).matches();
  }

  /** Many things are called so; the columns decide. A file that says it has captions is one. */
  private boolean isOne(Path file) {
    String fileName = file.getFileName().toString();
    return named(fileName)
        && !fileName.startsWith("metadata.")
        && OTHERS.stream().noneMatch(other -> other.named(fileName) && other.reads(file))
        && (content.test(file) || fileName.matches("(?i)captions\\.(txt|csv|tsv)"));
  }

  @Override
  public boolean present(List<Path> files) {
    return files.stream().anyMatch(this::isOne);
  }

  @Override
  public boolean reads(Path file) {
    return content.test(file);
  }

  /** The only one, or one for each split, or the one that is called captions. */
  @Override
  public List<Path> find(List<Path> files, List<String> notes) {
    List<Path> found = files.stream().filter(this::isOne).toList();
    if (found.size() < 2) {
      return found;
    }
    List<Path> captions =
        found.stream()
            .filter(file -> file.getFileName().toString().matches("(?i)captions\\..*"))
            .toList();
    if (captions.size() == 1) {
      notes.add(
          "There are %d tables of pictures and captions; reading %s."
              .formatted(found.size(), captions.get(0)));
      return captions;
    }
    List<Path> ofSplits = found.stream().filter(file -> splitOf(file).isPresent()).toList();
    long splits = ofSplits.stream().map(TableLayout::splitOf).distinct().count();
    if (!ofSplits.isEmpty() && splits == ofSplits.size()) {
      if (ofSplits.size() < found.size()) {
        notes.add(
            "Reading the files that are named after a split (%s) only."
                .formatted(String.join(", ", ofSplits.stream().map(Path::toString).toList())));
      }
      return ofSplits;
    }
    throw new DataException(
        "There are several caption files in the %s layout (%s); name the one to use."
            .formatted(name, String.join(", ", found.stream().map(Path::toString).toList())));
  }

  private record Entry(Path file, List<String> captions) {}

  @Override
  public CaptionDataset read(Request request) {
    Problems problems = request.problems();
    Map<String, Entry> entries = new LinkedHashMap<>(); // by picture
    Map<String, Split> splits = new HashMap<>(); // by picture; of those whose rows tell it
    for (Path file : request.files()) {
      Split ofFile = splitOf(file).orElse(null);
      TableFile.each(
          file,
          problems,
          request.notes(),
          (picture, ofRow, captions) -> {
            Split split = ofRow != null ? ofRow : ofFile;
            Split first = split == null ? null : splits.putIfAbsent(picture, split);
            if (first != null && first != split) {
              problems.add(
                  Kind.TWO_SPLITS,
                  file,
                  picture,
                  "is in split '%s' and in split '%s'; a picture has one split."
                      .formatted(first.label(), split.label()));
            } else {
              entries
                  .computeIfAbsent(picture, k -> new Entry(file, new ArrayList<>()))
                  .captions()
                  .addAll(captions);
            }
          });
    }
    return request.dataset(this, images(request, entries, splits));
  }

  private List<CaptionedImage> images(
      Request request, Map<String, Entry> entries, Map<String, Split> splits) {
    Map<String, List<String>> captions = new LinkedHashMap<>();
    entries.forEach(
        (picture, entry) -> {
          if (entry.captions().isEmpty()) {
            request
                .problems()
                .add(
                    Kind.PICTURE_WITHOUT_CAPTION,
                    entry.file(),
                    picture,
                    "has no caption; left out.");
          } else {
            captions.put(picture, entry.captions());
          }
        });
    if (captions.isEmpty()) {
      throw request
          .problems()
          .nothingIn(request.files().get(0), "rows with a picture and a caption");
    }
    if (splits.isEmpty()) {
      DrawnSplit drawn = new DrawnSplit(captions.keySet(), request.seed());
      request.notes().add(drawn.note(request.files().get(0)));
      captions.keySet().forEach(picture -> splits.put(picture, drawn.of(picture)));
    }
    List<CaptionedImage> images = new ArrayList<>();
    captions.forEach(
        (picture, texts) -> {
          if (splits.containsKey(picture)) {
            images.add(image(request, picture, splits.get(picture), texts));
          } else {
            request
                .problems()
                .add(
                    Kind.PICTURE_WITHOUT_SPLIT,
                    entries.get(picture).file(),
                    picture,
                    "has no split, as others have; left out.");
          }
        });
    return images;
  }

  private static CaptionedImage image(
      Request request, String picture, Split split, List<String> captions) {
    String fileName = picture.substring(picture.lastIndexOf('/') + 1);
    Matcher coco = COCO.matcher(fileName);
    Path path = request.pictures().find(List.of(picture, fileName));
    return new CaptionedImage(
        coco.matches() ? coco.group(1) : picture, fileName, path, split, captions);
  }

  /** The split that a part of the file's name names, if there is just one such part. */
  private static Optional<Split> splitOf(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    List<Split> found =
        Stream.of(name.split("[^a-z]+"))
            .flatMap(part -> Split.ofFolder(part).stream())
            .distinct()
            .toList();
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
