package io.caption4j.encoder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The models of DL4J's Zoo that have weights pretrained on ImageNet: file and Adler-32 as in
 * deeplearning4j-zoo 1.0.0-M2.1, and the preprocessing that the weights' origin wants (Keras's for
 * all but Darknet19, whose converter's notes say RGB from 0 to 1). The zip holds its own graph,
 * which is not always that of the Zoo's {@code init()}.
 */
public enum ZooEncoder {
  /** Simonyan and Zisserman 2014, 16 layers. */
  VGG16("vgg16_dl4j_inference.zip", 3501732770L, 224, "caffe"),
  /** The same with 19 layers. */
  VGG19("vgg19_dl4j_inference.zip", 2782932419L, 224, "caffe"),
  /** He et al. 2015. */
  RESNET50("resnet50_dl4j_inference.v3.zip", 3914447815L, 224, "caffe"),
  /** Iandola et al. 2016. */
  SQUEEZENET("squeezenet_dl4j_inference.v2.zip", 3711411239L, 227, "caffe"),
  /** Chollet 2017. */
  XCEPTION("xception_dl4j_inference.v2.zip", 3277876097L, 299, "tf"),
  /** Redmon and Farhadi 2016. */
  DARKNET19("darknet19_dl4j_inference.v2.zip", 691100891L, 224, null),
  /** Zoph et al. 2017. */
  NASNET_MOBILE("nasnetmobile_dl4j_inference.v1.zip", 3082463801L, 224, "tf");

  private final String file;
  private final long adler32;
  private final Preprocessing preprocessing;

  ZooEncoder(String file, long adler32, int size, String mode) {
    this.file = file;
    this.adler32 = adler32;
    this.preprocessing =
        mode == null ? Preprocessing.rgb(size, 0, 255) : PreprocessingSource.mode(mode, size);
  }

  /** The name on the command line: vgg16, nasnet-mobile. */
  public String encoderName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of all. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ZooEncoder::encoderName).toList();
  }

  /** The one of a name. */
  public static Optional<ZooEncoder> named(String name) {
    return Arrays.stream(values()).filter(zoo -> zoo.encoderName().equals(name)).findFirst();
  }

  /** The file's name in the Zoo. */
  public String file() {
    return file;
  }

  /** Whether the file is in a folder of downloads. */
  public boolean isHere(Path downloads) {
    return Files.isRegularFile(downloads.resolve(file));
  }

  /** Its checksum. */
  public long adler32() {
    return adler32;
  }

  /** How pixels become the network's input. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }
}
