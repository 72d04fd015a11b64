package io.caption4j.train;

import io.caption4j.decoder.Standardisation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/** For a decoder that takes the picture as its first step. */
record ShowTellInputs(VariantRows features, Standardisation standardisation)
    implements DecoderInputs {
  @Override
  public MultiDataSet of(int[] rows, int[][] targets, float[] weights, int draw) {
    int c = features.rowLength();
    float[] image = new float[rows.length * c]; // (N, C)
    for (int n = 0; n < rows.length; n++) {
      features.read(rows[n], draw, image, n * c);
      standardisation.apply(image, n * c);
    }
    Text text = Text.of(targets, weights, 1); // step 0 reads the picture
    INDArray images = Nd4j.createFromArray(image).reshape(rows.length, c);
    return text.with(images, text.words());
  }
}
