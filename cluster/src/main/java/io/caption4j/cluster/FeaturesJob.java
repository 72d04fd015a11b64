package io.caption4j.cluster;

import io.caption4j.data.Augmentation;
import io.caption4j.data.Caption4jException;
import io.caption4j.data.FileErrors;
import io.caption4j.data.Progress;
import io.caption4j.data.Sha256;
import io.caption4j.encoder.AugmentedEncoder;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.EncoderSpec;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.FeatureCache;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.RowEncoder;
import io.caption4j.encoder.ShardWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Encodes the pictures of a folder, shard by shard, into the layout of a feature cache, which
 * training reads as it is. A shard that is there is not made again: a job that was stopped goes on
 * where it was, and a lost executor costs the shards that it was at.
 *
 * @param images folder of the pictures
 * @param out where caches lie
 * @param encoder which encoder
 * @param engine what runs it
 * @param kind grids or their means
 * @param variants of the pictures, the picture as it is first
 * @param seed of the variants' crops
 * @param picturesAShard 1 or more
 */
record FeaturesJob(
    String images,
    String out,
    EncoderSpec encoder,
    EncoderEngine engine,
    FeatureCache.Kind kind,
    List<Augmentation> variants,
    long seed,
    int picturesAShard) {
  private static final int HASH_DIGITS = 12;

  /**
   * What became of the pictures.
   *
   * @param pictures found
   * @param rows encoded now
   * @param kept pictures of shards that were there
   * @param problems why pictures have no features, one line each
   */
  record Result(int pictures, long rows, long kept, List<String> problems) {}

  /**
   * Runs it.
   *
   * @throws Caption4jException if there are no pictures, or nothing can be written
   */
  Result run(JavaSparkContext context, Progress progress) {
    List<HadoopFiles.Picture> pictures = HadoopFiles.pictures(images);
    PackedEncoder packed = Encoders.pack(encoder, progress);
    EncoderShipment shipment;
    List<String> folders;
    try (ImageEncoder open = packed.open(engine)) {
      shipment = EncoderShipment.of(packed, open, engine);
      folders = folders(open, kind, variants, seed);
    }
    List<ShardTask.Shard> todo = new ArrayList<>();
    Configuration configuration = HadoopFiles.configuration();
    long kept = 0;
    try {
      for (int from = 0; from < pictures.size(); from += picturesAShard) {
        ShardTask.Shard shard =
            shard(pictures.subList(from, Math.min(pictures.size(), from + picturesAShard)), from);
        if (isThere(shard, folders, configuration)) {
          kept += shard.pictures().size();
        } else {
          todo.add(shard);
        }
      }
    } catch (IOException e) {
      throw new Caption4jException(
          "Cannot look into " + out + ": " + FileErrors.reason(e) + ".", e);
    }
    if (todo.isEmpty()) {
      return new Result(pictures.size(), 0, kept, List.of());
    }
    ShardTask task =
        new ShardTask(context.broadcast(shipment), kind, List.copyOf(variants), seed, out);
    long start = System.nanoTime();
    List<ShardTask.Done> done =
        Session.await(
            context,
            context.parallelize(todo, todo.size()).map(task).collectAsync(),
            "encoding",
            todo.size(),
            shards ->
                String.format(
                    Locale.ROOT,
                    "%.0f pictures/s",
                    (double) shards * picturesAShard / ((System.nanoTime() - start) / 1e9)),
            progress);
    return new Result(
        pictures.size(),
        done.stream().mapToLong(ShardTask.Done::rows).sum(),
        kept,
        done.stream().flatMap(d -> d.problems().stream()).toList());
  }

  /** The folders of the variants' shards, below the one where caches lie. */
  static List<String> folders(
      ImageEncoder encoder, FeatureCache.Kind kind, List<Augmentation> variants, long seed) {
    return encoders(encoder, kind, variants, seed).stream().map(ShardWriter::folder).toList();
  }

  /** One encoder a variant; they share the network. */
  static List<RowEncoder> encoders(
      ImageEncoder encoder, FeatureCache.Kind kind, List<Augmentation> variants, long seed) {
    return variants.stream()
        .map(variant -> RowEncoder.of(AugmentedEncoder.of(encoder, variant, seed), kind))
        .toList();
  }

  /** Named by its pictures, so that a shard of others is not taken for it. */
  private static ShardTask.Shard shard(List<HadoopFiles.Picture> pictures, int first) {
    String text =
        pictures.stream().map(p -> p.uri() + " " + p.bytes()).collect(Collectors.joining("\n"));
    String hash = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    return new ShardTask.Shard(
        "%09d-%s".formatted(first, hash.substring(0, HASH_DIGITS)), List.copyOf(pictures));
  }

  private boolean isThere(ShardTask.Shard shard, List<String> folders, Configuration configuration)
      throws IOException {
    for (String folder : folders) {
      String index = out + "/" + folder + "/" + ShardWriter.index(shard.name());
      if (!HadoopFiles.exists(index, configuration)) {
        return false;
      }
    }
    return true;
  }
}
