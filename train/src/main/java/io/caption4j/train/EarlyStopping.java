package io.caption4j.train;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Which of a run's validations is the best, and whether to go on hoping for a better one.
 *
 * @param <E> a validation
 * @param patience validations without a better one after which training stops; 0 for never
 * @param figure what a validation is judged by, the higher the better; no number is the worst
 * @param loss what decides as long as all figures are equal, the lower the better
 */
public record EarlyStopping<E>(int patience, ToDoubleFunction<E> figure, ToDoubleFunction<E> loss) {
  /** One by which the first of equal figures is the best. */
  public EarlyStopping(int patience, ToDoubleFunction<E> figure) {
    this(patience, figure, validation -> 0);
  }

  /**
   * The first of the best. As long as all figures are equal they tell nothing, and the one with the
   * lowest loss is the best.
   *
   * @param history at least one validation, in their order
   */
  public E best(List<E> history) {
    E best = history.get(0);
    boolean level = true; // so far
    for (E epoch : history) {
      int difference = Double.compare(value(epoch), value(best));
      level &= difference == 0;
      if (difference > 0 || (level && lossOf(epoch) < lossOf(best))) {
        best = epoch;
      }
    }
    return best;
  }

  /** Whether all figures are equal, so that loss alone decides. */
  public boolean tied(List<E> history) {
    double first = value(history.get(0));
    return history.size() > 1 && history.stream().allMatch(epoch -> value(epoch) == first);
  }

  /** Whether the last {@link #patience} validations brought nothing better. */
  public boolean over(List<E> history) {
    return patience > 0
        && !history.isEmpty()
        && history.size() - 1 - history.indexOf(best(history)) >= patience;
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
