package io.caption4j.decoder;

import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasRowMajor;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;

import org.bytedeco.javacpp.FloatPointer;

/** OpenBLAS without ND4J in between, which would copy what is not in its favourite order. */
final class Blas {
  private Blas() {}

  /**
   * C = A B + beta C for dense matrices that lie row by row, after the transpositions asked for: A
   * is (m, k), B is (k, n), C is (m, n); A and C from an offset in floats. A column-major matrix is
   * its transpose row by row.
   */
  static void gemm(
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
}
