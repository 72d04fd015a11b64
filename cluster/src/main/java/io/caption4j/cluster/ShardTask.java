package io.caption4j.cluster;

import io.caption4j.data.Augmentation;
import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.data.Sha256;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.RowEncoder;
import io.caption4j.encoder.ShardWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;

/** Encodes the pictures of a shard, on an executor. */
final class ShardTask implements Function<ShardTask.Shard, ShardTask.Done> {
  private static final long serialVersionUID = 1L;
  private static final int BATCH = 8; // more are no faster

  private final Broadcast<EncoderShipment> encoder;
  private final FeatureCache.Kind kind;
  private final List<Augmentation> variants;
  private final long seed;
  private final String out;

  /**
   * Pictures that are encoded by one task.
   *
   * @param name of the shard
   * @param pictures in their order
   */
  record Shard(String name, List<HadoopFiles.Picture> pictures) implements Serializable {}

  /**
   * What became of a shard.
   *
   * @param rows pictures encoded
   * @param problems why others were not
   */
  record Done(int rows, List<String> problems) implements Serializable {}

  /** Pictures that are encoded together. */
  private record Batch(List<String> hashes, List<String> names, List<Pixels> pixels) {}

  ShardTask(
      Broadcast<EncoderShipment> encoder,
      FeatureCache.Kind kind,
      List<Augmentation> variants,
      long seed,
      String out) {
    this.encoder = encoder;
    this.kind = kind;
    this.variants = variants;
    this.seed = seed;
    this.out = out;
  }

  @Override
  public Done call(Shard shard) throws IOException {
    List<RowEncoder> encoders =
        FeaturesJob.encoders(encoder.value().encoder(), kind, variants, seed);
    Path folder = Files.createTempDirectory("caption4j-shard");
    try {
      List<ShardWriter> writers = new ArrayList<>();
      for (RowEncoder rows : encoders) {
        Path own = Files.createDirectory(folder.resolve(String.valueOf(writers.size())));
        writers.add(ShardWriter.create(own, shard.name(), rows));
      }
      List<String> problems = encode(shard, writers);
      writers.forEach(ShardWriter::close);
      Configuration configuration = HadoopFiles.configuration();
      for (int v = 0; v < writers.size(); v++) {
        String target = out + "/" + ShardWriter.folder(encoders.get(v)) + "/";
        // The index last: with it the shard counts.
        for (String name :
            List.of(ShardWriter.features(shard.name()), ShardWriter.index(shard.name()))) {
          HadoopFiles.put(
              folder.resolve(String.valueOf(v)).resolve(name), target + name, configuration);
        }
      }
      return new Done(writers.get(0).rows(), problems);
    } finally {
      delete(folder);
    }
  }

  private static List<String> encode(Shard shard, List<ShardWriter> writers) {
    Configuration configuration = HadoopFiles.configuration();
    ImageLoader loader = new ImageLoader();
    List<String> problems = new ArrayList<>();
    for (int from = 0; from < shard.pictures().size(); from += BATCH) {
      int to = Math.min(shard.pictures().size(), from + BATCH);
      Batch batch = new Batch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
      for (HadoopFiles.Picture picture : shard.pictures().subList(from, to)) {
        try {
          byte[] bytes = HadoopFiles.read(picture.uri(), configuration);
          batch.pixels.add(loader.load(bytes, picture.uri()));
          batch.hashes.add(Sha256.hex(bytes));
          batch.names.add(picture.uri().substring(picture.uri().lastIndexOf('/') + 1));
        } catch (ImageException e) {
          problems.add(e.getMessage());
        }
      }
      if (!batch.pixels.isEmpty()) {
        writers.forEach(writer -> writer.append(batch.hashes, batch.names, batch.pixels));
      }
    }
    return problems;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
