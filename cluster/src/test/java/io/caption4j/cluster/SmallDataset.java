package io.caption4j.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The first pictures of each split of the samples' UCM, for jobs that end soon. */
final class SmallDataset {
  private static final Path UCM = Path.of("..", "samples", "ucm");
  private static final String METADATA = "dataset_ucm.json";

  private SmallDataset() {}

  /**
   * Writes it; the pictures go to the folder images in it.
   *
   * @param each pictures of each split
   */
  static Path write(Path folder, int each) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    ObjectMapper json = new ObjectMapper();
    ObjectNode data = (ObjectNode) json.readTree(UCM.resolve(METADATA).toFile());
    ArrayNode kept = json.createArrayNode();
    Map<String, Integer> ofSplit = new HashMap<>();
    for (JsonNode image : data.get("images")) {
      if (ofSplit.merge(image.get("split").asText(), 1, Integer::sum) <= each) {
        String name = image.get("filename").asText();
        Files.copy(UCM.resolve("images").resolve(name), images.resolve(name));
        kept.add(image);
      }
    }
    json.writeValue(folder.resolve(METADATA).toFile(), data.set("images", kept));
    return folder;
  }
}
