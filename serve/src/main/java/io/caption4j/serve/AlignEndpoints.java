package io.caption4j.serve;

import io.caption4j.align.AlignException;
import io.caption4j.align.Alignment;
import io.caption4j.align.RegionVectors;
import io.caption4j.align.WordChain;
import io.javalin.http.Context;
import java.util.List;
import java.util.Optional;

/** Where in a picture the words of a caption belong. */
final class AlignEndpoints {
  /** The longest sentence, in characters. */
  static final int LONGEST = 500;

  private static final Parameter CAPTION =
      Parameter.text(
          Upload.CAPTION,
          LONGEST,
          "A sentence about the picture; may be a field of the form too. Without it the model's own"
              + " caption is taken.");
  private static final Parameter BETA =
      Parameter.number(
          "beta",
          0,
          WordChain.MOST_BETA,
          "Reward of two neighbouring words for the same place: 0 gives each word its best one.");

  private final Services services;
  private final ServeSettings settings;
  private final Intake intake;

  AlignEndpoints(Services services, ServeSettings settings, Intake intake) {
    this.services = services;
    this.settings = settings;
    this.intake = intake;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/align", "Where in a picture the words of a caption belong", this::align)
            .query(CAPTION, BETA)
            .takes(Endpoint.Body.CAPTIONED_PICTURE)
            .fails(404)
            .answers(AlignAnswer.class));
  }

  /** Reads a sentence of a client's. */
  static AlignService.Sentence read(AlignService service, String text) {
    try {
      return service.sentence(text);
    } catch (AlignException e) {
      throw new RequestException(
          400, e.getMessage(), "A sentence with a word that the alignment model knows.");
    }
  }

  private void align(Context context) {
    AlignService service =
        services
            .alignment()
            .orElseThrow(
                () ->
                    RequestException.notHere(
                        "This service has no alignment model.",
                        "A service that is started with --align-model FILE."));
    double beta = BETA.numberOf(context).orElse(WordChain.USUAL_BETA);
    Optional<String> inQuery = CAPTION.textOf(context);
    intake.handle(
        context,
        (upload, memory) -> upload.captioned(context.req(), memory),
        (upload, patience) -> {
          Optional<String> given = inQuery.or(() -> upload.caption().map(CAPTION::checked));
          // A sentence that makes no sense is refused before the picture costs anything.
          Optional<AlignService.Sentence> read = given.map(text -> read(service, text));
          String caption = given.orElseGet(() -> said(upload.picture(), patience));
          RegionVectors regions = intake.one(upload.picture(), new RegionsTask(service), patience);
          AlignService.Sentence sentence = read.orElseGet(() -> read(service, caption));
          Alignment alignment = Alignment.of(regions, sentence.tokens(), sentence.words(), beta);
          Json.answer(context, 200, AlignAnswer.of(service.name(), caption, alignment));
        });
  }

  /** What the captioning model says; kept as the answer of other endpoints is. */
  private String said(byte[] picture, Patience patience) {
    CaptionsTask task = new CaptionsTask(services.captions(), CaptionOptions.of(settings.search()));
    return intake.one(picture, task, patience).stream()
        .findFirst()
        .map(served -> served.caption().text())
        .orElseThrow(
            () ->
                new RequestException(
                    400, "The model has no caption for the picture.", "A caption beside it."));
  }
}
