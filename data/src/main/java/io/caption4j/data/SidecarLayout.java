package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A text file beside each picture, {@code NAME.txt} or {@code NAME.caption} beside {@code
 * NAME.jpg}, with a caption a line: the layout of those who prepare pictures for training
 * generators. Where both are there, {@code .caption} is read: {@code .txt} then often holds tags.
 * With a folder of pictures of their own, the texts lie in the same tree below the data set's.
 * Folders named as splits give the split, otherwise one is drawn.
 */
final class SidecarLayout implements CaptionLayout {
  private static final int DEPTH = 16; // of folders in folders

  @Override
  public String name() {
    return "sidecar";
  }

  @Override
  public String files() {
    return "pictures with NAME.txt or NAME.caption beside NAME.jpg";
  }

  /** No name tells of it: what counts is the picture beside it. */
  @Override
  public boolean named(String fileName) {
    return false;
  }

  @Override
  public boolean present(List<Path> files) {
    return SidecarFiles.of(files, List.of()).any();
  }

  /** All texts and pictures, if any text has a picture; nothing else. */
  @Override
  public FolderFiles list(Path folder, Path images, FolderFiles listed) {
    FolderFiles texts = FolderFiles.of(folder, DEPTH);
    boolean apart = images != null && Files.isDirectory(images);
    FolderFiles pictures = apart ? FolderFiles.of(images, DEPTH) : texts;
    List<Path> files =
        Stream.concat(
                texts.files().stream().filter(SidecarFiles::isText),
                pictures.files().stream().filter(ImageFiles::isPicture))
            .toList();
    List<Path> roots = apart ? List.of(images, folder) : List.of(folder);
    return new FolderFiles(
        SidecarFiles.of(files, roots).any() ? files : List.of(),
        texts.folders(),
        Stream.concat(texts.unreadable().stream(), pictures.unreadable().stream())
            .distinct()
            .toList());
  }

  @Override
  public List<Path> find(List<Path> files, List<String> notes) {
    return files; // chosen when they were listed
  }

  @Override
  public boolean reads(Path file) {
    return false;
  }

  private record Entry(Path picture, Path text, List<String> captions) {}

  @Override
  public CaptionDataset read(Request request) {
    Path root = request.pictures().root();
    SidecarFiles beside = SidecarFiles.of(request.files(), List.of(root, request.data()));
    Map<String, Entry> entries = new LinkedHashMap<>(); // by id
    Set<Path> used = new HashSet<>();
    beside
        .pictures()
        .forEach(
            (stem, pictures) -> {
              List<Path> texts = beside.texts().getOrDefault(stem, List.of());
              if (texts.isEmpty()) {
                pictures.forEach(picture -> uncaptioned(request, picture, "no text of this name."));
                return;
              }
              used.add(stem);
              Path text = chosen(texts, request);
              Path picture = pictures.get(0);
              pictures
                  .subList(1, pictures.size())
                  .forEach(
                      other ->
                          uncaptioned(
                              request,
                              other,
                              "%s is taken for %s; left out."
                                  .formatted(text.getFileName(), picture.getFileName())));
              List<String> captions = captions(text, request.problems());
              if (captions.isEmpty()) {
                request
                    .problems()
                    .add(Kind.PICTURE_WITHOUT_CAPTION, text, "", "has no caption; left out.");
              } else {
                entries.put(id(root, picture), new Entry(picture, text, captions));
              }
            });
    beside
        .texts()
        .forEach(
            (stem, texts) -> {
              if (!used.contains(stem)) {
                texts.forEach(
                    text ->
                        request
                            .problems()
                            .add(
                                Kind.PICTURE_MISSING,
                                text,
                                "",
                                "no picture of this name; left out."));
              }
            });
    if (entries.isEmpty()) {
      throw new DataException(
          "%s: none of the texts of its pictures has a caption.".formatted(request.data()));
    }
    return new CaptionDataset(
        name(),
        request.data(),
        images(request, entries),
        request.notes(),
        request.problems().list());
  }

  private static List<CaptionedImage> images(Request request, Map<String, Entry> entries) {
    DrawnSplit drawn = null;
    if (entries.keySet().stream().allMatch(id -> split(id).isEmpty())) {
      drawn = new DrawnSplit(entries.keySet(), request.seed());
      request.notes().add(drawn.note(request.data()));
    }
    List<CaptionedImage> images = new ArrayList<>();
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      String id = named.getKey();
      Entry entry = named.getValue();
      Split split = drawn == null ? split(id).orElse(null) : drawn.of(id);
      if (split == null) {
        request
            .problems()
            .add(
                Kind.PICTURE_WITHOUT_SPLIT,
                entry.text(),
                "",
                "is in no folder of a split, as others are; its %d captions are left out."
                    .formatted(entry.captions().size()));
        continue;
      }
      String fileName = entry.picture().getFileName().toString();
      images.add(new CaptionedImage(id, fileName, entry.picture(), split, entry.captions()));
    }
    return images;
  }

  private static void uncaptioned(Request request, Path picture, String text) {
    request.problems().add(Kind.FILE_WITHOUT_CAPTION, picture, "", text);
  }

  private static Path chosen(List<Path> texts, Request request) {
    Path caption =
        texts.stream()
            .filter(text -> SidecarFiles.isCaption(text))
            .findFirst()
            .orElse(texts.get(0));
    if (texts.size() > 1) {
      String note = "Pictures with both .txt and .caption: reading .caption.";
      if (!request.notes().contains(note)) {
        request.notes().add(note);
      }
    }
    return caption;
  }

  /** A caption a line; the same line again counts once. A file that is no text is a problem. */
  private static List<String> captions(Path text, Problems problems) {
    List<String> captions = new ArrayList<>();
    try {
      TextLines.each(
          text,
          problems,
          (line, caption) -> {
            if (captions.contains(caption.strip())) {
              problems.addLine(Kind.REPEATED_ID, text, line, "the same caption; counted once.");
            } else {
              captions.add(caption.strip());
            }
          });
    } catch (DataException e) {
      problems.add(Kind.BROKEN_ENTRY, text, "", e.getMessage());
    }
    return captions;
  }

  /** The path below the pictures' folder, with {@code /} between folders. */
  private static String id(Path folder, Path picture) {
    Path below = picture.startsWith(folder) ? folder.relativize(picture) : picture;
    return below.normalize().toString().replace('\\', '/');
  }

  private static Optional<Split> split(String id) {
    String[] names = id.split("/");
    for (int i = 0; i < names.length - 1; i++) {
      Optional<Split> split = Split.ofFolder(names[i]);
      if (split.isPresent()) {
        return split;
      }
    }
    return Optional.empty();
  }
}
