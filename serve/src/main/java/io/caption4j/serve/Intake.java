package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * What every endpoint does that takes pictures: read the upload within its memory, then have it
 * worked on while the client is there.
 */
final class Intake {
  /** Takes something out of a request. */
  interface Reader<T> {
    T read(Upload upload, UploadMemory.Share memory);
  }

  /** What is done with an upload that has come. */
  interface Work<T> {
    void on(T upload, Patience patience);
  }

  private final PictureDesk desk;
  private final ServeSettings settings;
  private final UploadMemory memory;
  private final Upload upload;
  private final Metrics metrics;

  Intake(PictureDesk desk, ServeSettings settings, UploadMemory memory, Metrics metrics) {
    this.desk = desk;
    this.settings = settings;
    this.memory = memory;
    this.upload = new Upload(settings.limits());
    this.metrics = metrics;
  }

  /** What a task tells of a request's one picture. */
  <R> R one(Context context, Reader<byte[]> reader, PictureTask<?, R> task) {
    List<R> told = new ArrayList<>();
    handle(context, reader, (picture, patience) -> told.add(one(picture, task, patience)));
    return told.get(0);
  }

  /**
   * What a task tells of a picture that has come.
   *
   * @throws io.caption4j.data.ImageException if it is none that can be read
   */
  <R> R one(byte[] picture, PictureTask<?, R> task, Patience patience) {
    List<PictureDesk.Outcome<R>> outcomes = new ArrayList<>();
    desk.work(List.of(picture), task, patience, outcomes::add);
    return outcomes.get(0).orThrow();
  }

  /**
   * What a task tells of a request's pictures.
   *
   * @param listener hears of each in their order
   * @return how many there were
   */
  <R> int all(
      Context context,
      Reader<List<byte[]>> reader,
      PictureTask<?, R> task,
      Consumer<PictureDesk.Outcome<R>> listener) {
    int[] count = new int[1];
    handle(
        context,
        reader,
        (pictures, patience) -> {
          desk.work(pictures, task, patience, listener);
          count[0] = pictures.size();
        });
    return count[0];
  }

  /** Reads an upload and works on it. */
  <T> void handle(Context context, Reader<T> reader, Work<T> work) {
    try (UploadMemory.Share share = memory.share()) {
      T read = reader.read(upload, share);
      work.on(read, patience(context));
    }
  }

  /** How long a request whose body has come may wait. */
  Patience patience(Context context) {
    ServletContextRequest request = ServletContextRequest.getServletContextRequest(context.req());
    ClientConnection client = new ClientConnection(request, request.getServletContextResponse());
    return new Patience(settings.limits().deadline(), client::gone, metrics);
  }
}
