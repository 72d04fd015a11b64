package io.caption4j.align;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Caption;
import io.caption4j.decoder.Captioner;
import io.caption4j.decoder.Search;
import java.util.ArrayList;
import java.util.List;

/**
 * Says what is where in a picture: boxes are proposed, cut out and captioned each, and the surest
 * captions that differ are kept. The captioner's model should have been trained on such parts of
 * pictures and the snippets that belong to them (Karpathy and Fei-Fei 2015, section 3.2). Safe to
 * share between threads.
 */
public final class RegionCaptioner implements AutoCloseable {
  private final Captioner captioner;
  private final Search search;
  private final DistinctRegions distinct;

  /**
   * Makes one.
   *
   * @param captioner closed with it
   * @param search for captions; the best one of each part is taken
   * @param distinct picks what is said
   */
  public RegionCaptioner(Captioner captioner, Search search, DistinctRegions distinct) {
    this.captioner = captioner;
    this.search = search;
    this.distinct = distinct;
  }

  /**
   * What is where in a picture.
   *
   * @param proposer says which parts are looked at
   * @return the surest first; may be empty
   * @throws AlignException if a proposed box reaches out of the picture
   */
  public List<RegionCaption> caption(Pixels picture, RegionProposer proposer) {
    List<Box> boxes = proposer.propose(picture.width(), picture.height());
    List<Pixels> crops = boxes.stream().map(box -> box.of(picture)).toList();
    List<List<Caption>> found = captioner.captionAll(crops, search);
    List<RegionCaption> captions = new ArrayList<>();
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      found.get(i).stream().limit(1).forEach(c -> captions.add(new RegionCaption(box, c)));
    }
    return distinct.of(captions);
  }

  @Override
  public void close() {
    captioner.close();
  }
}
