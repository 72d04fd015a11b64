"""Networks of keras.applications with random weights: what keras:FILE gives against TensorFlow.

  python keras_applications.py WORK_DIR     run from the repository's root
"""
import os
import subprocess
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tf_keras as keras
from PIL import Image

NETWORKS = {  # name: (constructor, its arguments, preprocessing, layer or None)
    "mobilenet": (keras.applications.MobileNet, {"alpha": 0.5}, "tf", "conv_pw_13_relu"),
    "mobilenet_v2": (keras.applications.MobileNetV2, {"alpha": 0.5}, "tf", "out_relu"),
    "resnet50": (keras.applications.ResNet50, {}, "caffe", "conv5_block3_out"),
    "vgg16": (keras.applications.VGG16, {"include_top": False, "input_shape": (224, 224, 3)}, "caffe", "block5_pool"),
    "densenet121": (keras.applications.DenseNet121, {}, "torch", "relu"),
}
work = sys.argv[1]
pictures = os.path.join(work, "noise")
os.makedirs(pictures, exist_ok=True)
random = np.random.default_rng(1)
pixels = random.integers(0, 256, (2, 224, 224, 3), np.uint8)
for i, p in enumerate(pixels):
    Image.fromarray(p).save(os.path.join(pictures, f"{i}.png"))
for name, (make, arguments, mode, layer) in NETWORKS.items():
    keras.utils.set_random_seed(1)
    model = make(weights=None, **arguments)
    for l in model.layers:  # statistics that are not those of a fresh network
        if isinstance(l, keras.layers.BatchNormalization):
            w = l.get_weights()
            l.set_weights([w[0] * random.uniform(0.8, 1.2, w[0].shape), w[1] + random.normal(0, 0.1, w[1].shape),
                           w[2] + random.normal(0, 0.1, w[2].shape), w[3] * random.uniform(0.8, 1.2, w[3].shape)])
    file, found = os.path.join(work, name + ".h5"), os.path.join(work, name + ".npy")
    model.save(file, include_optimizer=False)
    prepared = keras.applications.imagenet_utils.preprocess_input(pixels.astype(np.float32), mode=mode)
    expected = keras.Model(model.inputs, model.get_layer(layer).output).predict(prepared, verbose=0)
    run = subprocess.run(["./caption4j", "features", "--images", pictures, "--out", found, "--encoder", "keras:" + file,
                          "--preprocessing", mode], capture_output=True, text=True)
    if run.returncode:
        print(name, "refused:", run.stderr.strip().splitlines()[-1])
        continue
    features, expected = np.load(found), np.moveaxis(expected, -1, 1)
    if features.shape != expected.shape:
        print(name, "shapes", features.shape, expected.shape)
        continue
    print(f"{name}: {features.shape[1:]}, largest output {abs(expected).max():.3g}, largest difference {abs(features - expected).max():.2g}")
