package io.caption4j.data;

import io.caption4j.data.Problem.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Karpathy's {@code dataset_*.json} (Karpathy and Fei-Fei 2015): one object whose {@code images}
 * have a {@code filename}, a {@code split} and {@code sentences}; COCO's also {@code filepath}, the
 * picture's folder, and {@code cocoid}.
 */
final class KarpathyLayout implements CaptionLayout {
  /** COCO's pictures of 2014; those of 2017 are the same, named by their number alone. */
  private static final Pattern COCO_2014 =
      Pattern.compile("COCO_(?:train|val)2014_(\\d{12}\\.jpg)");

  @Override
  public String name() {
    return "karpathy";
  }

  @Override
  public String files() {
    return "dataset_*.json";
  }

  @Override
  public boolean named(String fileName) {
    return fileName.matches("dataset(_.*)?\\.json");
  }

  @Override
  public boolean reads(Path file) {
    return JsonFiles.firstImageHas(file, "sentences");
  }

  @Override
  public CaptionDataset read(Request request) {
    Path file = request.files().get(0);
    Problems problems = request.problems();
    Map<String, CaptionedImage> images = new LinkedHashMap<>(); // by id
    KarpathyFile.each(
        file,
        problems,
        image -> {
          if (image.captions().isEmpty()) {
            problems.add(
                Kind.PICTURE_WITHOUT_CAPTION,
                file,
                image.fileName(),
                "has no caption in 'sentences'; left out.");
            return;
          }
          CaptionedImage first = images.putIfAbsent(image.id(), captioned(image, request));
          if (first != null) {
            problems.add(kind(first, image), file, image.id(), text(first, image));
          }
        });
    if (images.isEmpty()) {
      throw problems.nothingIn(file, "'images' with 'sentences'");
    }
    return request.dataset(this, List.copyOf(images.values()));
  }

  private static CaptionedImage captioned(KarpathyFile.Image image, Request request) {
    Path path = request.pictures().find(places(image.folder(), image.fileName()));
    return new CaptionedImage(image.id(), image.fileName(), path, image.split(), image.captions());
  }

  /** Where a picture may lie, the likeliest first; COCO's under the names of 2017 too. */
  private static List<String> places(String folder, String name) {
    List<String> places = new ArrayList<>();
    if (!folder.isEmpty()) {
      places.add(folder + "/" + name);
    }
    places.add(name);
    Matcher coco = COCO_2014.matcher(name);
    if (coco.matches()) {
      places.add("train2017/" + coco.group(1));
      places.add("val2017/" + coco.group(1));
      places.add(coco.group(1));
    }
    return places;
  }

  private static Kind kind(CaptionedImage first, KarpathyFile.Image again) {
    if (!first.fileName().equals(again.fileName())) {
      return Kind.CONFLICTING_ID;
    }
    return first.split() == again.split() ? Kind.REPEATED_ID : Kind.TWO_SPLITS;
  }

  private static String text(CaptionedImage first, KarpathyFile.Image again) {
    return switch (kind(first, again)) {
      case CONFLICTING_ID ->
          "is the id of %s and of %s.".formatted(first.fileName(), again.fileName());
      case TWO_SPLITS ->
          "is in split '%s' and in split '%s'; a picture has one split."
              .formatted(first.split().label(), again.split().label());
      default -> "is listed once more; the first one counts.";
    };
  }
}
