package io.caption4j.cluster;

import io.caption4j.data.Caption4jException;
import io.caption4j.train.Portion;
import io.caption4j.train.Replica;
import io.caption4j.train.ReplicaPlan;
import io.caption4j.train.ReplicaResult;
import io.caption4j.train.ReplicaStart;
import io.caption4j.train.TrainException;
import io.caption4j.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Executors that train: a task is a portion's next minibatches. Portions reach an executor once,
 * parameters before each average; a lost executor's task runs again on another, with the same
 * result.
 */
final class SparkWorkers implements Workers {
  private final JavaSparkContext context;
  private final String cache;
  private Broadcast<ReplicaPlan> plan;
  private List<Broadcast<Portion>> portions;

  /**
   * Makes them.
   *
   * @param cache where executors find the folder of feature caches: a URI of any file system that
   *     Hadoop reads
   */
  SparkWorkers(JavaSparkContext context, String cache) {
    this.context = context;
    this.cache = cache;
  }

  /** Replicas that live in this JVM, by run and portion. */
  private static final class Replicas {
    private static final Map<String, Replica> KNOWN = new ConcurrentHashMap<>();

    private Replicas() {}

    static Replica of(ReplicaPlan plan, Portion portion, String cache) {
      return KNOWN.computeIfAbsent(
          plan.run() + " " + portion.number(),
          key -> new Replica(plan, portion, file -> LocalCopies.of(cache + "/" + file)));
    }
  }

  @Override
  public void begin(ReplicaPlan given, List<Portion> handed) {
    plan = context.broadcast(given);
    portions = new ArrayList<>(handed.stream().map(context::broadcast).toList());
  }

  @Override
  public List<ReplicaResult> run(ReplicaStart start) {
    Broadcast<ReplicaStart> from = context.broadcast(start);
    Broadcast<ReplicaPlan> common = plan;
    List<Broadcast<Portion>> each = portions;
    String where = cache;
    List<Integer> numbers = IntStream.range(0, each.size()).boxed().toList();
    try {
      return context
          .parallelize(numbers, numbers.size())
          .map(n -> Replicas.of(common.value(), each.get(n).value(), where).run(from.value()))
          .collect();
    } catch (Exception e) { // among them checked ones, which Scala does not declare
      Caption4jException failure = Session.failed(e);
      throw new TrainException(
          failure.getMessage() + " What was averaged last is kept; go on with --resume.", e);
    } finally {
      from.unpersist(); // the driver's own copy goes when nobody holds it any more
    }
  }
}
