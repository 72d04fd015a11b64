"""What keras:FILE gives against TensorFlow, at the layer where it is cut.

  python bench/parity/keras_file.py FILE.h5 caffe|tf|torch     run from the repository's root
"""
import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
import tf_keras as keras
from encoder_run import compare, features, noise, usual_layer

tf.get_logger().setLevel("ERROR")


def check(file, mode):
    model = keras.models.load_model(file, compile=False)
    options = ["keras:" + file, "--preprocessing", mode]
    cut = usual_layer(*options)
    pixels = noise(model.input_shape[1])
    prepared = keras.applications.imagenet_utils.preprocess_input(pixels.astype(np.float32), mode=mode)
    expected = keras.Model(model.inputs, model.get_layer(cut).output).predict(prepared, verbose=0)
    found, expected = features(pixels, "--encoder", *options), np.moveaxis(expected, -1, 1)
    if expected.shape[2:] == (1, 1):  # MobileNet's classifier, where the mean over positions is taken later, see KerasHead
        found = found.mean((2, 3), keepdims=True)
    compare(f"{os.path.basename(file)} at {cut}", found, expected)


if __name__ == "__main__":
    check(*sys.argv[1:])
