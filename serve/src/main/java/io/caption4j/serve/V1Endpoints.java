package io.caption4j.serve;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** Our own interface: many pictures, search settings, attention, events. */
final class V1Endpoints {
  private final CaptionService service;
  private final Intake intake;
  private final OptionsReader options;
  private final ServiceFacts facts;

  V1Endpoints(Services services, ServeSettings settings, Intake intake) {
    this.service = services.captions();
    this.intake = intake;
    this.options = new OptionsReader(settings, service.abilities());
    this.facts = ServiceFacts.of(services, settings);
  }

  List<Endpoint> endpoints() {
    return List.of(
        Endpoint.post("/v1/captions", "Captions of one or many pictures", this::captions)
            .query(options.parameters())
            .takes(Endpoint.Body.FORM_OR_PICTURE)
            .answers(CaptionsAnswer.class)
            .answers(200, EventStream.TYPE, String.class),
        Endpoint.get(
                "/v1/model", "What the model is and can, and the service's limits", this::model)
            .answers(ServiceFacts.class));
  }

  private void captions(Context context) {
    CaptionsTask wanted = new CaptionsTask(service, options.read(context));
    if (EventStream.wanted(context)) {
      stream(context, wanted);
      return;
    }
    List<PictureDesk.Outcome<List<ServedCaption>>> outcomes = new ArrayList<>();
    intake.all(
        context, (upload, memory) -> upload.pictures(context.req(), memory), wanted, outcomes::add);
    if (outcomes.size() == 1) {
      outcomes.get(0).orThrow(); // one picture's error is the answer's
    }
    List<CaptionsAnswer.Result> results = new ArrayList<>();
    for (PictureDesk.Outcome<List<ServedCaption>> outcome : outcomes) {
      results.add(CaptionsAnswer.Result.of(results.size(), outcome, ErrorAnswers.id(context)));
    }
    Json.answer(context, 200, new CaptionsAnswer(service.facts().name(), results));
  }

  private void stream(Context context, CaptionsTask wanted) {
    EventStream events = new EventStream(context);
    String id = ErrorAnswers.id(context);
    int[] told = new int[1];
    try {
      int pictures =
          intake.all(
              context,
              (upload, memory) -> upload.pictures(context.req(), memory),
              wanted,
              outcome -> events.result(CaptionsAnswer.Result.of(told[0]++, outcome, id)));
      events.done(pictures);
    } catch (RuntimeException | Error e) {
      if (!events.begun() || ErrorAnswers.clientGone(e)) {
        throw e;
      }
      events.error(ErrorAnswers.body(e, id));
    }
  }

  private void model(Context context) {
    Json.answer(context, 200, facts);
  }
}
