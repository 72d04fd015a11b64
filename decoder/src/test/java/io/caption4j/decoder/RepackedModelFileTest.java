package io.caption4j.decoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.caption4j.encoder.EncoderEngine;
import io.caption4j.encoder.Encoders;
import io.caption4j.encoder.ImageEncoder;
import io.caption4j.encoder.PackedEncoder;
import io.caption4j.encoder.Safetensors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file that was unpacked and zipped again has its entries in any order. */
class RepackedModelFileTest {
  private static final String CARD = "model.json";
  private static final String GRAPH = "decoder.zip";
  private static final String ENCODER = "encoder.safetensors";

  @TempDir Path folder;

  @Test
  void theListenerHearsOfTheModelsEncoderInEveryOrder() throws IOException {
    CaptionModel small = SmallModels.model(SmallModels.settings(30), 3);
    Safetensors weights =
        Safetensors.of(
            "own",
            Map.of("a", new Safetensors.Tensor(new long[] {1}, FloatBuffer.allocate(1))),
            Map.of());
    CaptionModel own =
        SmallModels.withEncoder(small, PackedEncoder.efficientNetLite0(weights), "hash");
    for (CaptionModel model : List.of(small, own)) {
      Map<String, byte[]> entries = entries(model);
      List<List<String>> orders = orders(List.copyOf(entries.keySet()));
      assertThat(orders).hasSize(model == own ? 120 : 24);
      for (List<String> order : orders) {
        List<PackedEncoder> heard = new ArrayList<>();
        byte[] zip = pack(entries, order);
        CaptionModel read =
            ModelReader.read(new ByteArrayInputStream(zip), order.toString(), heard::add);
        assertThat(heard).as("%s", order).isNotEmpty();
        PackedEncoder last = heard.get(heard.size() - 1);
        assertThat(last.name()).isEqualTo(read.encoder().name());
        assertThat(content(last))
            .as("%s", order)
            .isEqualTo(content(read.encoder()))
            .isEqualTo(content(model.encoder()));
      }
    }
  }

  /** The captioner refuses an encoder whose hash is not that of the card. */
  @Test
  void aCaptionerOpensItsOwnEncoderInEveryOrder() throws IOException {
    Safetensors weights = withoutABias(Encoders.efficientNetLite0Weights());
    DecoderSettings sizes = new DecoderSettings(DecoderSettings.SHOW_TELL, 1280, 30, 5, 7, 0.3);
    CaptionModel model = SmallModels.model(sizes, 2);
    try (ImageEncoder encoder = Encoders.efficientNetLite0(weights, EncoderEngine.AUTO)) {
      model =
          SmallModels.withEncoder(model, PackedEncoder.efficientNetLite0(weights), encoder.hash());
    }
    Map<String, byte[]> entries = entries(model);
    for (List<String> order : orders(List.of(CARD, ENCODER, GRAPH))) {
      Path file = Files.write(folder.resolve("model.c4j"), pack(entries, order));
      assertThatCode(() -> Captioner.load(file).close()).as("%s", order).doesNotThrowAnyException();
    }
  }

  private Map<String, byte[]> entries(CaptionModel model) throws IOException {
    Path file = folder.resolve("whole.c4j");
    model.save(file);
    return Zips.unpack(Files.readAllBytes(file));
  }

  /** A zip of the entries, those of a list first and in its order. */
  private static byte[] pack(Map<String, byte[]> entries, List<String> order) {
    Map<String, byte[]> ordered = new LinkedHashMap<>();
    order.forEach(name -> ordered.put(name, entries.get(name)));
    entries.forEach(ordered::putIfAbsent);
    return Zips.pack(ordered);
  }

  private static List<List<String>> orders(List<String> names) {
    if (names.isEmpty()) {
      return List.of(List.of());
    }
    List<List<String>> orders = new ArrayList<>();
    for (String first : names) {
      for (List<String> rest : orders(names.stream().filter(n -> !n.equals(first)).toList())) {
        List<String> order = new ArrayList<>(List.of(first));
        order.addAll(rest);
        orders.add(order);
      }
    }
    return orders;
  }

  /** What a file holds of it; null for one that comes with caption4j. */
  private static byte[] content(PackedEncoder encoder) {
    return encoder.entry().map(PackedEncoder.Entry::bytes).orElse(null);
  }

  /** All zeros in place of one layer's bias. */
  private static Safetensors withoutABias(Safetensors weights) {
    String bias = weights.names().stream().filter(n -> n.endsWith(".bias")).findFirst().get();
    long[] shape = weights.shape(bias);
    FloatBuffer zeros = FloatBuffer.allocate((int) shape[0]);
    return weights.with(
        Safetensors.of("zeros", Map.of(bias, new Safetensors.Tensor(shape, zeros)), Map.of()));
  }
}
