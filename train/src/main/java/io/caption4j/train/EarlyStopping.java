package io.caption4j.train;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which of a run's validations is the best, and whether to go on hoping for a better one.
 *
 * @param <E> a validation
 * @param patience validations without a better one after which training stops; 0 for never
 * @param figure what a validation is judged by, the higher the better
 */
public record EarlyStopping<E>(int patience, ToDoubleFunction<E> figure) {
  /**
   * The first of the best.
   *
   * @param history at least one validation, in their order
   */
  public E best(List<E> history) {
    E best = history.get(0);
    for (E epoch : history) {
      if (figure.applyAsDouble(epoch) > figure.applyAsDouble(best)) {
        best = epoch;
      }
    }
    return best;
  }

  /** Whether the last {@link #patience} validations brought nothing better. */
  public boolean over(List<E> history) {
    return patience > 0
        && !history.isEmpty()
        && history.size() - 1 - history.indexOf(best(history)) >= patience;
  }
}
