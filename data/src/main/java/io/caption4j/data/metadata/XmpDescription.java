package io.caption4j.data.metadata;

import com.adobe.internal.xmp.XMPConst;
import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.adobe.internal.xmp.options.ParseOptions;
import com.adobe.internal.xmp.options.SerializeOptions;

/** {@code dc:description} of an XMP packet, a text in several languages. */
final class XmpDescription {
  private static final String NAME = "description";
  private static final int PADDING = 1024; // bytes, so that others can change it in place

  private XmpDescription() {}

  /**
   * The description, in any language; empty if there is none.
   *
   * @throws MetadataException if the packet is not well-formed
   */
  static String read(byte[] packet) {
    return read(parse(packet));
  }

  private static String read(XMPMeta meta) {
    try {
      int languages = meta.countArrayItems(XMPConst.NS_DC, NAME);
      for (int i = 1; i <= languages; i++) {
        String text = meta.getArrayItem(XMPConst.NS_DC, NAME, i).getValue();
        if (text != null && !text.isBlank()) {
          return text.strip();
        }
      }
      return "";
    } catch (XMPException e) {
      throw new MetadataException("its XMP cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * A packet with the description as its default text and all else as it was.
   *
   * @param packet null for a new one
   * @param most bytes that it may have
   * @throws MetadataException if the packet is not well-formed or there is no room
   */
  static byte[] put(byte[] packet, String text, int most) {
    XMPMeta meta = packet == null ? XMPMetaFactory.create() : parse(packet);
    try {
      meta.deleteProperty(XMPConst.NS_DC, NAME);
      meta.setLocalizedText(XMPConst.NS_DC, NAME, "", XMPConst.X_DEFAULT, text);
      byte[] padded = serialize(meta, PADDING);
      byte[] written = padded.length <= most ? padded : serialize(meta, 0);
      if (written.length > most) {
        throw new MetadataException("its XMP has no room for a description");
      }
      return written;
    } catch (XMPException e) {
      throw new MetadataException("its XMP cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private static byte[] serialize(XMPMeta meta, int padding) throws XMPException {
    SerializeOptions options = new SerializeOptions();
    options.setUseCompactFormat(true).setPadding(padding);
    return XMPMetaFactory.serializeToBuffer(meta, options);
  }

  private static XMPMeta parse(byte[] packet) {
    try {
      ParseOptions options = new ParseOptions();
      options.setDisallowDoctype(true); // no entities from elsewhere
      return XMPMetaFactory.parseFromBuffer(packet, options);
    } catch (XMPException | RuntimeException e) {
      throw new MetadataException("its XMP is not well-formed (" + e.getMessage() + ")", e);
    }
  }
}
