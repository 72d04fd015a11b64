package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.List;

/** IBM MAX's captioning interface, field for field. */
final class MaxEndpoints {
  private final CaptionService service;
  private final ServeSettings settings;
  private final Intake intake;

  MaxEndpoints(CaptionService service, ServeSettings settings, Intake intake) {
    this.service = service;
    this.settings = settings;
    this.intake = intake;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post(
                "/model/predict", "Captions of a picture, as IBM MAX answers them", this::predict)
            .takes(Endpoint.Body.FORM)
            .answers(Predictions.class),
        Endpoint.get("/model/metadata", "What the model is, as IBM MAX answers it", this::metadata)
            .answers(ModelFacts.class));
  }

  private void predict(Context context) {
    List<ServedCaption> captions =
        intake.one(
            context,
            (upload, memory) -> upload.field(context.req(), memory),
            new CaptionsTask(service, CaptionOptions.of(settings.search())));
    Json.answer(context, 200, Predictions.of(captions));
  }

  private void metadata(Context context) {
    Json.answer(context, 200, service.facts());
  }
}
