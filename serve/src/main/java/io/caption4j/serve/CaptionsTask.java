package io.caption4j.serve;

import io.caption4j.data.Pixels;
import java.util.List;

/** Captions of a picture, best first. */
record CaptionsTask(CaptionService service, CaptionOptions options)
    implements PictureTask<Pixels, List<ServedCaption>> {
  @Override
  public Pixels shrink(Pixels whole) {
    return service.shrink(whole);
  }

  @Override
  public List<List<ServedCaption>> run(List<Pixels> pictures) {
    return service.caption(pictures, options);
  }
}
