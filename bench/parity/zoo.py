"""Networks of DL4J's Zoo with random weights: what the encoder gives against TensorFlow, which runs DL4J's configuration
in double precision.

  java -cp "cli/target/caption4j.jar:cli/target/lib/*" bench/parity/ZooExport.java NAME WORK_DIR
  python bench/parity/zoo.py WORK_DIR NAME...     run from the repository's root
"""
import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tensorflow as tf
from encoder_run import compare, features, noise, usual_layer

MODES = {"tf": ([127.5] * 3, 127.5, 1), "caffe": ([123.68, 116.779, 103.939], 1, -1), "scale": ([0] * 3, 255, 1)}
NETWORKS = {"vgg16": (224, "caffe"), "vgg19": (224, "caffe"), "resnet50": (224, "caffe"), "squeezenet": (227, "caffe"),
            "xception": (299, "tf"), "darknet19": (224, "scale")}


def safetensors(file):
    data = open(file, "rb").read()
    end = 8 + int.from_bytes(data[:8], "little")
    return {n: np.frombuffer(data[end + t["data_offsets"][0] : end + t["data_offsets"][1]], "<f4").reshape(t["shape"]).astype("f8")
            for n, t in json.loads(data[8:end]).items() if n != "__metadata__"}


def activation(x, layer):
    function = layer["activationFn"]
    kind = function["@class"].rsplit(".Activation", 1)[1]
    if kind == "Identity":
        return x
    if kind == "LReLU":
        return tf.nn.leaky_relu(x, function["alpha"])
    if kind == "Sigmoid":  # DL4J's own where a network says nothing, as in the Zoo's SqueezeNet
        return tf.sigmoid(x)
    assert kind == "ReLU" and not function["max"] and not function["negativeSlope"], function
    return tf.nn.relu(x)


def padded(x, layer, value):
    if layer["convolutionMode"] == "Same":
        return x, "SAME"
    py, px = layer["padding"]
    return tf.pad(x, [[0, 0], [py, py], [px, px], [0, 0]], constant_values=value), "VALID"


def run(vertex, name, x, weights):
    """x: inputs, each (N, H, W, C)."""
    kind = vertex["@class"].split(".")[-1]
    if kind == "MergeVertex":
        return tf.concat(x, 3)
    if kind == "ElementWiseVertex":
        assert vertex["op"] == "Add"
        return tf.add_n(x)
    layer, x = vertex["layerConf"]["layer"], x[0]
    kind = layer["@class"].split(".")[-1]
    w = lambda key: weights[name + "_" + key]
    if kind == "ConvolutionLayer":
        x, padding = padded(x, layer, 0)
        x = tf.nn.conv2d(x, w("W").transpose(2, 3, 1, 0), layer["stride"], padding, dilations=layer["dilation"])
        return activation(x + (w("b").reshape(-1) if layer["hasBias"] else 0), layer)
    if kind == "SeparableConvolution2D":
        x, padding = padded(x, layer, 0)
        sy, sx = layer["stride"]
        x = tf.nn.separable_conv2d(x, w("W").transpose(2, 3, 1, 0), w("pW").transpose(2, 3, 1, 0), [1, sy, sx, 1], padding)
        return activation(x + (w("b").reshape(-1) if layer["hasBias"] else 0), layer)
    if kind == "BatchNormalization":
        variance = 10 ** (2 * w("log10stdev")) if layer["useLogStd"] else w("var")
        return tf.nn.batch_normalization(x, w("mean"), variance, w("beta"), w("gamma"), layer["eps"])
    if kind == "ActivationLayer":
        return activation(x, layer)
    if kind == "DropoutLayer":
        return x
    if kind == "SubsamplingLayer":
        largest = layer["poolingType"] == "MAX"
        x, padding = padded(x, layer, -np.inf if largest else 0)
        return tf.nn.pool(x, layer["kernelSize"], layer["poolingType"], layer["stride"], padding)
    if kind == "ZeroPaddingLayer":
        t, b, l, r = layer["padding"]
        return tf.pad(x, [[0, 0], [t, b], [l, r], [0, 0]])
    raise SystemExit("unknown layer " + kind)


def expected(name, work, pixels, mode, cut):
    """The cut layer's output, (N, C, R, R)."""
    network, weights = json.load(open(os.path.join(work, name + ".json"))), safetensors(os.path.join(work, name + ".safetensors"))
    mean, deviation, step = MODES[mode]
    values = {network["networkInputs"][0]: tf.constant(((pixels - np.array(mean)) / deviation)[..., ::step].astype("f8"))}

    def value(vertex):
        if vertex not in values:
            inputs = [value(v) for v in network["vertexInputs"][vertex]]
            values[vertex] = run(network["vertices"][vertex], vertex, inputs, weights)
        return values[vertex]

    return np.moveaxis(value(cut).numpy(), -1, 1)


work = sys.argv[1]
for name in sys.argv[2:]:
    size, mode = NETWORKS[name]
    options = [name, "--encoder-weights", os.path.join(work, name + ".zip")]
    cut = usual_layer(*options)
    compare(f"{name} at {cut}", features(noise(size), "--encoder", *options), expected(name, work, noise(size), mode, cut))
