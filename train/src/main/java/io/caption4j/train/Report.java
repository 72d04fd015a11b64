package io.caption4j.train;

import io.caption4j.data.CaptionedImage;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.ImageWriter;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The run's page: curves of loss and scores, and what the model says of a few pictures. */
final class Report {
  private static final int PICTURES = 8;
  private static final int JPEG_QUALITY = 75;
  private static final int THUMBNAIL = 160;

  private Report() {}

  /** Writes the page; it needs no other file. */
  static void write(
      Path file,
      String title,
      String choice,
      List<EpochRecord> history,
      List<CaptionedImage> images,
      List<Caption> captions) {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        <!doctype html>
        <html lang="en"><meta charset="utf-8"><title>%1$s</title>
        <style>
        :root { color-scheme: light dark }
        body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem }
        svg { width: 100%%; height: auto } table { border-collapse: collapse; width: 100%% }
        th, td { text-align: right; padding: .2rem .6rem; border-bottom: 1px solid #8884 }
        .pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 1.5rem }
        .pictures img { width: 10rem; height: 10rem } small { opacity: .7; display: block }
        </style>
        <h1>%1$s</h1>
        <p>%2$s</p>
        """
            .formatted(escape(title), escape(choice)));
    page.append("<h2>Loss a token</h2>\n")
        .append(
            chart(
                history,
                new Line("training", "#4477aa", EpochRecord::loss),
                new Line("validation", "#ee6677", EpochRecord::validationLoss)))
        .append("<h2>Validation scores of greedy captions</h2>\n")
        .append(
            chart(
                history,
                new Line("CIDEr-D", "#228833", EpochRecord::ciderD),
                new Line("BLEU-4", "#ccbb44", EpochRecord::bleu4)));
    table(page, history);
    pictures(page, images, captions);
    page.append("</html>\n");
    RunFolder.writeAtomically(file, partial -> Files.writeString(partial, page));
  }

  private static void table(StringBuilder page, List<EpochRecord> history) {
    page.append(
        "<h2>Epochs</h2>\n<table><tr><th>epoch<th>learning rate<th>loss<th>reward<th>validation loss"
            + "<th>perplexity<th>CIDEr-D<th>BLEU-4<th>distinct<th>tokens/s<th>seconds\n");
    for (EpochRecord e : history) {
      page.append(
          String.format(
              Locale.ROOT,
              "<tr><td>%s<td>%.6f<td>%.4f<td>%.4f<td>%.4f<td>%.2f<td>%.4f<td>%.4f<td>%d<td>%.0f<td>%.0f%n",
              e.label(),
              e.learningRate(),
              e.loss(),
              e.reward(),
              e.validationLoss(),
              e.perplexity(),
              e.ciderD(),
              e.bleu4(),
              e.distinct(),
              e.tokensPerSecond(),
              e.seconds()));
    }
    page.append("</table>\n");
  }

  private static void pictures(
      StringBuilder page, List<CaptionedImage> images, List<Caption> captions) {
    page.append("<h2>Validation pictures</h2>\n<div class=\"pictures\">\n");
    int step = Math.max(1, images.size() / PICTURES);
    for (int i = 0; i < images.size() && i / step < PICTURES; i += step) {
      CaptionedImage image = images.get(i);
      page.append(
          "<div><img alt=\"\" src=\"%s\"><br><b>%s</b><small>%s</small></div>%n"
              .formatted(
                  thumbnail(image.path()),
                  escape(captions.get(i).text()),
                  image.captions().stream()
                      .map(Report::escape)
                      .collect(Collectors.joining("<br>"))));
    }
    page.append("</div>\n");
  }

  private static String thumbnail(Path file) {
    Pixels small;
    try {
      small = new ImageLoader().load(file).resize(THUMBNAIL, THUMBNAIL);
    } catch (ImageException e) {
      return "";
    }
    byte[] jpeg = ImageWriter.jpeg(small, JPEG_QUALITY);
    return "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg);
  }

  private record Line(String name, String colour, ToDoubleFunction<EpochRecord> value) {}

  /** A line chart as SVG, 800 x 240, epochs to the right. */
  private static String chart(List<EpochRecord> history, Line... lines) {
    double low = Double.MAX_VALUE;
    double high = -Double.MAX_VALUE;
    for (Line line : lines) {
      for (EpochRecord e : history) {
        low = Math.min(low, line.value.applyAsDouble(e));
        high = Math.max(high, line.value.applyAsDouble(e));
      }
    }
    double span = Math.max(high - low, 1e-9);
    StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 800 240\" role=\"img\">\n");
    for (int i = 0; i < lines.length; i++) {
      StringBuilder points = new StringBuilder();
      for (EpochRecord e : history) {
        double x = 60 + 720.0 * history.indexOf(e) / Math.max(1, history.size() - 1);
        double y = 200 - 180 * (lines[i].value.applyAsDouble(e) - low) / span;
        points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
      }
      svg.append(
          String.format(
              Locale.ROOT,
              "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>"
                  + "<text x=\"%d\" y=\"232\" fill=\"%s\">%s</text>%n",
              lines[i].colour,
              points.toString().strip(),
              60 + 160 * i,
              lines[i].colour,
              lines[i].name));
    }
    svg.append(
        String.format(
            Locale.ROOT,
            "<g fill=\"currentColor\" font-size=\"13\"><text x=\"4\" y=\"26\">%.3f</text>"
                + "<text x=\"4\" y=\"204\">%.3f</text></g></svg>%n",
            high,
            low));
    return svg.toString();
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
