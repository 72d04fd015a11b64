package io.caption4j.train;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Workers in this process, who get what they get as bytes, as from another machine. */
final class ThreadWorkers implements Workers {
  private final Path cache;
  private ReplicaPlan plan;
  private List<Portion> portions;
  private List<Replica> replicas;

  /** Which worker is lost, and has to begin anew, before each round of minibatches; -1 for none. */
  private final int lost;

  ThreadWorkers(Path cache) {
    this(cache, -1);
  }

  ThreadWorkers(Path cache, int lost) {
    this.cache = cache;
    this.lost = lost;
  }

  List<Portion> portions() {
    return portions;
  }

  @Override
  public void begin(ReplicaPlan given, List<Portion> handed) {
    plan = copy(given);
    portions = handed.stream().map(ThreadWorkers::copy).toList();
    replicas =
        new ArrayList<>(portions.stream().map(p -> new Replica(plan, p, cache::resolve)).toList());
  }

  @Override
  public List<ReplicaResult> run(ReplicaStart start) {
    if (lost >= 0) {
      replicas.set(lost, new Replica(plan, portions.get(lost), cache::resolve));
    }
    return IntStream.range(0, replicas.size())
        .parallel()
        .mapToObj(i -> copy(replicas.get(i).run(copy(start))))
        .toList();
  }

  @SuppressWarnings("unchecked")
  private static <T> T copy(T value) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(value);
      }
      return (T) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }
}
