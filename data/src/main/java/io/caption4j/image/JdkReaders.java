package io.caption4j.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/** The JDK's own decoders, by name, whatever plug-ins else are on the class path. */
enum JdkReaders {
  JPEG("com.sun.imageio.plugins.jpeg.JPEGImageReaderSpi"),
  PNG("com.sun.imageio.plugins.png.PNGImageReaderSpi");

  private final String className;
  private volatile ImageReaderSpi provider;

  JdkReaders(String className) {
    this.className = className;
  }

  /** A reader of its own for the caller, to be disposed of. */
  ImageReader reader() throws IOException {
    ImageReaderSpi found = provider;
    if (found == null) {
      found = find();
      provider = found;
    }
    return found.createReaderInstance();
  }

  private ImageReaderSpi find() throws IOException {
    try {
      Class<?> type = Class.forName(className, false, null);
      Object found = IIORegistry.getDefaultInstance().getServiceProviderByClass(type);
      if (found != null) {
        return (ImageReaderSpi) found;
      }
    } catch (ClassNotFoundException e) {
      throw new IOException("this Java has no decoder for it: " + className, e);
    }
    throw new IOException("this Java has no decoder for it: " + className);
  }
}
