package io.caption4j.encoder;

import io.caption4j.data.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.zip.Adler32;

/**
 * Downloads a file of weights. What has come lies in {@code <file>.part} and is gone on with by the
 * next try or the next run; the file gets its name only once its checksum is right. A server that
 * is silent for too long is given up.
 */
final class WeightsDownload {
  private static final int TRIES = 3;
  private static final int BUFFER_BYTES = 1 << 16;

  private final String encoder;
  private final URI address;
  private final long adler32;
  private final Duration patience;
  private final Progress progress;

  /**
   * Makes one.
   *
   * @param encoder what messages and progress call it
   * @param address of the file
   * @param adler32 its checksum
   * @param patience longest silence of the server, when connecting and between two bytes
   */
  WeightsDownload(String encoder, URI address, long adler32, Duration patience, Progress progress) {
    this.encoder = encoder;
    this.address = address;
    this.adler32 = adler32;
    this.patience = patience;
    this.progress = progress;
  }

  /**
   * Downloads to a file, whose folder is made if need be.
   *
   * @throws EncoderException if it cannot be had; the message says how to get on without the host
   */
  void to(Path file) {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      try (FileChannel target =
          FileChannel.open(
              part, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        lock(target, part);
        fetch(target);
        if (checksum(target) != adler32) {
          target.truncate(0);
          throw failed(
              "what came from it has another checksum than the Zoo's %d".formatted(adler32), null);
        }
        target.force(true);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw failed(e.getClass().getSimpleName() + ": " + e.getMessage(), e);
    }
  }

  private void fetch(FileChannel target) throws IOException {
    for (int trial = 1; ; trial++) {
      long before = target.size();
      try {
        fetchRest(target);
        return;
      } catch (IOException e) {
        // One that brought something was worth it.
        trial = target.size() > before ? 1 : trial;
        if (trial >= TRIES) {
          throw e;
        }
      }
    }
  }

  private void fetchRest(FileChannel target) throws IOException {
    long have = target.size();
    URL url = address.toURL();
    URLConnection opened = url.openConnection();
    opened.setConnectTimeout((int) patience.toMillis());
    opened.setReadTimeout((int) patience.toMillis());
    opened.setUseCaches(false);
    if (have > 0) {
      opened.setRequestProperty("Range", "bytes=" + have + "-");
    }
    if (opened instanceof HttpURLConnection http) {
      int status = http.getResponseCode();
      if (status == 416) { // nothing is left, as the checksum will show
        return;
      }
      if (status / 100 == 4) {
        throw failed("it answered %d".formatted(status), null); // no use to ask again
      }
      if (status != HttpURLConnection.HTTP_OK && status != HttpURLConnection.HTTP_PARTIAL) {
        throw new IOException("it answered %d".formatted(status));
      }
      if (status == HttpURLConnection.HTTP_OK) {
        have = 0; // it sends all of it, whatever we have
      }
    } else {
      have = 0; // file: addresses
    }
    long expected = opened.getContentLengthLong();
    target.truncate(have).position(have);
    try (InputStream in = opened.getInputStream()) {
      copy(in, target, expected < 0 ? -1 : have + expected);
    }
  }

  private void copy(InputStream in, FileChannel target, long total) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    for (int read; (read = in.read(buffer)) >= 0; ) {
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
      while (bytes.hasRemaining()) {
        target.write(bytes);
      }
      long done = target.position();
      progress.update(
          "downloading " + encoder,
          done,
          Math.max(done, total),
          String.format(
              Locale.ROOT,
              "%,d of %s MB",
              done >> 20,
              total < 0 ? "?" : String.format(Locale.ROOT, "%,d", total >> 20)));
    }
    if (total >= 0 && target.position() < total) {
      throw new IOException(
          String.format(Locale.ROOT, "it ended after %,d of %,d bytes", target.position(), total));
    }
  }

  private static long checksum(FileChannel file) throws IOException {
    Adler32 adler = new Adler32();
    ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    file.position(0);
    while (file.read(buffer.clear()) >= 0) {
      adler.update(buffer.flip());
    }
    return adler.getValue();
  }

  /** Keeps others out until the channel is closed. */
  private void lock(FileChannel channel, Path part) throws IOException {
    boolean ours;
    try {
      ours = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      ours = false; // held by this very process
    }
    if (!ours) {
      throw new EncoderException(
          "The weights of %s are being downloaded by another run (%s); wait for it to end."
              .formatted(encoder, part));
    }
  }

  private EncoderException failed(String found, Exception cause) {
    return new EncoderException(
        "The weights of %s cannot be had from %s (%s). Get %s elsewhere and name it with --encoder-weights, or name a mirror with --encoder-mirror; efficientnet-lite0 needs no download."
            .formatted(encoder, address, found, Path.of(address.getPath()).getFileName()),
        cause);
  }
}
