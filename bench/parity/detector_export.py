"""Makes the bundled detector's two files of TensorFlow's SSD-MobileNetV2 as tf2onnx writes it, its weights int8.

    detector_export.py ssd-mobilenet-v2-coco.onnx coco-classes.tsv FOLDER   (needs numpy, onnx)

What is left out is what the JVM does itself: the loops that resize and that suppress overlapping boxes (5,500 of the 5,900
nodes), and the eleven of the 91 classes that have no name. Scales of batch normalisation go into the convolutions.
FOLDER/ssd-mobilenet-v2-coco.onnx: input `image` (N, 3, 300, 300), RGB, pixel / 127.5 - 1; outputs `boxes` (N, 1917, 4) as
y1, x1, y2, x2 from 0 to 1, and `scores` (N, 1917, 80). FOLDER/ssd-mobilenet-v2-coco.safetensors.gz: its initializers,
int8 with a scale a row or float32.
"""
import gzip
import json
import os
import struct
import sys

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

NAME = "ssd-mobilenet-v2-coco"
LEVELS = 6          # feature maps with boxes
CLASSES = 91        # 0 is the background
SIDE = 300
CENTRE, SIZE = np.float32(0.1), np.float32(0.2)  # variances of the box encoding


class Source:
    """The graph as it comes: constants, int8 weights with scales, who makes and who reads a value."""

    def __init__(self, model):
        self.values = {t.name: numpy_helper.to_array(t) for t in model.graph.initializer}
        self.quantised = {}
        self.maker = {}
        self.readers = {}
        for node in model.graph.node:
            if node.op_type == "DequantizeLinear":
                q, s, z = (self.values[name] for name in node.input)
                assert not z.any() and s.shape == q.shape[:1]
                self.quantised[node.output[0]] = q, s
            for name in node.output:
                self.maker[name] = node
            for name in node.input:
                self.readers.setdefault(name, []).append(node)

    def weight(self, name):
        """(int8 values, a scale a row) or (float values, None)."""
        return self.quantised.get(name) or (self.values[name], None)

    def only_reader(self, value, kind):
        readers = self.readers.get(value, [])
        return readers[0] if len(readers) == 1 and readers[0].op_type == kind else None


