package io.caption4j.cluster;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;

/**
 * Reads the pictures of a task and works on them, a group at a time, as the results are asked for.
 *
 * @param <R> the result for a picture
 */
final class PictureGroups<R> implements Iterator<R> {
  /**
   * A picture that was read.
   *
   * @param path where it lies, or what it is called
   * @param pixels as small as the work needs; null if it cannot be read
   * @param width of the upright original, in pixels
   * @param height of it
   * @param error why it cannot be read; or null
   */
  record Read(String path, Pixels pixels, int width, int height, String error) {}

  private final Iterator<PictureSource> sources;
  private final int size;
  private final UnaryOperator<Pixels> shrink;
  private final Function<List<Read>, List<R>> work;
  private final ImageLoader loader = new ImageLoader();
  private final Configuration configuration = HadoopFiles.configuration();
  private Iterator<R> group = List.<R>of().iterator();

  /**
   * Makes one.
   *
   * @param size of a group
   * @param work gives a result for each picture of a group, in their order
   */
  PictureGroups(
      Iterator<PictureSource> sources,
      int size,
      UnaryOperator<Pixels> shrink,
      Function<List<Read>, List<R>> work) {
    this.sources = sources;
    this.size = size;
    this.shrink = shrink;
    this.work = work;
  }

  @Override
  public boolean hasNext() {
    return group.hasNext() || sources.hasNext();
  }

  @Override
  public R next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (!group.hasNext()) {
      List<Read> read = new ArrayList<>();
      while (read.size() < size && sources.hasNext()) {
        read.add(read(sources.next()));
      }
      group = work.apply(read).iterator();
    }
    return group.next();
  }

  private Read read(PictureSource source) {
    try {
      Pixels whole = loader.load(source.bytes(configuration), source.path());
      return new Read(source.path(), shrink.apply(whole), whole.width(), whole.height(), null);
    } catch (ImageException e) {
      return new Read(source.path(), null, 0, 0, e.getMessage());
    }
  }

  /** The pictures of a group that could be read. */
  static List<Pixels> readable(List<Read> group) {
    return group.stream().filter(read -> read.error() == null).map(Read::pixels).toList();
  }
}
