package io.caption4j.decoder;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;

/** OpenBLAS without ND4J in between, which would copy what is not in its favourite order. */
public final class Blas {
  // Up to so many rows OpenBLAS uses one thread, and takes nearly as long as for one row.
  private static final int FEW_ROWS = 8;
  private static final int PARTS = Math.min(4, Runtime.getRuntime().availableProcessors());

  private Blas() {}

  /** Loads the library, which the first product would do; returns its file. */
  static String load() {
    return Loader.load(openblas_nolapack.class);
  }

  /**
   * C = A B + beta C for dense matrices that lie row by row, after the transpositions asked for: A
   * is (m, k), B is (k, n), C is (m, n); A and C from an offset in floats. A column-major matrix is
   * its transpose row by row.
   */
  public static void gemm(
      boolean transposeA,
      boolean transposeB,
      int m,
      int n,
      int k,
      FloatPointer a,
      long aOffset,
      FloatPointer b,
      float beta,
      FloatPointer c,
      long cOffset) {
    cblas_sgemm(
        CblasRowMajor,
        transposeA ? CblasTrans : CblasNoTrans,
        transposeB ? CblasTrans : CblasNoTrans,
        m,
        n,
        k,
        1f,
        a.getPointer(aOffset),
        transposeA ? m : k,
        b,
        transposeB ? k : n,
        beta,
        c.getPointer(cOffset),
        n);
  }

  /**
   * Sums the rows of A, which is (m, n) row by row: y = 1' A. ND4J's sum takes ten times as long.
   */
  static void sumRows(int m, int n, FloatPointer a, FloatPointer y) {
    try (FloatPointer ones = new FloatPointer(m)) {
      for (int i = 0; i < m; i++) {
        ones.put(i, 1f);
      }
      cblas_sgemv(CblasRowMajor, CblasTrans, m, n, 1f, a, n, ones, 1, 0f, y, 1);
    }
  }

  /**
   * C = A B' for few or many rows A, (m, k), and a large B, (n, k), both row by row as C, (m, n).
   * For few rows B is shared out among threads.
   */
  static void rowsByColumns(int m, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    if (m > FEW_ROWS || PARTS == 1) {
      columns(m, 0, n, n, k, a, b, c);
      return;
    }
    IntStream.range(0, PARTS)
        .parallel()
        .forEach(part -> columns(m, n * part / PARTS, n * (part + 1) / PARTS, n, k, a, b, c));
  }

  private static void columns(
      int m, int from, int to, int n, int k, FloatPointer a, FloatPointer b, FloatPointer c) {
    cblas_sgemm(
        CblasRowMajor,
        CblasNoTrans,
        CblasTrans,
        m,
        to - from,
        k,
        1f,
        a,
        k,
        b.getPointer((long) from * k),
        k,
        0f,
        c.getPointer(from),
        n);
  }
}
