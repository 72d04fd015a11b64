package io.caption4j.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * Pictures of two coloured shapes, each in a corner of its own, with captions that name both but do
 * not say where: the pairs of words and regions are known here, and to nobody who learns from it.
 */
final class ShapePairs {
  static final int SIDE = 224;
  private static final int HALF = SIDE / 2;
  private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow");
  private static final List<Color> PAINTS =
      List.of(Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
  private static final List<String> SHAPES = List.of("circle", "square", "triangle");

  /**
   * A word of a caption and the corner that it belongs to.
   *
   * @param index of the word in the caption
   * @param right whether the corner is on the right
   * @param lower whether it is at the bottom
   */
  record Truth(int index, boolean right, boolean lower) {}

  /** A picture with its caption and what is true of it. */
  record Example(Path file, String caption, List<Truth> truths) {}

  private ShapePairs() {}

  /** Writes a data set in Karpathy's layout; gives the pictures of its validation split. */
  static List<Example> write(Path folder, int training, int validation) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    Random random = new Random(8);
    List<Map<String, Object>> images = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < training + validation; i++) {
      String split = i < training ? "train" : "val";
      Example example = draw(folder.resolve("images").resolve(i + ".png"), random);
      images.add(
          Map.of(
              "filename",
              i + ".png",
              "split",
              split,
              "sentences",
              List.of(Map.of("raw", example.caption))));
      if (i >= training) {
        examples.add(example);
      }
    }
    new ObjectMapper()
        .writeValue(
            folder.resolve("dataset_pairs.json").toFile(),
            Map.of("dataset", "pairs", "images", images));
    return examples;
  }

  /** Copies a data set, with its pictures mirrored left to right. */
  static void mirror(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolve("images"));
    Files.copy(from.resolve("dataset_pairs.json"), to.resolve("dataset_pairs.json"));
    try (Stream<Path> pictures = Files.list(from.resolve("images"))) {
      for (Path picture : (Iterable<Path>) pictures::iterator) {
        BufferedImage image = ImageIO.read(picture.toFile());
        BufferedImage mirrored = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        mirrored.createGraphics().drawImage(image, SIDE, 0, -SIDE, SIDE, null);
        Path target = to.resolve("images").resolve(picture.getFileName());
        ImageIO.write(mirrored, "png", target.toFile());
      }
    }
  }

  private static Example draw(Path file, Random random) throws IOException {
    BufferedImage picture = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, SIDE, SIDE);
    int firstCorner = random.nextInt(4);
    int secondCorner = (firstCorner + 1 + random.nextInt(3)) % 4;
    int firstColour = random.nextInt(4);
    int secondColour = (firstColour + 1 + random.nextInt(3)) % 4;
    int firstShape = random.nextInt(3);
    int secondShape = (firstShape + 1 + random.nextInt(2)) % 3;
    shape(pen, firstCorner, firstColour, firstShape);
    shape(pen, secondCorner, secondColour, secondShape);
    pen.dispose();
    ImageIO.write(picture, "png", file.toFile());
    String caption =
        "%s %s and %s %s"
            .formatted(
                COLOURS.get(firstColour),
                SHAPES.get(firstShape),
                COLOURS.get(secondColour),
                SHAPES.get(secondShape));
    return new Example(
        file,
        caption,
        List.of(
            truth(0, firstCorner),
            truth(1, firstCorner),
            truth(3, secondCorner),
            truth(4, secondCorner)));
  }

  private static Truth truth(int index, int corner) {
    return new Truth(index, corner % 2 == 1, corner / 2 == 1);
  }

  private static void shape(Graphics2D pen, int corner, int colour, int shape) {
    int left = corner % 2 * HALF + 16;
    int top = corner / 2 * HALF + 16;
    int side = HALF - 32;
    pen.setColor(PAINTS.get(colour));
    switch (shape) {
      case 0 -> pen.fillOval(left, top, side, side);
      case 1 -> pen.fillRect(left, top, side, side);
      default ->
          pen.fillPolygon(
              new int[] {left, left + side, left + side / 2},
              new int[] {top + side, top + side, top},
              3);
    }
  }
}
