package io.caption4j.data;

/**
 * Shrinks pictures: each pixel is the mean of those that it covers, weighted by how much of each it
 * covers. The same bytes as OpenCV's INTER_AREA, which models were trained on, without the half
 * second of a processor that loading OpenCV takes.
 */
final class AreaAverage {
  private static final int CHANNELS = 3;

  /** Of a cell that is covered by less, nothing counts. */
  private static final double LEAST = 1e-3;

  /**
   * What the new columns, or rows, cover.
   *
   * @param from the first weight of each, with the end of the last one behind
   * @param source the column that a weight belongs to
   * @param weights those of a column add up to 1
   */
  private record Cover(int[] from, int[] source, float[] weights) {
    static Cover of(int size, int newSize) {
      double scale = 1 / ((double) newSize / size);
      int[] from = new int[newSize + 1];
      int[] source = new int[2 * size + 2 * newSize];
      float[] weights = new float[source.length];
      int count = 0;
      for (int i = 0; i < newSize; i++) {
        double begin = i * scale;
        double end = begin + scale;
        double width = Math.min(scale, size - begin);
        int last = Math.min((int) Math.floor(end), size - 1);
        int first = Math.min((int) Math.ceil(begin), last);
        from[i] = count;
        if (first - begin > LEAST) {
          source[count] = first - 1;
          weights[count++] = (float) ((first - begin) / width);
        }
        for (int whole = first; whole < last; whole++) {
          source[count] = whole;
          weights[count++] = (float) (1 / width);
        }
        if (end - last > LEAST) {
          source[count] = last;
          weights[count++] = (float) (Math.min(Math.min(end - last, 1), width) / width);
        }
      }
      from[newSize] = count;
      return new Cover(from, source, weights);
    }
  }

  private AreaAverage() {}

  /**
   * Shrinks a picture.
   *
   * @param rgb (height, width, 3)
   * @param newWidth at most the width
   * @param newHeight at most the height
   * @return (newHeight, newWidth, 3)
   */
  static byte[] shrink(byte[] rgb, int width, int height, int newWidth, int newHeight) {
    return width % newWidth == 0 && height % newHeight == 0
        ? blocks(rgb, width, newWidth, newHeight, width / newWidth, height / newHeight)
        : weighted(rgb, width, Cover.of(width, newWidth), Cover.of(height, newHeight));
  }

  /** Where every pixel covers a block of whole ones. */
  private static byte[] blocks(
      byte[] rgb, int width, int newWidth, int newHeight, int blockWidth, int blockHeight) {
    byte[] shrunk = new byte[CHANNELS * newWidth * newHeight];
    float share = 1f / (blockWidth * blockHeight);
    boolean four = blockWidth == 2 && blockHeight == 2; // then halves are rounded up
    int row = CHANNELS * width;
    int to = 0;
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        for (int channel = 0; channel < CHANNELS; channel++) {
          int corner = y * blockHeight * row + CHANNELS * x * blockWidth + channel;
          int sum = 0;
          for (int down = 0; down < blockHeight; down++) {
            int at = corner + down * row;
            for (int right = 0; right < blockWidth; right++) {
              sum += rgb[at + CHANNELS * right] & 0xFF;
            }
          }
          shrunk[to++] = four ? (byte) (sum + 2 >> 2) : rounded(sum * share);
        }
      }
    }
    return shrunk;
  }

  private static byte[] weighted(byte[] rgb, int width, Cover columns, Cover rows) {
    int newHeight = rows.from.length - 1;
    int row = CHANNELS * (columns.from.length - 1);
    byte[] shrunk = new byte[row * newHeight];
    float[] narrow = new float[row]; // (newWidth, 3), one row of the picture
    float[] sum = new float[row];
    for (int y = 0; y < newHeight; y++) {
      for (int k = rows.from[y]; k < rows.from[y + 1]; k++) {
        narrow(rgb, CHANNELS * width * rows.source[k], columns, narrow);
        float weight = rows.weights[k];
        if (k == rows.from[y]) {
          for (int i = 0; i < row; i++) {
            sum[i] = weight * narrow[i];
          }
        } else {
          for (int i = 0; i < row; i++) {
            sum[i] += weight * narrow[i];
          }
        }
      }
      for (int i = 0; i < row; i++) {
        shrunk[y * row + i] = rounded(sum[i]);
      }
    }
    return shrunk;
  }

  /** The columns' means of one row. */
  private static void narrow(byte[] rgb, int row, Cover columns, float[] narrow) {
    int to = 0;
    for (int x = 0; x + 1 < columns.from.length; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      for (int k = columns.from[x]; k < columns.from[x + 1]; k++) {
        int at = row + CHANNELS * columns.source[k];
        float weight = columns.weights[k];
        red += (rgb[at] & 0xFF) * weight;
        green += (rgb[at + 1] & 0xFF) * weight;
        blue += (rgb[at + 2] & 0xFF) * weight;
      }
      narrow[to++] = red;
      narrow[to++] = green;
      narrow[to++] = blue;
    }
  }

  /** To the nearest, halves to the even one. */
  private static byte rounded(float value) {
    return (byte) Math.min(255, (int) Math.rint(value));
  }
}
