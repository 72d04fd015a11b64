package io.caption4j.image;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A WebP (RFC 9649), lossy or lossless, with or without alpha; of an animation the first frame on
 * its canvas.
 *
 * @param container its chunks
 * @param width of the canvas
 * @param height of the canvas
 * @param frame the picture, or the first of an animation; null if there is none
 */
record WebpPicture(WebpContainer container, int width, int height, WebpFrame frame)
    implements EncodedPicture {
  static WebpPicture of(byte[] encoded) throws IOException {
    WebpContainer container = WebpContainer.of(encoded);
    WebpFrame frame = container.frame();
    if (container.extended() < 0) {
      if (frame == null) {
        throw new IOException("it has no picture");
      }
      return new WebpPicture(container, frame.width(), frame.height(), frame);
    }
    int at = container.extended();
    int width = 1 + WebpContainer.threeBytes(encoded, at + 4);
    int height = 1 + WebpContainer.threeBytes(encoded, at + 7);
    if (frame != null && !frame.fits(width, height)) {
      throw new IOException(
          "its %s of %d x %d pixels does not fit its canvas of %d x %d"
              .formatted(
                  container.animated() ? "first frame" : "picture",
                  frame.width(),
                  frame.height(),
                  width,
                  height));
    }
    return new WebpPicture(container, width, height, frame);
  }

  @Override
  public PictureFormat format() {
    return PictureFormat.WEBP;
  }

  @Override
  public int orientation() {
    return container.orientation();
  }

  @Override
  public boolean complete() {
    return container.complete();
  }

  @Override
  public Bitmap decode() throws IOException {
    if (frame == null) {
      throw new IOException("it has no picture");
    }
    byte[] encoded = container.encoded();
    WebpImage image = frame.decode(encoded);
    Optional<ColourProfile> profile = ColourProfile.of(container.profile());
    Bitmap rgb = profile.map(found -> found.rgb(image.rgb())).orElse(image.rgb());
    Bitmap flat = image.alpha() == null ? rgb : PngColours.onWhite(rgb, image.alpha());
    return flat.width() == width && flat.height() == height ? flat : onCanvas(flat);
  }

  private Bitmap onCanvas(Bitmap picture) {
    byte[] rgb = Bitmap.bytes(width, height);
    Arrays.fill(rgb, (byte) 255);
    for (int y = 0; y < picture.height(); y++) {
      int to = 3 * ((frame.top() + y) * width + frame.left());
      System.arraycopy(picture.rgb(), 3 * y * picture.width(), rgb, to, 3 * picture.width());
    }
    return new Bitmap(width, height, rgb);
  }
}
