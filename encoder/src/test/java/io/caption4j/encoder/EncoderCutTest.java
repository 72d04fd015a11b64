package io.caption4j.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncoderCutTest {
  @ParameterizedTest
  @CsvSource({
    "1, block7a, block6d_add, 192, 7",
    "2, block6d, block6c_add, 192, 7",
    "4, block6b, block6a_project_conv, 192, 7",
    "5, block6a, block5c_add, 112, 14",
    "8, block5a, block4c_add, 80, 14",
    "11, block4a, block3b_add, 40, 28",
    "13, block3a, block2b_add, 24, 56",
    "15, block2a, block1a_project_conv, 16, 112",
    "16, block1a, stem_conv, 32, 112",
  })
  void liesWhereTheBlocksSay(int blocks, String first, String layer, int channels, int side) {
    EncoderCut cut = new EncoderCut(blocks);
    assertThat(cut.firstBlock()).isEqualTo(first);
    assertThat(cut.layer()).isEqualTo(layer);
    assertThat(cut.channels()).isEqualTo(channels);
    assertThat(cut.gridSize()).isEqualTo(side);
    assertThat(cut.lowerName()).isEqualTo("efficientnet-lite0-below-" + first);
    assertThat(cut.trainedLayers()).first().asString().startsWith(first);
  }

  @Test
  void namesTheTrainedLayers() {
    assertThat(new EncoderCut(1).trainedLayers())
        .containsExactly(
            "block7a_expand_conv", "block7a_dwconv", "block7a_project_conv", "top_conv");
    assertThat(new EncoderCut(16).trainedLayers())
        .startsWith("block1a_dwconv", "block1a_project_conv", "block2a_expand_conv");
    assertThat(new EncoderCut(16).frozenLayers()).containsExactly("stem_conv");
  }

  @Test
  void everyTensorIsEitherFrozenOrTrained() {
    for (int blocks = 1; blocks <= EncoderCut.MAX_BLOCKS; blocks++) {
      EncoderCut cut = new EncoderCut(blocks);
      List<String> all = new ArrayList<>(EncoderCut.tensors(cut.frozenLayers()));
      all.addAll(EncoderCut.tensors(cut.trainedLayers()));
      assertThat(all).doesNotHaveDuplicates();
      assertThat(new TreeSet<>(all)).isEqualTo(new TreeSet<>(Lite0Files.weights().names()));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 17})
  void refusesWhatIsNoNumberOfBlocks(int blocks) {
    assertThatThrownBy(() -> new EncoderCut(blocks))
        .isInstanceOf(EncoderException.class)
        .hasMessageContaining("1 to 16")
        .hasMessageContaining(Integer.toString(blocks));
  }
}
