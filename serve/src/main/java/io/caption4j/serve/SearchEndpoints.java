package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Finds pictures of a folder by words. */
final class SearchEndpoints {
  /** The path of pictures, up to their id. */
  static final String IMAGES = "/v1/search/images/";

  private static final int MOST = 100;
  private static final int USUAL = 20;
  private static final Parameter WORDS =
      Parameter.text("q", AlignEndpoints.LONGEST, "What the pictures shall show.").mandatory();
  private static final Parameter TOP = Parameter.whole("top", 1, MOST, "Pictures answered.");
  private static final Parameter ID =
      Parameter.inPath("id", FolderSearch.ID_FORM, "Of a picture, as /v1/search answers it.");

  private final Services services;
  private final Intake intake;
  private final PictureQueue queue;
  private final Thumbnails thumbnails = new Thumbnails();
  private final Semaphore searches = new Semaphore(1, true); // each uses all processors

  SearchEndpoints(Services services, Intake intake, PictureQueue queue) {
    this.services = services;
    this.intake = intake;
    this.queue = queue;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.get("/v1/search", "Pictures of the service's folder by words", this::search)
            .query(WORDS, TOP)
            .fails(404)
            .answers(SearchAnswer.class),
        Endpoint.get(IMAGES + "{id}", "A picture that was found, made small", this::image)
            .query(ID)
            .fails(404)
            .answers(200, Thumbnails.TYPE, OpenApiDocument.Bytes.class));
  }

  private FolderSearch folder() {
    return services
        .search()
        .orElseThrow(
            () ->
                RequestException.notHere(
                    "This service has no folder to search.",
                    "A service that is started with --search-images DIR."));
  }

  private void search(Context context) {
    FolderSearch folder = folder();
    String words = WORDS.textOf(context).orElseThrow(WORDS::missing);
    int top = TOP.wholeOf(context).orElse(USUAL);
    AlignService.Sentence sentence = AlignEndpoints.read(services.alignment().orElseThrow(), words);
    queue.admit(1);
    try {
      intake.patience(context).acquire(searches);
      try {
        Json.answer(context, 200, folder.search(sentence, top));
      } finally {
        searches.release();
      }
    } finally {
      queue.leave(1);
    }
  }

  private void image(Context context) {
    byte[] small =
        folder()
            .file(context.pathParam("id"))
            .flatMap(file -> thumbnails.of(file, intake.patience(context)))
            .orElseThrow(
                () ->
                    RequestException.notHere(
                        "There is no picture with this id.", "An id that /v1/search answers."));
    context
        .header("Cache-Control", "private, max-age=3600")
        .contentType(Thumbnails.TYPE)
        .result(small);
  }
}
