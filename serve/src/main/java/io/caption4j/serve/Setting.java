package io.caption4j.serve;

import io.caption4j.decoder.Search;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be set about the service, by an option, an environment variable or a line of a file: the
 * names, defaults and descriptions of all three are made from this list alone.
 */
public enum Setting {
  /** The file that other settings come from. */
  CONFIG("FILE", "", "A file of settings, one 'name = value' a line, named as these options."),
  /** Where to listen. */
  HOST(
      "NAME",
      "127.0.0.1",
      "Where to listen. 127.0.0.1 is this machine alone; 0.0.0.0 is everywhere."),
  /** The port, 0 for any. */
  PORT("N", "5000", "The port, 0 for any that is free."),
  /** The model file. */
  MODEL("FILE", "", "The model file (.c4j), as 'train' writes it; empty for the bundled model."),
  /** What runs the encoder. */
  ENGINE(
      "auto|onnx|dl4j",
      "auto",
      "What runs the encoder: ONNX Runtime, DL4J, or the faster that runs here."),
  /** The detector of objects. */
  DETECTOR(
      "onnx:FILE|none",
      "",
      "The detector of /v1/objects, onnx:FILE.onnx with --classes; empty for the bundled one, none to do without."),
  /** The names of its classes. */
  CLASSES(
      "FILE",
      "",
      "The names of the classes of --detector: an id, a tab and a name a line, or a name a line."),
  /** The alignment model file. */
  ALIGN_MODEL(
      "FILE|none",
      "",
      "The alignment model (.c4a), as 'align train' writes it; empty for the bundled one, none to do without."),
  /** The folder to search. */
  SEARCH_IMAGES(
      "DIR", "", "A folder whose pictures /v1/search and the page find by words; empty for none."),
  /** Where the index lies. */
  SEARCH_INDEX(
      "DIR",
      "",
      "Where what the search needs of the pictures is kept; empty for the user's cache folder."),
  /** Beam width where a request names none. */
  BEAM(
      "N",
      "" + Search.DEFAULT_BEAM,
      "Sentences kept at each word where a request does not say, 1 to 10."),
  /** Caption length where a request names none. */
  MAX_LENGTH("N", "20", "Most words of a caption where a request does not say, 1 to 100."),
  /** Length penalty where a request names none. */
  LENGTH_PENALTY("X", "1", "Captions are ranked by log-probability / (words + 1)^X, 0 to 2."),
  /** The largest body. */
  MAX_REQUEST("MB", "16", "The largest request in megabytes, 1 to 1000."),
  /** The largest picture file. */
  MAX_PICTURE("MB", "16", "The largest picture file in megabytes, 1 to 1000."),
  /** The largest claimed size. */
  MAX_PIXELS(
      "N", "50", "The largest picture in millions of pixels, 1 to 700; told before it is decoded."),
  /** Pictures of one request. */
  MAX_PICTURES("N", "16", "Most pictures of a request to /v1/captions, 1 to 1000."),
  /** Memory of uploads. */
  UPLOAD_MEMORY("MB", "256", "Memory that the uploads under way may take together, in megabytes."),
  /** Connections at a time. */
  MAX_CONNECTIONS(
      "N", "1000", "Connections at a time, 1 to 100000; more wait in the system's queue."),
  /** Time for a body. */
  BODY_TIMEOUT("SECONDS", "30", "Within this time a request's body must have come, 1 to 3600."),
  /** Time for an answer. */
  DEADLINE(
      "SECONDS",
      "30",
      "Within this time after its body a request is answered, else 503; 0.001 to 3600."),
  /** Pictures in the house. */
  QUEUE("N", "256", "Pictures waiting or worked on, 1 to 100000; with more the answer is 503."),
  /** Pictures worked on together. */
  BATCH("N", "32", "Pictures that are captioned together where several wait, 1 to 128."),
  /** How long to wait for such. */
  BATCH_WAIT("MS", "5", "Milliseconds that a picture waits for others on their way, 0 to 1000."),
  /** Threads of the model. */
  WORKERS("N", "2", "Batches worked on at the same time, 1 to 64."),
  /** Answers kept. */
  CACHE(
      "N",
      "1000",
      "Answers kept for pictures that come again, 0 for none, to 1000000; one over 64 KB counts as several."),
  /** Threads of requests. */
  VIRTUAL_THREADS(
      "auto|off", "auto", "Virtual threads for requests where this Java has them (21 or later)."),
  /** Pages of other origins. */
  CORS(
      "ORIGINS",
      "",
      "Origins whose pages may use the service, such as https://example.org, comma-separated."),
  /** The key. */
  API_KEY(
      "KEY",
      "",
      "The key that requests must have (X-API-Key or Authorization: Bearer); empty for none."),
  /** Certificate and key. */
  TLS_KEYSTORE("FILE", "", "A PKCS #12 file with certificate and key: answers by https alone."),
  /** Its password. */
  TLS_PASSWORD("PASSWORD", "", "The password of --tls-keystore."),
  /** Log of requests. */
  ACCESS_LOG("on|off", "on", "A line of JSON on stderr for each request."),
  /** Time before a stop. */
  STOP_DELAY("SECONDS", "0.5", "On a stop, how long to be not ready but answer still, 0 to 3600."),
  /** Time for a stop. */
  STOP_TIMEOUT(
      "SECONDS", "30", "On a stop, how long requests that have begun may take, 0 to 3600.");

  private static final String ENVIRONMENT = "CAPTION4J_";

  private final String label;
  private final String initial;
  private final String description;

  Setting(String label, String initial, String description) {
    this.label = label;
    this.initial = initial;
    this.description = description;
  }

  /** The setting of a key, such as {@code max-request}. */
  static Optional<Setting> of(String key) {
    return Arrays.stream(values()).filter(s -> s.key().equals(key)).findFirst();
  }

  /** Its name in a file, such as {@code max-request}; the option has two dashes before it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its environment variable, such as {@code CAPTION4J_MAX_REQUEST}. */
  public String variable() {
    return ENVIRONMENT + name();
  }

  /** What its value is called in the help. */
  public String label() {
    return label;
  }

  /** The value where nothing is set; may be empty. */
  public String initial() {
    return initial;
  }

  /** What it does, in a sentence or two. */
  public String description() {
    return description;
  }

  /** Whether its value is never shown. */
  public boolean secret() {
    return this == API_KEY || this == TLS_PASSWORD;
  }
}
