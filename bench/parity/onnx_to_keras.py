"""An ONNX file of convolutions, sums, ReLU6 and a classifier as a Keras 2 model.

  python onnx_to_keras.py FILE.onnx FILE.h5     needs onnx, onnxruntime, tensorflow, tf_keras
"""
import os
import sys
import tempfile

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import onnx
import onnxruntime
import tf_keras as keras
from onnx import numpy_helper
from tf_keras import layers


def folded(file):
    """The graph with everything worked out that does not depend on the picture, such as PyTorch's paddings."""
    with tempfile.TemporaryDirectory() as folder:
        options = onnxruntime.SessionOptions()
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
        options.optimized_model_filepath = os.path.join(folder, "folded.onnx")
        onnxruntime.InferenceSession(file, options)
        return onnx.load(options.optimized_model_filepath).graph


def convert(graph):
    constants = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    picture = graph.input[0]
    size = picture.type.tensor_type.shape.dim[2].dim_value
    values = {picture.name: layers.Input((size, size, 3))}
    made = []

    def layer_of(node, inputs):
        attributes = {a.name: onnx.helper.get_attribute_value(a) for a in node.attribute}
        arrays = [constants[i] for i in node.input if i in constants]
        if node.op_type == "Conv":
            w, b = arrays
            stride, depthwise = attributes.get("strides", [1])[0], attributes.get("group", 1) > 1
            kernel, pads = w.shape[2], attributes.get("pads", [0] * 4)  # top, left, bottom, right
            if any(pads):
                inputs = [layers.ZeroPadding2D(((pads[0], pads[2]), (pads[1], pads[3])))(inputs[0])]
            if depthwise:
                layer, kernels = layers.DepthwiseConv2D(kernel, stride), w.transpose(2, 3, 0, 1)
            else:
                layer, kernels = layers.Conv2D(w.shape[0], kernel, stride), w.transpose(2, 3, 1, 0)
            made.append((layer, [kernels, b]))
            return layer(inputs[0])
        if node.op_type == "Pad":
            pads = arrays[0]  # begin of N, C, H, W, then end
            return layers.ZeroPadding2D(((int(pads[2]), int(pads[6])), (int(pads[3]), int(pads[7]))))(inputs[0])
        if node.op_type == "Clip":
            return layers.ReLU(6.0)(inputs[0])
        if node.op_type == "Add":
            return layers.Add()(inputs)
        if node.op_type == "GlobalAveragePool":
            return layers.GlobalAveragePooling2D()(inputs[0])
        if node.op_type == "Flatten":
            return inputs[0]  # a vector already
        if node.op_type == "Gemm":
            w, b = arrays
            layer = layers.Dense(w.shape[0])
            made.append((layer, [w.T, b]))
            return layer(inputs[0])
        raise SystemExit("unknown node " + node.op_type)

    for node in graph.node:
        if node.op_type == "Constant":
            constants[node.output[0]] = numpy_helper.to_array(node.attribute[0].t)
        else:
            values[node.output[0]] = layer_of(node, [values[i] for i in node.input if i in values])
    model = keras.Model(values[picture.name], values[graph.output[0].name])
    for layer, weights in made:
        layer.set_weights(weights)
    return model


convert(folded(sys.argv[1])).save(sys.argv[2], include_optimizer=False)
