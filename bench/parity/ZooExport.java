import io.caption4j.encoder.Dl4jRuntime;
import io.caption4j.encoder.GraphZip;
import io.caption4j.encoder.Safetensors;
import io.caption4j.encoder.SafetensorsWriter;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.zoo.ZooModel;
import org.deeplearning4j.zoo.model.Darknet19;
import org.deeplearning4j.zoo.model.ResNet50;
import org.deeplearning4j.zoo.model.SqueezeNet;
import org.deeplearning4j.zoo.model.VGG16;
import org.deeplearning4j.zoo.model.VGG19;
import org.deeplearning4j.zoo.model.Xception;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Writes a Zoo network, as its class builds it, with random weights: NAME.zip as the Zoo's are,
 * NAME.json and NAME.safetensors. NASNet is missing: its class cannot build it in 1.0.0-M2.1.
 */
public final class ZooExport {
  public static void main(String[] arguments) throws Exception {
    Dl4jRuntime.prepare();
    Path folder = Path.of(arguments[1]);
    String name = arguments[0];
    ComputationGraph graph = model(name).init();
    Nd4j.getRandom().setSeed(7);
    Map<String, Safetensors.Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, INDArray> parameter : graph.paramTable().entrySet()) {
      INDArray values = parameter.getValue();
      if (values.rank() == 4) { // LeCun et al. 1998: the network's own may overflow
        boolean depthwise =
            graph.paramTable().containsKey(parameter.getKey().replaceFirst("_W$", "_pW"));
        double inputs = (double) values.length() / values.size(0) / (depthwise ? values.size(1) : 1);
        values.assign(Nd4j.randn(values.shape()).muli(Math.sqrt(1 / inputs)));
      } else { // biases and batch normalisation, not those of a fresh network
        values.addi(Nd4j.rand(values.shape()).subi(0.5).muli(0.4));
        if (parameter.getKey().endsWith("_gamma")) {
          values.muli(0.5); // else Xception's blocks make rounding errors grow ten-thousandfold
        }
      }
      tensors.put(
          parameter.getKey(),
          new Safetensors.Tensor(
              values.shape(), FloatBuffer.wrap(values.dup('c').data().asFloat())));
    }
    Files.write(folder.resolve(name + ".zip"), GraphZip.write(graph));
    Files.writeString(folder.resolve(name + ".json"), graph.getConfiguration().toJson(), StandardCharsets.UTF_8);
    Files.write(
        folder.resolve(name + ".safetensors"),
        SafetensorsWriter.bytes(Safetensors.of(name, tensors, Map.of())));
  }

  private static ZooModel<?> model(String name) {
    return switch (name) {
      case "vgg16" -> VGG16.builder().numClasses(1000).build();
      case "vgg19" -> VGG19.builder().numClasses(1000).build();
      case "resnet50" -> ResNet50.builder().numClasses(1000).build();
      case "squeezenet" -> SqueezeNet.builder().numClasses(1000).inputShape(new int[] {3, 227, 227}).build();
      case "xception" -> Xception.builder().numClasses(1000).inputShape(new int[] {3, 299, 299}).build();
      case "darknet19" -> Darknet19.builder().numClasses(1000).build();
      default -> throw new IllegalArgumentException(name);
    };
  }
}
