"""Networks of keras.applications with random weights: what keras:FILE gives against TensorFlow.

  python bench/parity/keras_applications.py WORK_DIR [NAME...]     run from the repository's root
"""
import os
import sys

from keras_file import check, keras, np

NETWORKS = {  # name: (constructor, its arguments, preprocessing)
    "mobilenet": (keras.applications.MobileNet, {}, "tf"),
    "mobilenet_v2": (keras.applications.MobileNetV2, {}, "tf"),
    "resnet50": (keras.applications.ResNet50, {}, "caffe"),
    "resnet50_v2": (keras.applications.ResNet50V2, {}, "tf"),
    "vgg16": (keras.applications.VGG16, {"include_top": False, "input_shape": (224, 224, 3)}, "caffe"),
    "densenet121": (keras.applications.DenseNet121, {}, "torch"),
    "inception_v3": (keras.applications.InceptionV3, {}, "tf"),
    "xception": (keras.applications.Xception, {}, "tf"),
    "nasnet_mobile": (keras.applications.NASNetMobile, {}, "tf"),
}
work = sys.argv[1]
random = np.random.default_rng(1)
for name in sys.argv[2:] or NETWORKS:
    make, arguments, mode = NETWORKS[name]
    keras.utils.set_random_seed(1)
    model = make(weights=None, **arguments)
    for layer in model.layers:  # statistics that are not those of a fresh network
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([w.numpy() * random.uniform(0.8, 1.2, w.shape) if "gamma" in w.name or "variance" in w.name
                               else w.numpy() + random.normal(0, 0.1, w.shape) for w in layer.weights])
    file = os.path.join(work, name + ".h5")
    model.save(file, include_optimizer=False)
    try:
        check(file, mode)
    except SystemExit as refused:
        print(f"{name} refused: {refused}")
