"""Writes the bundled EfficientNet-Lite0 as a file of its own for each way in: lite0.onnx (weights inside) and lite0.h5 (Keras 2).

  python lite0_exports.py OUT_DIR     needs numpy, onnx, tensorflow, tf_keras
"""
import json
import os
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import onnx
import tf_keras as keras
from tf_keras import layers

RESOURCES = os.path.join(os.path.dirname(__file__), "../../encoder/src/main/resources/io/caption4j/encoder/efficientnet-lite0")


def safetensors(file):
    data = open(file, "rb").read()
    end = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:end])
    header.pop("__metadata__", None)
    return {
        name: np.frombuffer(data[end + t["data_offsets"][0] : end + t["data_offsets"][1]], "<f4").reshape(t["shape"])
        for name, t in header.items()
    }


def keras_model(graph, weights):
    values = {graph.input[0].name: layers.Input((224, 224, 3))}
    made = []
    for node in graph.node:
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        inputs = [values[i] for i in node.input if i in values]
        if node.op_type == "Conv":
            w, b = weights[node.input[1]], weights[node.input[2]]
            stride, group, kernel = attributes.get("strides", [1, 1])[0], attributes.get("group", 1), w.shape[2]
            pads = attributes.get("pads", [0, 0, 0, 0])  # top, left, bottom, right
            x = inputs[0]
            if any(pads):
                x = layers.ZeroPadding2D(((pads[0], pads[2]), (pads[1], pads[3])))(x)
            padding = "same" if attributes.get("auto_pad", b"").startswith(b"SAME") else "valid"
            if group > 1:
                layer, kernels = layers.DepthwiseConv2D(kernel, stride, padding), w.transpose(2, 3, 0, 1)
            else:
                layer, kernels = layers.Conv2D(w.shape[0], kernel, stride, padding), w.transpose(2, 3, 1, 0)
            values[node.output[0]] = layer(x)
            made.append((layer, [kernels, b]))
        elif node.op_type == "Clip":
            values[node.output[0]] = layers.ReLU(6.0)(inputs[0])
        elif node.op_type == "Add":
            values[node.output[0]] = layers.Add()(inputs)
        else:
            raise SystemExit("unknown node " + node.op_type)
    model = keras.Model(values[graph.input[0].name], values[graph.output[0].name])
    for layer, w in made:
        layer.set_weights(w)
    return model


out = sys.argv[1]
weights = safetensors(RESOURCES + ".safetensors")
model = onnx.load(RESOURCES + ".onnx", load_external_data=False)
keras_model(model.graph, weights).save(os.path.join(out, "lite0.h5"), include_optimizer=False)
for tensor in model.graph.initializer:
    if tensor.data_location == onnx.TensorProto.EXTERNAL:
        del tensor.external_data[:]
        tensor.data_location = onnx.TensorProto.DEFAULT
        tensor.raw_data = np.ascontiguousarray(weights[tensor.name], "<f4").tobytes()
onnx.save(model, os.path.join(out, "lite0.onnx"))
