package io.caption4j.classify;

import io.caption4j.data.DataException;
import io.caption4j.data.FolderFiles;
import io.caption4j.data.Split;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads pictures with classes: a folder with a sub-folder for each class (as torchvision's
 * ImageFolder reads it; with train, val and test above them or without), or a table {@code
 * image,label[,split]}.
 */
public final class LabelledDatasets {
  /** The name under which a table is found in a folder. */
  static final String TABLE = "labels.csv";

  private LabelledDatasets() {}

  /**
   * Reads one. What has no split is divided class by class, a tenth each for validation and test;
   * what has no validation split gets a tenth of the training pictures for it.
   *
   * @param data a folder of classes, a table, or a folder with labels.csv in it
   * @param images the folder of a table's pictures; null to look beside it, in images/ first
   * @param seed of the division
   * @throws DataException if it cannot be read, or has pictures of fewer than two classes
   */
  public static LabelledDataset open(Path data, Path images, long seed) {
    if (!Files.exists(data)) {
      throw new DataException("There is no file or folder " + data + ".");
    }
    List<String> notes = new ArrayList<>();
    List<LabelledImage> found;
    if (Files.isDirectory(data) && !Files.exists(data.resolve(TABLE))) {
      if (images != null) {
        throw new DataException(
            "%s is a folder of classes, which holds its pictures itself; leave out --images, or name a table of labels."
                .formatted(data));
      }
      found = ImageFolders.read(data, notes);
    } else {
      found = LabelTable.read(Files.isDirectory(data) ? data.resolve(TABLE) : data, images, notes);
    }
    return new LabelledDataset(data, divided(data, found, seed, notes), notes);
  }

  /** Whether something in a folder of classes cannot be read; never of a table. */
  public static boolean incomplete(Path data) {
    return Files.isDirectory(data)
        && !Files.exists(data.resolve(TABLE))
        && !FolderFiles.of(data, FolderFiles.ALL).unreadable().isEmpty();
  }

  private static List<LabelledImage> divided(
      Path data, List<LabelledImage> found, long seed, List<String> notes) {
    if (found.stream().allMatch(image -> image.split() == null)) {
      notes.add(
          "%s has no split; a tenth of each class was drawn with seed %d for validation, a tenth for the test."
              .formatted(data, seed));
      return StratifiedSplit.draw(found, List.of(Split.VAL, Split.TEST), seed);
    }
    if (found.stream().anyMatch(image -> image.split() == Split.VAL)) {
      return found;
    }
    notes.add(
        "%s has no validation split; a tenth of each class's training pictures was drawn for it with seed %d."
            .formatted(data, seed));
    List<LabelledImage> divided = new ArrayList<>();
    List<LabelledImage> train = new ArrayList<>();
    found.forEach(image -> (image.split() == Split.TRAIN ? train : divided).add(image));
    divided.addAll(0, StratifiedSplit.draw(train, List.of(Split.VAL), seed));
    return divided;
  }
}
