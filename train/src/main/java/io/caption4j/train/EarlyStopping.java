package io.caption4j.train;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which of a run's validations is the best, and whether to go on hoping for a better one.
 *
 * @param <E> a validation
 * @param patience validations without a better one after which training stops; 0 for never
 * @param figure what a validation is judged by, the higher the better; no number is the worst
 * @param loss what decides between equal figures, the lower the better
 */
public record EarlyStopping<E>(int patience, ToDoubleFunction<E> figure, ToDoubleFunction<E> loss) {
  /** One by which the first of equal figures is the best. */
  public EarlyStopping(int patience, ToDoubleFunction<E> figure) {
    this(patience, figure, validation -> 0);
  }

  /**
   * The first of the best.
   *
   * @param history at least one validation, in their order
   */
  public E best(List<E> history) {
    E best = history.get(0);
    for (E epoch : history) {
      if (better(epoch, best)) {
        best = epoch;
      }
    }
    return best;
  }

  /** Whether the best has rivals with the same figure, so that its loss made the difference. */
  public boolean tied(List<E> history) {
    double best = value(best(history));
    return history.stream().filter(epoch -> value(epoch) == best).count() > 1;
  }

  /** Whether the last {@link #patience} validations brought nothing better. */
  public boolean over(List<E> history) {
    return patience > 0
        && !history.isEmpty()
        && history.size() - 1 - history.indexOf(best(history)) >= patience;
  }

  private boolean better(E one, E other) {
    int difference = Double.compare(value(one), value(other));
    return difference > 0 || (difference == 0 && lossOf(one) < lossOf(other));
  }

  private double value(E epoch) {
    double value = figure.applyAsDouble(epoch);
    // Adding 0 makes -0 and 0 equal.
    return Double.isNaN(value) ? Double.NEGATIVE_INFINITY : value + 0.0;
  }

  private double lossOf(E epoch) {
    double value = loss.applyAsDouble(epoch);
    return Double.isNaN(value) ? Double.POSITIVE_INFINITY : value;
  }
}
