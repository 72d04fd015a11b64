package io.caption4j.bench;

import io.caption4j.bench.parallel.ParallelTask;
import io.caption4j.bench.service.AloneTask;
import io.caption4j.bench.service.FaultsTask;
import io.caption4j.bench.service.OverloadTask;
import io.caption4j.bench.service.StopTask;
import io.caption4j.encoder.Dl4jRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Our side of one comparison: measures the cases of a task and prints each as a line of JSON, as
 * the scripts in bench/peers do for theirs.
 *
 * <p>Usage: {@code Measure TASK WARM_UP_SECONDS MEASURED_SECONDS [ARGUMENT...]}.
 */
public final class Measure {
  /** A task by name; its arguments are those after the seconds. */
  private interface Task {
    void run(Stopwatch stopwatch, List<String> arguments);
  }

  private static final Map<String, Task> TASKS =
      new TreeMap<String, Task>(
          Map.ofEntries(
              Map.entry("encoder", (watch, arguments) -> EncoderTask.run(watch)),
              Map.entry("detector", (watch, arguments) -> DetectorTask.run(watch, path(arguments))),
              Map.entry("training", TrainingTask::run),
              Map.entry("caption", (watch, arguments) -> CaptionTask.run(watch, path(arguments))),
              Map.entry("export", (watch, arguments) -> ModelExport.run(arguments)),
              Map.entry("parallel", ParallelTask::run),
              Map.entry("hardware", (watch, arguments) -> HardwareTask.run(watch)),
              Map.entry("growth", (watch, arguments) -> GrowthTask.run(watch, path(arguments))),
              Map.entry("dataset", (watch, arguments) -> DatasetTask.run(path(arguments))),
              Map.entry("overload", OverloadTask::run),
              Map.entry("stop", (watch, arguments) -> StopTask.run(arguments)),
              Map.entry("faults", FaultsTask::run),
              Map.entry("alone", AloneTask::run)));

  private Measure() {}

  private static Path path(List<String> arguments) {
    return Path.of(arguments.get(0));
  }

  /** Runs one task. */
  public static void main(String[] arguments) {
    Task task = arguments.length < 3 ? null : TASKS.get(arguments[0]);
    if (task == null) {
      System.err.println(
          "usage: Measure TASK WARM_UP_SECONDS MEASURED_SECONDS [ARGUMENT...], TASK one of "
              + String.join(", ", TASKS.keySet()));
      System.exit(2);
      return;
    }
    Dl4jRuntime.prepare();
    Stopwatch watch =
        new Stopwatch(Double.parseDouble(arguments[1]), Double.parseDouble(arguments[2]));
    task.run(watch, Arrays.asList(arguments).subList(3, arguments.length));
  }
}
