package io.caption4j.serve;

import io.caption4j.encoder.detect.DetectionSettings;
import io.javalin.http.Context;
import java.util.List;

/** What is where in a picture. */
final class ObjectsEndpoints {
  private static final Parameter THRESHOLD =
      Parameter.number(
          "threshold",
          0,
          1,
          "Lowest score of an object; %s without it.".formatted(DetectionSettings.USUAL_THRESHOLD));
  private static final Parameter MOST =
      Parameter.whole("most", 1, DetectionSettings.MOST, "Objects answered, the surest ones.");

  private final Services services;
  private final Intake intake;

  ObjectsEndpoints(Services services, Intake intake) {
    this.services = services;
    this.intake = intake;
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/objects", "The objects of a picture and their boxes", this::objects)
            .query(THRESHOLD, MOST)
            .takes(Endpoint.Body.ONE_PICTURE)
            .fails(404)
            .answers(ObjectsAnswer.class));
  }

  private void objects(Context context) {
    SharedDetector detector =
        services
            .detector()
            .orElseThrow(
                () ->
                    RequestException.notHere(
                        "This service has no detector.",
                        "A service that is started without --detector none."));
    DetectionSettings usual = DetectionSettings.USUAL;
    DetectionSettings settings =
        new DetectionSettings(
            THRESHOLD.numberOf(context).orElse(usual.threshold()),
            MOST.wholeOf(context).orElse(usual.most()));
    ObjectsTask.Found found =
        intake.one(
            context,
            (upload, memory) -> {
              byte[] picture = upload.captioned(context.req(), memory).picture();
              detector.open(); // here, as whoever decodes a picture keeps others from it
              return picture;
            },
            new ObjectsTask(detector, settings));
    Json.answer(context, 200, ObjectsAnswer.of(detector.name(), found));
  }
}