class Export:
    def __init__(self, source, used):
        self.source = source
        self.used = used          # class ids with a name, in order
        self.nodes = []
        self.tensors = {}         # name to int8 or float32
        self.names = {}           # value in the source to value here
        self.layers = 0

    def node(self, kind, inputs, output, **attributes):
        self.nodes.append(helper.make_node(kind, inputs, [output], **attributes))
        return output

    def constant(self, name, values):
        self.tensors[name] = np.asarray(values)
        return name

    def take(self, name, value):
        values, scale = value
        self.tensors[name] = values
        if scale is not None:
            self.tensors[name + ".scale"] = scale

    def convolution(self, node, rows=None, name=None):
        """A Conv with what follows it up to its activation."""
        values, scale = self.source.weight(node.input[1])
        bias = self.source.values[node.input[2]] if len(node.input) > 2 else np.zeros(len(values), np.float32)
        end = node.output[0]
        mul = self.source.only_reader(end, "Mul")
        if mul is not None:
            factor = self.source.values[mul.input[1]].reshape(-1)
            add = self.source.only_reader(mul.output[0], "Add")
            bias = bias * factor + self.source.values[add.input[1]].reshape(-1)
            if scale is None:
                values = values * factor.reshape(-1, 1, 1, 1)
            else:
                scale = scale * factor
            end = add.output[0]
        if rows is not None:
            values, bias, scale = values[rows], bias[rows], None if scale is None else scale[rows]
        if name is None:
            name = f"conv{self.layers:02d}"
            self.layers += 1
        self.take(name + ".weight", (values, scale))
        self.constant(name + ".bias", bias.astype(np.float32))
        attributes = {a.name: helper.get_attribute_value(a) for a in node.attribute}
        here = self.node("Conv", [self.names[node.input[0]], name + ".weight", name + ".bias"], name, **attributes)
        clip = self.source.only_reader(end, "Clip")
        if clip is not None:
            here = self.node("Clip", [here, "zero", "six"], name + "_relu6")
            end = clip.output[0]
        self.names[end] = here

    def head(self, level, kind, width, rows):
        """A level's boxes or scores: (N, anchors, width)."""
        source = self.source
        suffix = {"box": "BoxEncodingPredictor", "class": "ClassPredictor"}[kind]
        end = f"BoxPredictor_{level}/{suffix}/BiasAdd:0"
        conv = source.maker[end]
        anchors = len(source.weight(conv.input[1])[0]) // (4 if kind == "box" else CLASSES)
        picked = None if rows is None else np.concatenate([CLASSES * a + rows for a in range(anchors)])
        name = f"{kind}{level}"
        self.convolution(conv, picked, name)
        last = self.node("Transpose", [name], name + "_last", perm=[0, 2, 3, 1])
        shape = self.constant(f"{kind}_shape", np.array([0, -1, width], np.int64))
        return self.node("Reshape", [last, shape], name + "_rows")

    def build(self, model):
        source = self.source
        self.names["Preprocessor/sub:0"] = "image"
        self.constant("zero", np.float32(0))
        self.constant("six", np.float32(6))
        for node in model.graph.node:
            if node.op_type == "Conv" and not node.output[0].startswith("BoxPredictor"):
                self.convolution(node)
            elif node.op_type == "Add" and all(name in self.names for name in node.input):
                output = self.node("Add", [self.names[n] for n in node.input], f"add{self.layers:02d}")
                self.names[node.output[0]] = output
            elif node.op_type == "Reshape" and node.input[0] in self.names and node.output[0] not in self.names:
                self.names[node.output[0]] = self.names[node.input[0]]  # of a 1 x 1 map: changes nothing
        boxes = [self.head(i, "box", 4, None) for i in range(LEVELS)]
        scores = [self.head(i, "class", len(self.used), np.array(self.used)) for i in range(LEVELS)]
        self.node("Concat", scores, "logits", axis=1)
        self.node("Sigmoid", ["logits"], "scores")
        self.node("Concat", boxes, "encoded", axis=1)
        self.decode(source.values["Postprocessor/ExpandDims:0"][0])

    def decode(self, anchors):
        """Boxes of what the network says about its anchors, (1917, 4) as y1, x1, y2, x2."""
        size = anchors[:, 2:] - anchors[:, :2]
        self.constant("anchor.centre", anchors[:, :2] + size / 2)
        self.constant("anchor.step", size * CENTRE)
        self.constant("anchor.half", size / 2)
        self.constant("anchor.variance", SIZE)
        for name, (begin, end) in {"moved": (0, 2), "grown": (2, 4)}.items():
            starts = self.constant(name + ".from", np.array([begin], np.int64))
            ends = self.constant(name + ".to", np.array([end], np.int64))
            axis = self.constant("last", np.array([2], np.int64))
            self.node("Slice", ["encoded", starts, ends, axis], name)
        self.node("Mul", ["moved", "anchor.step"], "shift")
        self.node("Add", ["shift", "anchor.centre"], "centre")
        self.node("Mul", ["grown", "anchor.variance"], "exponent")
        self.node("Exp", ["exponent"], "factor")
        self.node("Mul", ["factor", "anchor.half"], "half")
        self.node("Sub", ["centre", "half"], "first")
        self.node("Add", ["centre", "half"], "second")
        self.node("Concat", ["first", "second"], "boxes", axis=2)

    def model(self):
        """Small whole numbers stay in the graph; all floats are external."""
        initializers = []
        for name, values in self.tensors.items():
            if name.endswith(".scale"):
                continue
            if values.dtype == np.int64:
                initializers.append(numpy_helper.from_array(values, name))
                continue
            tensor = TensorProto(name=name, data_type=TensorProto.FLOAT, dims=values.shape)
            tensor.data_location = TensorProto.EXTERNAL
            tensor.external_data.add(key="location", value=NAME + ".safetensors")
            initializers.append(tensor)
        anchors = len(self.tensors["anchor.half"])
        info = lambda name, *shape: helper.make_tensor_value_info(name, TensorProto.FLOAT, shape)
        graph = helper.make_graph(
            self.nodes, NAME, [info("image", "N", 3, SIDE, SIDE)],
            [info("boxes", "N", anchors, 4), info("scores", "N", anchors, len(self.used))], initializers)
        return helper.make_model(graph, ir_version=7, opset_imports=[helper.make_opsetid("", 13)])


def safetensors(tensors, metadata):
    header, data = {"__metadata__": metadata}, b""
    for name, values in tensors.items():
        raw = np.ascontiguousarray(values).tobytes()
        header[name] = {"dtype": {"int8": "I8", "float32": "F32"}[str(values.dtype)],
                        "shape": list(values.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return struct.pack("<Q", len(text)) + text + data


def main(file, classes, folder):
    model = onnx.load(file)
    used = [int(line.split("\t")[0]) for line in open(classes, encoding="utf-8")]
    export = Export(Source(model), used)
    export.build(model)
    graph = export.model()
    floats = {n: v.astype(np.float32) if v.dtype == np.float64 else v
              for n, v in export.tensors.items() if v.dtype != np.int64}
    floats = dict(sorted(floats.items(), key=lambda item: item[1].dtype == np.int8))  # floats first: they stay aligned
    with open(os.path.join(folder, NAME + ".onnx"), "wb") as out:
        out.write(graph.SerializeToString())
    raw = safetensors(floats, {"license": "Apache-2.0", "model": "ssd_mobilenet_v2_coco_2018_03_29"})
    with open(os.path.join(folder, NAME + ".safetensors.gz"), "wb") as out:
        with gzip.GzipFile("", "wb", 9, out, mtime=0) as packed:  # no name and no time: the same bytes each time
            packed.write(raw)
    print(f"{len(export.nodes)} nodes, {len(raw):,} bytes of weights, {os.path.getsize(out.name):,} packed")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
