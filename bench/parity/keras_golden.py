"""Makes the small Keras models and their outputs that KerasFileTest compares with (TensorFlow, tf_keras).

  python keras_golden.py ../../encoder/src/test/resources/io/caption4j/encoder
"""
import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tf_keras as keras
from tf_keras import layers

SIDE = 17


def pixels():
    """The picture that the test makes too, (1, 17, 17, 3)."""
    i = np.arange(SIDE * SIDE * 3)
    return ((i * 37 + (i // 51) * 11 + i * i % 251) % 256).astype(np.uint8).reshape(1, SIDE, SIDE, 3)


def mobile():
    """What MobileNet is made of: padding, depthwise convolution, batch normalisation, ReLU6, a sum, its classifier; and a concatenation."""
    image = layers.Input((SIDE, SIDE, 3))
    x = layers.ZeroPadding2D(((0, 1), (0, 1)), name="pad")(image)
    x = layers.Conv2D(6, 3, strides=2, use_bias=False, name="conv1")(x)
    x = layers.BatchNormalization(name="bn1")(x)
    x = layers.ReLU(6.0, name="relu1")(x)
    y = layers.DepthwiseConv2D(3, padding="same", use_bias=False, name="dw")(x)
    y = layers.BatchNormalization(name="bn2")(y)
    y = layers.ReLU(6.0, name="relu2")(y)
    y = layers.Conv2D(6, 1, use_bias=False, name="pw")(y)
    x = layers.Add(name="sum")([x, y])
    x = layers.Concatenate(name="both")([x, y])
    x = layers.Conv2D(7, 3, strides=2, padding="same", activation="relu", name="top")(x)
    y = layers.GlobalAveragePooling2D(keepdims=True, name="mean")(x)
    y = layers.Conv2D(5, 1, name="scores")(y)
    y = layers.Reshape((5,), name="vector")(y)
    y = layers.Activation("softmax", name="classes")(y)
    return keras.Model(image, y)


def plain():
    """A Sequential with a dense layer over the flattened grid, whose order of rows and columns matters."""
    return keras.Sequential([
        layers.Conv2D(4, 3, activation="relu", input_shape=(SIDE, SIDE, 3), name="conv"),
        layers.MaxPooling2D(2, name="pool"),
        layers.AveragePooling2D(2, padding="same", name="means"),
        layers.Flatten(name="flat"),
        layers.Dense(5, activation="tanh", name="dense"),
    ])


def separable(multiplier):
    """What DL4J gets wrong by itself, see KerasFile and SeparableSplit."""
    return keras.Sequential([layers.SeparableConv2D(2, 3, depth_multiplier=multiplier, input_shape=(SIDE, SIDE, 3), name="sep")])


def randomise(model):
    random = np.random.default_rng(5)
    for layer in model.layers:
        values = [random.normal(0, 0.4, w.shape).astype(np.float32) for w in layer.get_weights()]
        if isinstance(layer, layers.BatchNormalization):
            values[0] = 1 + 0.3 * values[0]
            values[3] = 0.5 + np.abs(values[3])
        layer.set_weights(values)
    return model


def output(model, layer, prepared):
    found = keras.Model(model.inputs, model.get_layer(layer).output).predict(prepared, verbose=0)
    return np.moveaxis(found, -1, 1) if found.ndim == 4 else found  # (N, C, R, R) or (N, C)


folder = sys.argv[1]
models = [("mobile", mobile, ["top", "sum", "classes"]), ("plain", plain, ["means", "dense"]), ("separable", lambda: separable(1), ["sep"]),
          ("multiplied", lambda: separable(2), [])]
for name, make, cuts in models:
    model = randomise(make())
    model.save(os.path.join(folder, f"keras-{name}.h5"), include_optimizer=False)
    for cut in cuts:
        np.save(os.path.join(folder, f"keras-{name}-{cut}.npy"), output(model, cut, pixels() / 127.5 - 1.0))
