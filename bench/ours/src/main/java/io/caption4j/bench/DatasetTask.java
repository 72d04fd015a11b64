package io.caption4j.bench;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.caption4j.data.CaptionDataset;
import io.caption4j.data.CaptionDatasets;
import io.caption4j.data.CaptionedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/**
 * How long it takes to read the captions of a data set as large as COCO, once, in a process that
 * has just started; the process's limit of memory is the caller's. The data set is laid out as
 * COCO's and Karpathy's files are, its text is made of random words; there are no pictures.
 */
final class DatasetTask {
  private static final int TRAIN = 115_000; // pictures
  private static final int VAL = 5_000;
  private static final int CAPTIONS = 5; // a picture
  private static final int WORDS = 25_000; // as many different ones as COCO has

  private DatasetTask() {}

  /** The folder gets the files, unless it has them already. */
  static void run(Path folder) {
    measure("coco", coco(folder.resolve("coco-" + (TRAIN + VAL))));
    measure("karpathy", karpathy(folder.resolve("karpathy-" + (TRAIN + VAL))));
  }

  private static void measure(String layout, Path folder) {
    long started = System.nanoTime();
    CaptionDataset data = CaptionDatasets.open(folder, null, 1);
    double seconds = (System.nanoTime() - started) / 1e9;
    long captions =
        data.images().stream().map(CaptionedImage::captions).mapToLong(c -> c.size()).sum();
    if (!data.layout().equals(layout) || captions != (long) CAPTIONS * (TRAIN + VAL)) {
      throw new IllegalStateException("Read %d captions as %s.".formatted(captions, data.layout()));
    }
    Output.result(layout, seconds, "s");
    Runtime.getRuntime().gc();
    long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    Output.result(layout + " heap", used / 1048576.0, "MiB");
  }

  private static Path coco(Path folder) {
    write(folder.resolve("annotations/captions_train2017.json"), json -> coco(json, 1, TRAIN));
    write(folder.resolve("annotations/captions_val2017.json"), json -> coco(json, TRAIN + 1, VAL));
    return folder;
  }

  private static void coco(JsonGenerator json, int first, int pictures) throws IOException {
    Random random = new Random(first);
    json.writeStartObject();
    json.writeObjectFieldStart("info");
    json.writeStringField("description", "random words in COCO's layout");
    json.writeEndObject();
    json.writeArrayFieldStart("images");
    for (int id = first; id < first + pictures; id++) {
      json.writeStartObject();
      json.writeNumberField("license", 4);
      json.writeStringField("file_name", "%012d.jpg".formatted(id));
      json.writeStringField("coco_url", "http://example.org/train2017/%012d.jpg".formatted(id));
      json.writeNumberField("height", 480);
      json.writeNumberField("width", 640);
      json.writeStringField("date_captured", "2013-11-14 17:02:52");
      json.writeStringField("flickr_url", "http://example.org/%d_%x_z.jpg".formatted(id, id));
      json.writeNumberField("id", id);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("annotations");
    for (int i = 0; i < CAPTIONS * pictures; i++) {
      json.writeStartObject();
      // As in the real files, a picture's captions do not stand together.
      json.writeNumberField("image_id", first + i % pictures);
      json.writeNumberField("id", CAPTIONS * first + i);
      json.writeStringField("caption", caption(random));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static Path karpathy(Path folder) {
    write(folder.resolve("dataset_coco.json"), DatasetTask::karpathy);
    return folder;
  }

  private static void karpathy(JsonGenerator json) throws IOException {
    Random random = new Random(0);
    json.writeStartObject();
    json.writeArrayFieldStart("images");
    for (int id = 1; id <= TRAIN + VAL; id++) {
      json.writeStartObject();
      json.writeStringField("filepath", "train2014");
      json.writeArrayFieldStart("sentids");
      for (int c = 0; c < CAPTIONS; c++) {
        json.writeNumber(CAPTIONS * id + c);
      }
      json.writeEndArray();
      json.writeStringField("filename", "COCO_train2014_%012d.jpg".formatted(id));
      json.writeNumberField("imgid", id - 1);
      json.writeStringField("split", id <= VAL ? "val" : id % 4 == 0 ? "restval" : "train");
      json.writeArrayFieldStart("sentences");
      for (int c = 0; c < CAPTIONS; c++) {
        String caption = caption(random);
        json.writeStartObject();
        json.writeArrayFieldStart("tokens");
        for (String token : caption.replace(".", "").toLowerCase(Locale.ROOT).split(" ")) {
          json.writeString(token);
        }
        json.writeEndArray();
        json.writeStringField("raw", caption);
        json.writeNumberField("imgid", id - 1);
        json.writeNumberField("sentid", CAPTIONS * id + c);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberField("cocoid", id);
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("dataset", "coco");
    json.writeEndObject();
  }

  /** 8 to 13 words, common ones often, 52 characters on average as COCO's captions. */
  private static String caption(Random random) {
    StringBuilder text = new StringBuilder("A");
    int words = 8 + random.nextInt(6);
    for (int w = 1; w < words; w++) {
      // log-uniform: rank r with a probability of about 1/r, Zipf's law
      int rank = (int) Math.pow(WORDS, random.nextDouble());
      text.append(' ').append(Integer.toString(rank + 36 * 36, 36));
    }
    return text.append('.').toString();
  }

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static void write(Path file, Content content) {
    if (Files.exists(file)) {
      return;
    }
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.getParent());
      try (JsonGenerator json =
          new JsonFactory().createGenerator(part.toFile(), JsonEncoding.UTF8)) {
        content.write(json);
      }
      Files.move(part, file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
