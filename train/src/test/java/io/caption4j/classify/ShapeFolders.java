package io.caption4j.classify;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;

/** A small data set of three classes in torchvision's ImageFolder layout: coloured shapes. */
final class ShapeFolders {
  static final List<String> CLASSES = List.of("bars", "circle", "square");

  private ShapeFolders() {}

  /** Writes train/ and val/ with pictures of each class, each a little different. */
  static void write(Path folder, int trainEach, int valEach) {
    for (String label : CLASSES) {
      for (int i = 0; i < trainEach + valEach; i++) {
        String split = i < trainEach ? "train" : "val";
        Path file = folder.resolve(split).resolve(label).resolve(i + ".png");
        draw(file, label, new Random(label.hashCode() * 100L + i));
      }
    }
  }

  /** Draws one picture of a class; folders are made. */
  static void draw(Path file, String label, Random random) {
    BufferedImage picture = new BufferedImage(96, 96, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = picture.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 96, 96);
    pen.setColor(new Color(random.nextInt(128), random.nextInt(128), random.nextInt(128)));
    int x = 10 + random.nextInt(20);
    switch (label) {
      case "circle" -> pen.fillOval(x, x, 56, 56);
      case "square" -> pen.fillRect(x, x, 56, 56);
      default -> {
        for (int bar = x % 8; bar < 96; bar += 16) {
          pen.fillRect(bar, 0, 8, 96);
        }
      }
    }
    pen.dispose();
    try {
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "png", file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
