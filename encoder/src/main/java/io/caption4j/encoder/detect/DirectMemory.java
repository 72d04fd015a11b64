package io.caption4j.encoder.detect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A piece of direct memory that grows: fresh memory is slow to touch, and slow to be freed. */
final class DirectMemory {
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);

  /** The first bytes of it, with whatever they hold, in the machine's byte order. */
  ByteBuffer bytes(int length) {
    if (memory.capacity() < length) {
      memory = ByteBuffer.allocateDirect(length);
    }
    return memory.slice(0, length).order(ByteOrder.nativeOrder());
  }
}
