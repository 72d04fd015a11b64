package io.caption4j.data.metadata;

import com.adobe.internal.xmp.XMPConst;
import com.adobe.internal.xmp.XMPException;
import com.adobe.internal.xmp.XMPIterator;
import com.adobe.internal.xmp.XMPMeta;
import com.adobe.internal.xmp.XMPMetaFactory;
import com.adobe.internal.xmp.options.IteratorOptions;
import com.adobe.internal.xmp.options.ParseOptions;
import com.adobe.internal.xmp.options.SerializeOptions;
import com.adobe.internal.xmp.properties.XMPPropertyInfo;
import java.util.Arrays;

/**
 * {@code dc:description} of an XMP packet, a text in several languages. EXIF's text of older
 * programs, {@code tiff:ImageDescription}, is read too where there is no other.
 */
final class XmpDescription {
  private static final String NAME = "description";
  private static final String EXTENSION = "HasExtendedXMP";
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
      String text = leaf(meta, XMPConst.NS_DC, "dc:description");
      return text.isEmpty() ? leaf(meta, XMPConst.NS_TIFF, "tiff:ImageDescription") : text;
    } catch (XMPException e) {
      throw new MetadataException("its XMP cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * The first text of a property, be it one in several languages, a list or, as some programs write
   * it, a text alone. Asked for by its path, the library would give the one of dc for that of tiff.
   */
  private static String leaf(XMPMeta meta, String namespace, String path) throws XMPException {
    IteratorOptions options = new IteratorOptions().setJustLeafnodes(true).setOmitQualifiers(true);
    XMPIterator leaves = meta.iterator(namespace, null, options);
    while (leaves.hasNext()) {
      XMPPropertyInfo leaf = (XMPPropertyInfo) leaves.next();
      boolean ours = leaf.getPath() != null && leaf.getPath().matches(path + "(\\[.*)?");
      String text = ours && leaf.getValue() != null ? CameraFiller.without(leaf.getValue()) : "";
      if (!text.isEmpty()) {
        return text;
      }
    }
    return "";
  }

  /** The digest by which a JPEG's packet names the rest of it; empty if it has none. */
  static String extension(byte[] packet) {
    try {
      String digest = parse(packet).getPropertyString(XMPConst.NS_XMP_NOTE, EXTENSION);
      return digest == null ? "" : digest;
    } catch (XMPException e) {
      throw new MetadataException("its XMP cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * A packet with the description as its default text and all else as it was.
   *
   * @param packet null for a new one
   * @param most bytes that it may have
   * @param extension the digest of the rest of it; null to leave it as it is
   * @throws MetadataException if the packet is not well-formed or there is no room
   */
  static byte[] put(byte[] packet, String text, int most, String extension) {
    XMPMeta meta = packet == null ? XMPMetaFactory.create() : parse(packet);
    try {
      meta.deleteProperty(XMPConst.NS_DC, NAME);
      meta.setLocalizedText(XMPConst.NS_DC, NAME, "", XMPConst.X_DEFAULT, text);
      if (extension != null) {
        meta.setProperty(XMPConst.NS_XMP_NOTE, EXTENSION, extension);
      }
      byte[] padded = serialize(meta, new SerializeOptions().setPadding(PADDING));
      byte[] written =
          padded.length <= most ? padded : serialize(meta, new SerializeOptions().setPadding(0));
      if (written.length > most) {
        throw new MetadataException("its XMP has no room for a description");
      }
      return written;
    } catch (XMPException e) {
      throw new MetadataException("its XMP cannot be written (" + e.getMessage() + ")", e);
    }
  }

  /** The rest of a packet without a description. */
  static byte[] without(byte[] rest) {
    XMPMeta meta = parse(rest);
    try {
      meta.deleteProperty(XMPConst.NS_DC, NAME);
      return serialize(meta, new SerializeOptions().setOmitPacketWrapper(true));
    } catch (XMPException e) {
      throw new MetadataException("its XMP cannot be written (" + e.getMessage() + ")", e);
    }
  }

  private static byte[] serialize(XMPMeta meta, SerializeOptions options) throws XMPException {
    return XMPMetaFactory.serializeToBuffer(meta, options.setUseCompactFormat(true));
  }

  private static XMPMeta parse(byte[] packet) {
    int end = packet.length;
    while (end > 0 && packet[end - 1] == 0) { // some programs end it so
      end--;
    }
    try {
      ParseOptions options = new ParseOptions();
      options.setDisallowDoctype(true); // no entities from elsewhere
      options.setOmitNormalization(true); // what is of older rules stays so
      return XMPMetaFactory.parseFromBuffer(Arrays.copyOf(packet, end), options);
    } catch (XMPException | RuntimeException e) {
      throw new MetadataException("its XMP is not well-formed (" + e.getMessage() + ")", e);
    }
  }
}
