package io.caption4j.cluster;

import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Captions pictures, on an executor, a group at a time. */
final class CaptionTask implements FlatMapFunction<Iterator<PictureSource>, CaptionTask.Captioned> {
  private static final long serialVersionUID = 1L;
  private static final int GROUP = 32; // as many as caption searches together

  private final ModelShipment model;
  private final Search search;

  /** A caption and its log-probability. */
  record Found(String text, double logProbability) implements Serializable {}

  /**
   * A picture's captions.
   *
   * @param captions best first; none if it cannot be read
   * @param error why it cannot be read; or null
   */
  record Captioned(String path, List<Found> captions, String error) implements ResultTable.Result {}

  CaptionTask(ModelShipment model, Search search) {
    this.model = model;
    this.search = search;
  }

  @Override
  public Iterator<Captioned> call(Iterator<PictureSource> sources) {
    Captioner captioner = model.captioner();
    return new PictureGroups<>(
        sources, GROUP, captioner::resize, group -> captioned(captioner, group));
  }

  private List<Captioned> captioned(Captioner captioner, List<PictureGroups.Read> group) {
    Iterator<List<Caption>> found =
        captioner.captionAll(PictureGroups.readable(group), search).iterator();
    List<Captioned> captioned = new ArrayList<>();
    for (PictureGroups.Read read : group) {
      List<Found> captions =
          read.error() != null
              ? List.of()
              : found.next().stream().map(c -> new Found(c.text(), c.logProbability())).toList();
      captioned.add(new Captioned(read.path(), captions, read.error()));
    }
    return captioned;
  }
}
