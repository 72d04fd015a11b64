package io.caption4j.train;

import java.util.List;

/** Machines that train side by side, each a replica of the decoder on a portion of the captions. */
public interface Workers {
  /**
   * Hands out what stays the same in a run.
   *
   * @param plan of all replicas
   * @param portions one a worker
   */
  void begin(ReplicaPlan plan, List<Portion> portions);

  /**
   * Every worker runs its next minibatches from the same start.
   *
   * @return what each came to, in the order of the portions
   * @throws TrainException if a worker failed for good
   */
  List<ReplicaResult> run(ReplicaStart start);
}
