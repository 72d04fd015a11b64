package io.caption4j.encoder.detect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of direct memory for each thread, which grows: fresh memory is slow to touch, and slow to
 * be freed.
 */
final class DirectMemory {
  private final ThreadLocal<ByteBuffer> memory =
      ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(0));

  /**
   * The first bytes of the calling thread's, with whatever they hold, in the machine's byte order.
   */
  ByteBuffer bytes(int length) {
    ByteBuffer held = memory.get();
    if (held.capacity() < length) {
      held = ByteBuffer.allocateDirect(length);
      memory.set(held);
    }
    return held.slice(0, length).order(ByteOrder.nativeOrder());
  }
}
