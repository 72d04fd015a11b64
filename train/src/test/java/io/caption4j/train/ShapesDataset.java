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
import javax.imageio.ImageIO;

/** A small data set in Karpathy's layout: coloured shapes, each drawn once for each split. */
final class ShapesDataset {
  private static final Map<String, Color> COLOURS =
      Map.of("red", Color.RED, "green", Color.GREEN, "blue", Color.BLUE, "black", Color.BLACK);
  private static final List<String> PLACES =
      List.of("on a white wall", "in the middle of nothing", "at noon");

  private ShapesDataset() {}

  /** Writes pictures and captions; gives each picture file's caption. */
  static Map<String, String> write(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("images"));
    List<Map<String, Object>> images = new ArrayList<>();
    Map<String, String> captions = new java.util.TreeMap<>();
    int number = 0;
    for (String colour : COLOURS.keySet().stream().sorted().toList()) {
      for (String shape : List.of("circle", "square")) {
        String caption =
            "a %s %s %s".formatted(colour, shape, PLACES.get(number++ % PLACES.size()));
        for (String split : List.of("train", "val")) {
          String name = "%s-%s-%s.png".formatted(split, colour, shape);
          draw(folder.resolve("images").resolve(name), COLOURS.get(colour), shape);
          captions.put(name, caption);
          images.add(
              Map.of(
                  "filename", name,
                  "split", split,
                  "sentences", List.of(Map.of("raw", caption), Map.of("raw", caption + "."))));
        }
      }
    }
    new ObjectMapper()
        .writeValue(
            folder.resolve("dataset_shapes.json").toFile(),
            Map.of("dataset", "shapes", "images", images));
    return captions;
  }

  private static void draw(Path file, Color colour, String shape) throws IOException {
    BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 96, 96);
    pen.setColor(colour);
    if (shape.equals("circle")) {
      pen.fillOval(20, 20, 56, 56);
    } else {
      pen.fillRect(20, 20, 56, 56);
    }
    pen.dispose();
    ImageIO.write(picture, "png", file.toFile());
  }
}
