package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.List;

/** IBM MAX's captioning interface, field for field. */
final class MaxEndpoints {
  private final CaptionService service;
  private final ServeSettings settings;
  private final Captioning captioning;

  MaxEndpoints(CaptionService service, ServeSettings settings, Captioning captioning) {
    this.service = service;
    this.settings = settings;
    this.captioning = captioning;
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
        captioning.one(
            context,
            (upload, memory) -> upload.field(context.req(), memory),
            CaptionOptions.of(settings.search()));
    Json.answer(context, 200, Predictions.of(captions));
  }

  private void metadata(Context context) {
    Json.answer(context, 200, service.facts());
  }
}
