package io.caption4j.serve;

import io.caption4j.data.Pixels;
import java.util.List;

/** Captions of a picture, best first. */
record CaptionsTask(CaptionService service, CaptionOptions options)
    implements PictureTask<Pixels, List<ServedCaption>> {
  // Objects round the numbers, as 64-bit Java has them.
  private static final int CAPTION_BYTES = 256;
  private static final int WORD_BYTES = 100;

  @Override
  public Pixels shrink(Pixels whole) {
    return service.shrink(whole);
  }

  @Override
  public List<List<ServedCaption>> run(List<Pixels> pictures) {
    return service.caption(pictures, options);
  }

  @Override
  public long bytes(List<ServedCaption> captions) {
    long bytes = 0;
    for (ServedCaption served : captions) {
      bytes += CAPTION_BYTES + (long) WORD_BYTES * served.caption().words().size();
      for (float[] weights : served.attention()) {
        bytes += (long) Float.BYTES * weights.length;
      }
    }
    return bytes;
  }
}
