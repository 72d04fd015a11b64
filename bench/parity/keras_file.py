"""What keras:FILE gives against TensorFlow, at the layer where it is cut.

  python bench/parity/keras_file.py FILE.h5 caffe|tf|torch     run from the repository's root
"""
import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tf_keras as keras
from encoder_run import compare, features, noise, usual_layer


def check(file, mode):
    model = keras.models.load_model(file, compile=False)
    options = ["keras:" + file, "--preprocessing", mode]
    cut = usual_layer(*options)
    pixels = noise(model.input_shape[1])
    prepared = keras.applications.imagenet_utils.preprocess_input(pixels.astype(np.float32), mode=mode)
    expected = keras.Model(model.inputs, model.get_layer(cut).output).predict(prepared, verbose=0)
    compare(f"{os.path.basename(file)} at {cut}", features(pixels, "--encoder", *options), np.moveaxis(expected, -1, 1))


if __name__ == "__main__":
    check(*sys.argv[1:])
