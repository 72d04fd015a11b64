package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class NpyTest {
  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(
      value = Npy.Type.class,
      names = {"FLOAT32", "FLOAT16"})
  void rowsComeBack(Npy.Type type) {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.create(file, type, 3, 2)) {
      writer.append(new float[] {1, -2, 3, 0.5f, 0, 6});
      writer.append(new float[12]);
      writer.append(new float[] {9, 8, 7, 6, 5, 4});
      assertThat(writer.rows()).isEqualTo(4);
    }
    NpyReader reader = NpyReader.open(file);
    assertThat(reader.header()).isEqualTo(new Npy(type, new long[] {4, 3, 2}));
    float[] target = new float[8];
    reader.read(3, target, 2);
    assertThat(target).containsExactly(0, 0, 9, 8, 7, 6, 5, 4);
    reader.read(0, target, 0);
    assertThat(target).containsExactly(1, -2, 3, 0.5f, 0, 6, 5, 4);
    assertThatThrownBy(() -> reader.read(4, target, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aMatrixInMemoryIsTheSameFile() throws IOException {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT32, 3)) {
      writer.append(new float[] {1, -2, 3, 0.5f, 0, 6});
    }
    byte[] bytes = NpyWriter.bytes(new float[] {1, -2, 3}, new float[] {0.5f, 0, 6});
    assertThat(bytes).isEqualTo(Files.readAllBytes(file));
    NpyReader reader = NpyReader.of(bytes, "x");
    assertThat(reader.header()).isEqualTo(new Npy(Npy.Type.FLOAT32, new long[] {2, 3}));
    float[] target = new float[3];
    reader.read(1, target, 0);
    assertThat(target).containsExactly(0.5f, 0, 6);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> NpyReader.of(cut, "the entry"))
          .isInstanceOf(EncoderException.class)
          .hasMessageStartingWith("the entry: ");
    }
  }

  /** numpy's own format description, byte by byte. */
  @Test
  void theHeaderIsNumpys() throws IOException {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT16, 5)) {
      writer.append(new float[5]);
    }
    byte[] bytes = Files.readAllBytes(file);
    assertThat(bytes).hasSize(128 + 10);
    assertThat(Arrays.copyOf(bytes, 10))
        .containsExactly(0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 118, 0);
    String header = new String(bytes, 10, 118, StandardCharsets.ISO_8859_1);
    assertThat(header)
        .startsWith("{'descr': '<f2', 'fortran_order': False, 'shape': (1, 5), }   ")
        .endsWith(" \n");
  }

  @Test
  void nd4jReadsTheFiles() {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT32, 2, 2)) {
      writer.append(new float[] {1, 2, 3, 4, 5, 6, 7, 8});
    }
    INDArray array = Nd4j.createFromNpyFile(file.toFile());
    assertThat(array.shape()).containsExactly(2, 2, 2);
    assertThat(Golden.values(array)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
  }

  @Test
  void theFileIsReadableWhileItGrows() {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT32, 2)) {
      assertThat(NpyReader.open(file).header().rows()).isZero();
      writer.append(new float[] {1, 2});
      assertThat(NpyReader.open(file).header().rows()).isZero();
      writer.flush();
      assertThat(NpyReader.open(file).header().rows()).isEqualTo(1);
    }
  }

  @Test
  void refusesPartsOfRows() {
    try (NpyWriter writer = NpyWriter.create(folder.resolve("x.npy"), Npy.Type.FLOAT32, 2)) {
      assertThatThrownBy(() -> writer.append(new float[3]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("rows of 2 values, found 3");
    }
    assertThatThrownBy(() -> NpyWriter.create(folder.resolve("no/x.npy"), Npy.Type.FLOAT32, 2))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("cannot be written");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'descr': '<f8', 'fortran_order': False, 'shape': (1, 2), } | found '<f8'",
        "{'descr': '<f4', 'fortran_order': True, 'shape': (1, 2), }  | C order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), }     | C order",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 2), } | cut short",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (9000000000, 1000000000, 2), } | fits",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999, 1), } | fits",
        "{'descr': [('x', '<f4')], 'fortran_order': False}           | C order",
      })
  void refusesOtherArrays(String header, String message) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[10 + text.length + 8]; // room for two floats
    System.arraycopy(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0}, 0, bytes, 0, 8);
    bytes[8] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 10, text.length);
    Path file = Files.write(folder.resolve("x.npy"), bytes);
    assertThatThrownBy(() -> NpyReader.open(file))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void refusesAFileCutAnywhere() throws IOException {
    Path file = folder.resolve("x.npy");
    try (NpyWriter writer = NpyWriter.create(file, Npy.Type.FLOAT32, 2)) {
      writer.append(new float[] {1, 2});
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> NpyReader.open(file)).isInstanceOf(EncoderException.class);
    }
  }
}
