package io.caption4j.encoder;

import io.caption4j.data.FileErrors;
import io.caption4j.data.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes a shard of a {@link FeatureCache}: NAME.npy and NAME.txt, which belong into the folder
 * that {@link #folder} names. The index is written when the shard is closed; a shard without one
 * does not count.
 */
public final class ShardWriter implements AutoCloseable {
  private static final String INDEX_SUFFIX = ".txt";

  private final RowEncoder encoder;
  private final Path index;
  private final NpyWriter features;
  private final List<String> lines = new ArrayList<>();

  private ShardWriter(RowEncoder encoder, Path index, NpyWriter features) {
    this.encoder = encoder;
    this.index = index;
    this.features = features;
  }

  /**
   * Begins one.
   *
   * @param folder where both files are written
   * @param name of the shard
   * @param encoder makes the rows
   * @throws EncoderException if it cannot be written
   */
  public static ShardWriter create(Path folder, String name, RowEncoder encoder) {
    return new ShardWriter(
        encoder,
        folder.resolve(index(name)),
        NpyWriter.create(folder.resolve(features(name)), Npy.Type.FLOAT16, encoder.rowShape()));
  }

  /** The folder of an encoder's shards, below the one where caches lie. */
  public static String folder(RowEncoder encoder) {
    return FeatureCache.name(encoder) + "/" + FeatureShards.FOLDER;
  }

  /** The name of a shard's file of features. */
  public static String features(String name) {
    return name + ".npy";
  }

  /** The name of a shard's index. */
  public static String index(String name) {
    return name + INDEX_SUFFIX;
  }

  /** The shard whose index a file of this name is, if it is one. */
  public static Optional<String> shard(String file) {
    return file.endsWith(INDEX_SUFFIX)
        ? Optional.of(file.substring(0, file.length() - INDEX_SUFFIX.length()))
        : Optional.empty();
  }

  /**
   * Encodes pictures and appends their rows.
   *
   * @param hashes SHA-256 of the pictures' files, 64 hex digits
   * @param names of the files, for human readers
   * @param pictures at least one, as many
   */
  public void append(List<String> hashes, List<String> names, List<Pixels> pictures) {
    features.append(encoder.encode(pictures.stream().map(encoder::resize).toList()));
    for (int i = 0; i < hashes.size(); i++) {
      lines.add(CacheIndex.line(hashes.get(i), names.get(i)));
    }
  }

  /** Rows so far. */
  public int rows() {
    return lines.size();
  }

  /** Ends both files. */
  @Override
  public void close() {
    features.close();
    try {
      Files.writeString(index, String.join("", lines), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new EncoderException(
          "%s: cannot be written (%s).".formatted(index, FileErrors.reason(e)), e);
    }
  }
}
