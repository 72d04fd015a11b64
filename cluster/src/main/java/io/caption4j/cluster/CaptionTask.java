package io.caption4j.cluster;

import io.caption4j.data.ImageException;
import io.caption4j.data.ImageLoader;
import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Captions pictures, on an executor, a group at a time. */
final class CaptionTask
    implements FlatMapFunction<Iterator<CaptionTask.Source>, CaptionTask.Captioned> {
  private static final long serialVersionUID = 1L;
  private static final int GROUP = 32; // as many as caption searches together

  private final ModelShipment model;
  private final Search search;

  /**
   * A picture to caption.
   *
   * @param path where it lies, or what it is called
   * @param content its bytes; null to read them from the path
   */
  record Source(String path, byte[] content) implements Serializable {}

  /** A caption and its log-probability. */
  record Found(String text, double logProbability) implements Serializable {}

  /**
   * A picture's captions.
   *
   * @param captions best first; none if it cannot be read
   * @param error why it cannot be read; or null
   */
  record Captioned(String path, List<Found> captions, String error) implements Serializable {}

  CaptionTask(ModelShipment model, Search search) {
    this.model = model;
    this.search = search;
  }

  @Override
  public Iterator<Captioned> call(Iterator<Source> sources) {
    Captioner captioner = model.captioner();
    Configuration configuration = HadoopFiles.configuration();
    return new Iterator<>() {
      private Iterator<Captioned> group = List.<Captioned>of().iterator();

      @Override
      public boolean hasNext() {
        return group.hasNext() || sources.hasNext();
      }

      @Override
      public Captioned next() {
        if (!group.hasNext()) {
          group = group(captioner, configuration, sources).iterator();
        }
        return group.next();
      }
    };
  }

  private List<Captioned> group(
      Captioner captioner, Configuration configuration, Iterator<Source> sources) {
    ImageLoader loader = new ImageLoader();
    List<String> paths = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    List<Pixels> readable = new ArrayList<>();
    while (paths.size() < GROUP && sources.hasNext()) {
      Source source = sources.next();
      paths.add(source.path());
      try {
        byte[] bytes =
            source.content() == null
                ? HadoopFiles.read(source.path(), configuration)
                : source.content();
        readable.add(captioner.resize(loader.load(bytes, source.path())));
        errors.add(null);
      } catch (ImageException e) {
        errors.add(e.getMessage());
      }
    }
    Iterator<List<Caption>> found = captioner.captionAll(readable, search).iterator();
    List<Captioned> captioned = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      List<Found> captions =
          errors.get(i) != null
              ? List.of()
              : found.next().stream().map(c -> new Found(c.text(), c.logProbability())).toList();
      captioned.add(new Captioned(paths.get(i), captions, errors.get(i)));
    }
    return captioned;
  }
}
