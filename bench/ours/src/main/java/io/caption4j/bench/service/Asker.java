package io.caption4j.bench.service;

import java.io.IOException;
import java.net.URI;
import java.util.function.Consumer;

/**
 * A client that asks for captions of one picture after another on a connection that it keeps as
 * long as the service lets it.
 */
final class Asker implements Crowd.Step {
  private static final String PATH = "/v1/captions?top=1";

  private final URI service;
  private final Uploads uploads;
  private final Tally tally;
  private final boolean patient;
  private final Consumer<String> answered;
  private Connection connection; // null until the first request, and after a close

  /**
   * Makes one.
   *
   * @param patient whether it stays away after a 503 as long as it is told
   * @param answered hears the id of each request that was answered whole
   */
  Asker(URI service, Uploads uploads, Tally tally, boolean patient, Consumer<String> answered) {
    this.service = service;
    this.uploads = uploads;
    this.tally = tally;
    this.patient = patient;
    this.answered = answered;
  }

  @Override
  public boolean once() throws IOException, InterruptedException {
    String id = Requests.id();
    byte[] request = Requests.post(PATH, Requests.BYTES, uploads.next(), "X-Request-Id: " + id);
    long begin = System.nanoTime();
    try {
      if (connection == null) {
        connection = Connection.to(service);
      }
    } catch (IOException e) {
      tally.count("refused");
      return false; // there is no service any more
    }
    Connection.Answer answer;
    try {
      answer = connection.exchange(request);
    } catch (IOException e) {
      tally.count("connections " + connection.fate());
      leave();
      return true;
    }
    answered.accept(id);
    tally.count("answers " + answer.status());
    if (answer.status() == 200) {
      tally.captioned((System.nanoTime() - begin) / 1e9);
    }
    if (answer.last()) {
      leave();
    }
    if (patient && answer.status() == 503) {
      if (answer.retryAfter() < 0) {
        tally.count("answers without Retry-After"); // counted as wrong
      }
      Thread.sleep(1000L * Math.max(1, answer.retryAfter()));
    }
    return true;
  }

  private void leave() throws IOException {
    connection.close();
    connection = null;
  }
}
