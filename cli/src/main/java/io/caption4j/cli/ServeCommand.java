package io.caption4j.cli;

import io.caption4j.data.Pixels;
import io.caption4j.decoder.Captioner;
import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.detect.DetectorSpec;
import io.caption4j.serve.CaptionServer;
import io.caption4j.serve.CaptionService;
import io.caption4j.serve.ServeSettings;
import io.caption4j.serve.Services;
import io.caption4j.serve.Setting;
import io.caption4j.serve.SettingException;
import io.caption4j.serve.SettingValues;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code caption4j serve}: captions over HTTP. */
@Command(
    name = "serve",
    header = "Answers captions over HTTP.",
    description =
        "Answers captions over HTTP until it is stopped (Ctrl+C or SIGTERM): as IBM's MAX Image"
            + " Caption Generator does, as Apache Tika's captioner expects, and on a page. Tells what"
            + " is where and where words belong, and finds the pictures of a folder by words. Prints"
            + " its settings and address once it listens. Each option may also be an environment"
            + " variable (--max-request: CAPTION4J_MAX_REQUEST) or a line of the --config file"
            + " (max-request = 16); an option wins over a variable, that over the file.",
    footer = {
      "  caption4j serve",
      "  curl -F image=@samples/bear.jpg http://127.0.0.1:5000/model/predict"
    },
    modelTransformer = ServeCommand.Options.class)
final class ServeCommand implements Callable<Integer> {
  private static final Pixels TINY = new Pixels(1, 1, new byte[3]);

  @Spec private CommandSpec spec;
  @Mixin private CommonOptions common;

  /** One option for each setting of the service. */
  static final class Options implements IModelTransformer {
    @Override
    public CommandSpec transform(CommandSpec command) {
      for (Setting setting : Setting.values()) {
        String initial = setting.initial();
        command.addOption(
            OptionSpec.builder("--" + setting.key())
                .paramLabel(setting.label())
                .type(String.class)
                .description(
                    setting.description() + (initial.isEmpty() ? "" : " Default: " + initial + "."))
                .build());
      }
      return command;
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    Console console = new Console(spec.commandLine());
    SettingValues values;
    ServeSettings settings;
    EncoderEngine engine;
    Optional<DetectorSpec> detector;
    try {
      values = SettingValues.of(given(), System.getenv());
      settings = ServeSettings.of(values);
      engine =
          EncoderEngine.valueOf(
              values.oneOf(Setting.ENGINE, "auto", "onnx", "dl4j").toUpperCase(Locale.ROOT));
      detector = Require.valid(spec, () -> ServeObjects.spec(values));
    } catch (SettingException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    String model = values.text(Setting.MODEL);
    try (Captioner captioner =
            model.isEmpty() ? Captioner.bundled(engine) : Captioner.load(Path.of(model), engine);
        ServeObjects objects = ServeObjects.of(detector, engine, console::message);
        ServeAlignment alignment = ServeAlignment.of(values, engine, console::message);
        CaptionServer server =
            new CaptionServer(
                alignment.beside(objects.beside(Services.of(CaptionService.of(captioner)))),
                settings)) {
      captioner.caption(TINY, settings.search()); // else the first request would wait seconds
      server.start();
      Thread stopper = new Thread(server::close, "stop");
      Runtime.getRuntime().addShutdownHook(stopper);
      values.lines().forEach(console::message);
      String scheme = settings.tls().isPresent() ? "https" : "http";
      console.result("%s://%s:%d/".formatted(scheme, inAddress(settings.host()), server.port()));
      console.message("listening; Ctrl+C stops it.");
      server.awaitClose();
    }
    return ExitCode.OK;
  }

  private Map<Setting, String> given() {
    Map<Setting, String> given = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      String text = spec.findOption("--" + setting.key()).getValue();
      if (text != null) {
        Require.that(spec, !text.isEmpty(), "--%s is empty; expected a value.", setting.key());
        given.put(setting, text);
      }
    }
    return given;
  }

  /** IPv6 addresses stand in brackets. */
  private static String inAddress(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }
}
