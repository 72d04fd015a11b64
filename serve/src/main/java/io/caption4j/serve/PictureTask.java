package io.caption4j.serve;

import io.caption4j.data.Pixels;
import java.util.List;

/**
 * What is wanted of pictures. Those that wait with equal tasks are worked on together, and an
 * answer is kept by picture and task, so a task must be equal to its like.
 *
 * @param <S> what is left of a picture while it waits
 * @param <R> what is told of it
 */
interface PictureTask<S, R> {
  /** As little of a picture as the work needs. */
  S shrink(Pixels whole);

  /** Bytes of memory that it takes while it waits, where they are too many to pass over. */
  default long waitingBytes(S small) {
    return 0;
  }

  /** Most pictures to work on together: more would let the first of them wait for nothing. */
  default int together() {
    return Integer.MAX_VALUE;
  }

  /** Works on pictures together; called from several threads at once. */
  List<R> run(List<S> pictures);

  /** About how many bytes of memory an answer takes while it is kept. */
  long bytes(R answer);
}
