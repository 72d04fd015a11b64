package io.caption4j.train;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.caption4j.data.Sha256;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A data set of any size that has been encoded already: captions of random words in Karpathy's
 * layout, files of a few bytes in place of pictures, and a feature cache whose index names them all
 * and whose rows are a hole in a sparse file.
 */
final class SparseDataset {
  static final int CAPTIONS = 5; // a picture
  private static final int WORDS = 25_000; // as many different ones as COCO has
  private static final int ONE_IN = 24; // for validation, as 5,000 of COCO's 120,000 are

  private SparseDataset() {}

  /** The training pictures among so many. */
  static int training(int pictures) {
    return pictures - (pictures + ONE_IN - 1) / ONE_IN;
  }

  /** Writes captions and files into {@code data}, and their rows into {@code cache}. */
  static void write(Path data, Path cache, int pictures) throws IOException {
    Files.createDirectories(data.resolve("images"));
    long rowBytes;
    try (ImageEncoder encoder = Encoders.byName(Encoders.EFFICIENTNET_LITE0);
        FeatureCache empty = FeatureCache.open(cache, encoder, FeatureCache.Kind.GRID)) {
      rowBytes = empty.rowLength() * (long) Short.BYTES;
    }
    Path folder;
    try (Stream<Path> folders = Files.list(cache)) {
      folder = folders.findFirst().orElseThrow();
    }
    try (RandomAccessFile features =
        new RandomAccessFile(folder.resolve("features.npy").toFile(), "rw")) {
      features.setLength(features.length() + pictures * rowBytes);
    }
    Random random = new Random(1);
    try (BufferedWriter index = Files.newBufferedWriter(folder.resolve("index.txt"));
        JsonGenerator json =
            new JsonFactory()
                .createGenerator(data.resolve("dataset_coco.json").toFile(), JsonEncoding.UTF8)) {
      json.writeStartObject();
      json.writeArrayFieldStart("images");
      for (int i = 0; i < pictures; i++) {
        String name = "%012d.jpg".formatted(i);
        Files.writeString(data.resolve("images").resolve(name), name);
        index.write("%s  %s\n".formatted(Sha256.hex(name.getBytes(StandardCharsets.UTF_8)), name));
        json.writeStartObject();
        json.writeStringField("filename", name);
        json.writeStringField("split", i % ONE_IN == 0 ? "val" : "train");
        json.writeArrayFieldStart("sentences");
        for (int c = 0; c < CAPTIONS; c++) {
          json.writeStartObject();
          json.writeStringField("raw", caption(random));
          json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  /** 8 to 13 words, common ones often: rank r with a probability of about 1/r, Zipf's law. */
  private static String caption(Random random) {
    StringBuilder text = new StringBuilder("A");
    int words = 8 + random.nextInt(6);
    for (int w = 1; w < words; w++) {
      int rank = (int) Math.pow(WORDS, random.nextDouble());
      text.append(' ').append(Integer.toString(rank + 36 * 36, 36));
    }
    return text.append('.').toString();
  }
}
