package io.caption4j.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pictures wait here for the models, first come first served, and those with equal tasks are worked
 * on together. A picture waits for others only while others are on their way; alone it goes at
 * once. How many are in the house is bounded by {@link #admit}.
 */
final class PictureQueue implements AutoCloseable {
  private static final int REFUSAL_MILLIS =
      2; // so 200 at once take 0.4 s, and 500 a second at most
  private static final long LONGEST_RETRY_SECONDS = 30;
  private static final double WEIGHT_OF_NEW = 0.1; // in the mean time a picture

  /** A picture that waits; cancelling its answer takes it out. */
  private record Job<S, R>(S picture, PictureTask<S, R> task, CompletableFuture<R> answer) {}

  private final QueueSettings settings;
  private final Metrics metrics;
  private final Semaphore places;
  private final Semaphore refusing = new Semaphore(1, true);
  private final ReentrantLock lock = new ReentrantLock(); // guards what follows
  private final Condition changed = lock.newCondition();
  private final Deque<Job<?, ?>> waiting = new ArrayDeque<>();
  private int taken; // by workers and not yet answered
  private boolean closed;
  private final List<Thread> workers = new ArrayList<>();
  private volatile double secondsAPicture; // of a worker, a running mean

  PictureQueue(QueueSettings settings, Metrics metrics) {
    this.settings = settings;
    this.metrics = metrics;
    this.places = new Semaphore(settings.pending());
    for (int i = 0; i < settings.workers(); i++) {
      Thread worker = new Thread(this::work, "pictures-" + i);
      worker.setDaemon(true);
      worker.start();
      workers.add(worker);
    }
  }

  /**
   * Takes places for pictures, before they are decoded.
   *
   * @throws RequestException 503 if there are not so many left
   */
  void admit(int pictures) {
    if (!places.tryAcquire(pictures)) {
      metrics.dropped("queue_full");
      pace();
      throw RequestException.busy("The service is busy: too many pictures wait.", retrySeconds());
    }
  }

  /** When half of the pictures that wait are done: earlier most clients would be refused again. */
  private long retrySeconds() {
    double half = pending() * secondsAPicture / settings.workers() / 2;
    return Math.max(1, Math.min(LONGEST_RETRY_SECONDS, Math.round(half)));
  }

  /**
   * Lets one refused request pass after the other: clients that ask again at once would else take
   * the processors from the pictures that wait.
   */
  private void pace() {
    try {
      refusing.acquire();
      try {
        TimeUnit.MILLISECONDS.sleep(REFUSAL_MILLIS);
      } finally {
        refusing.release();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Gives places back, whether their pictures were captioned or not. */
  void leave(int pictures) {
    places.release(pictures);
    signal();
  }

  /** Pictures in the house. */
  int pending() {
    return settings.pending() - places.availablePermits();
  }

  /** Hands a picture in; the answer is there when its turn has come. */
  <S, R> CompletableFuture<R> submit(S picture, PictureTask<S, R> task) {
    Job<S, R> job = new Job<>(picture, task, new CompletableFuture<>());
    lock.lock();
    try {
      if (closed) {
        throw RequestException.busy("The service is stopping.");
      }
      waiting.add(job);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return job.answer;
  }

  /** Ends the workers; pictures that wait still are answered 503. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(
          job ->
              job.answer.completeExceptionally(RequestException.busy("The service is stopping.")));
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void work() {
    try {
      for (List<Job<?, ?>> batch = next(); !batch.isEmpty(); batch = next()) {
        try {
          answer(typed(batch));
        } finally {
          done(batch.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next batch; empty once the queue is closed. */
  private List<Job<?, ?>> next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      List<Job<?, ?>> batch = new ArrayList<>();
      while (batch.isEmpty()) {
        if (closed) {
          return batch;
        }
        collect(batch);
        if (batch.isEmpty()) {
          changed.await();
        }
      }
      long left = settings.batchWait().toNanos();
      while (batch.size() < most(batch) && left > 0 && othersCome(batch.size())) {
        left = changed.awaitNanos(left);
        collect(batch);
      }
      taken += batch.size();
      return batch;
    } finally {
      lock.unlock();
    }
  }

  /** Moves what fits from the queue to the batch; what nobody waits for any more is dropped. */
  private void collect(List<Job<?, ?>> batch) {
    for (Iterator<Job<?, ?>> jobs = waiting.iterator(); jobs.hasNext(); ) {
      Job<?, ?> job = jobs.next();
      if (job.answer.isDone()) {
        jobs.remove();
      } else if (batch.isEmpty()
          || batch.size() < most(batch) && batch.get(0).task.equals(job.task)) {
        batch.add(job);
        jobs.remove();
      }
    }
  }

  /** How many pictures a batch that has begun may have. */
  private int most(List<Job<?, ?>> batch) {
    return Math.min(settings.batch(), batch.get(0).task.together());
  }

  /** Whether pictures are being decoded that are neither here nor with a worker. */
  private boolean othersCome(int batch) {
    return pending() - taken - waiting.size() - batch > 0;
  }

  private void done(int pictures) {
    lock.lock();
    try {
      taken -= pictures;
    } finally {
      lock.unlock();
    }
  }

  private void signal() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Jobs of equal tasks have equal types, whatever they are. */
  @SuppressWarnings("unchecked")
  private static List<Job<Object, Object>> typed(List<? extends Job<?, ?>> batch) {
    return (List<Job<Object, Object>>) batch;
  }

  private <S, R> void answer(List<Job<S, R>> batch) {
    long begin = System.nanoTime();
    try {
      List<S> pictures = batch.stream().map(Job::picture).toList();
      List<R> answers = batch.get(0).task.run(pictures);
      long spent = System.nanoTime() - begin;
      metrics.batch(batch.size(), spent, TimeUnit.NANOSECONDS);
      // Two workers at once may lose one's share, which does no harm.
      secondsAPicture += WEIGHT_OF_NEW * (spent / 1e9 / batch.size() - secondsAPicture);
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer.complete(answers.get(i));
      }
    } catch (RuntimeException e) {
      if (batch.size() == 1) {
        batch.get(0).answer.completeExceptionally(e);
      } else {
        // One picture's failure is not the others': each again, alone.
        batch.forEach(job -> answer(List.of(job)));
      }
    } catch (Error e) {
      batch.forEach(job -> job.answer.completeExceptionally(e));
    }
  }
}
