package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hugging Face's imagefolder: {@code metadata.jsonl} or {@code metadata.csv} with a {@code
 * file_name}, relative to its own folder, and captions (see {@link MetadataFile}). One lies in each
 * of the folders {@code train}, {@code validation} and {@code test}, or one above them, whose file
 * names begin with such a folder; otherwise a split is drawn here.
 */
final class MetadataLayout implements CaptionLayout {
  private static final String JSON_LINES = "metadata.jsonl";
  private static final String TABLE = "metadata.csv";

  @Override
  public String name() {
    return "imagefolder";
  }

  @Override
  public String files() {
    return JSON_LINES + " or " + TABLE + " with file_name and text, caption or captions";
  }

  @Override
  public boolean named(String fileName) {
    return fileName.equals(JSON_LINES) || fileName.equals(TABLE);
  }

  @Override
  public boolean reads(Path file) {
    return MetadataFile.is(file);
  }

  /** One file for each folder of a split; if there is none, the only file. */
  @Override
  public List<Path> find(List<Path> files, List<String> notes) {
    Map<Path, Path> byFolder = new LinkedHashMap<>();
    for (Path file : files) {
      if (named(file.getFileName().toString())) {
        Path other = byFolder.put(file.getParent(), file);
        if (other != null) {
          Path lines = file.endsWith(JSON_LINES) ? file : other;
          notes.add(
              "%s has both %s and %s; reading %s."
                  .formatted(file.getParent(), JSON_LINES, TABLE, JSON_LINES));
          byFolder.put(file.getParent(), lines);
        }
      }
    }
    List<Path> ofSplits =
        byFolder.values().stream()
            .filter(file -> split(file) != null)
            .sorted(Comparator.comparing(MetadataLayout::split))
            .toList();
    if (ofSplits.isEmpty()) {
      return CaptionLayout.super.find(List.copyOf(byFolder.values()), notes);
    }
    if (ofSplits.size() < byFolder.size()) {
      notes.add(
          "Reading the metadata in the folders of splits (%s) only."
              .formatted(
                  String.join(", ", ofSplits.stream().map(MetadataLayout::folderName).toList())));
    }
    return ofSplits;
  }

  @Override
  public CaptionDataset read(Request request) {
    Map<String, Entry> entries = new LinkedHashMap<>(); // by id
    boolean several = request.files().size() > 1;
    for (Path file : request.files()) {
      Split split = split(file);
      String prefix = several ? folderName(file) + "/" : "";
      MetadataFile.each(
          file,
          request.problems(),
          request.notes(),
          (name, ofRow, captions) ->
              entries
                  .computeIfAbsent(
                      prefix + name, id -> new Entry(file, name, split != null ? split : ofRow))
                  .captions()
                  .addAll(captions));
    }
    return request.dataset(this, images(request, entries));
  }

  private record Entry(Path file, String name, Split split, List<String> captions) {
    Entry(Path file, String name, Split ofFile) {
      this(file, name, ofFile != null ? ofFile : firstFolder(name), new ArrayList<>());
    }
  }

  private static List<CaptionedImage> images(Request request, Map<String, Entry> entries) {
    Problems problems = request.problems();
    entries
        .entrySet()
        .removeIf(
            entry -> {
              boolean none = entry.getValue().captions().isEmpty();
              if (none) {
                problems.add(
                    Kind.PICTURE_WITHOUT_CAPTION,
                    entry.getValue().file(),
                    entry.getValue().name(),
                    "has no caption; left out.");
              }
              return none;
            });
    if (entries.isEmpty()) {
      throw problems.nothingIn(
          request.files().get(0), "'file_name' with 'text', 'caption' or 'captions'");
    }
    DrawnSplit drawn = null;
    if (entries.values().stream().allMatch(entry -> entry.split() == null)) {
      drawn = new DrawnSplit(entries.keySet(), request.seed());
      request.notes().add(drawn.note(request.files().get(0)));
    }
    List<CaptionedImage> images = new ArrayList<>();
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      String id = named.getKey();
      Entry entry = named.getValue();
      Split split = drawn == null ? entry.split() : drawn.of(id);
      if (split == null) {
        problems.add(
            Kind.PICTURE_WITHOUT_SPLIT,
            entry.file(),
            entry.name(),
            "is in no folder of a split, as others are; its %d captions are left out."
                .formatted(entry.captions().size()));
        continue;
      }
      String fileName = entry.name().substring(entry.name().lastIndexOf('/') + 1);
      Path path = path(entry, id, request.pictures());
      images.add(new CaptionedImage(id, fileName, path, split, entry.captions()));
    }
    return images;
  }

  /** Beside the metadata, as the layout has it; else where the pictures of a data set may lie. */
  private static Path path(Entry entry, String id, PictureFolders pictures) {
    Path folder = entry.file().getParent();
    return pictures.findBeside(
        folder == null ? Path.of("") : folder, entry.name(), List.of(id, entry.name()));
  }

  /** The split of the folder that a metadata file lies in, or null. */
  private static Split split(Path file) {
    return Split.ofFolder(folderName(file)).orElse(null);
  }

  private static Split firstFolder(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? null : Split.ofFolder(name.substring(0, slash)).orElse(null);
  }

  private static String folderName(Path file) {
    Path folder = file.toAbsolutePath().normalize().getParent().getFileName();
    return folder == null ? "" : folder.toString();
  }
}
