"""The detector's peer: detector.py WARM_UP_SECONDS MEASURED_SECONDS PICTURE [FILE.onnx]. It runs the bundled network on a
prepared picture, without resizing and without suppressing overlapping boxes, or a whole file of TensorFlow's form."""

import gzip
import sys
import time
from pathlib import Path

import numpy as np
import onnxruntime
from PIL import Image
from safetensors.numpy import load

from timing import median_seconds, result

FILES = Path(__file__).resolve().parents[2] / "encoder/src/main/resources/io/caption4j/encoder/detect"
NAME = "ssd-mobilenet-v2-coco"
SIDE = 300
BATCHES = (1, 8)


def options(spinning):
    made = onnxruntime.SessionOptions()
    made.intra_op_num_threads = 2
    made.add_session_config_entry("session.intra_op.allow_spinning", "1" if spinning else "0")
    made.add_session_config_entry("session.disable_quant_qdq", "1")  # weights become floats once
    return made


def bundled(spinning):
    tensors = load(gzip.decompress((FILES / f"{NAME}.safetensors.gz").read_bytes()))
    scales = {name for name in tensors if name.endswith(".scale")}
    weights = {}
    for name in tensors.keys() - scales:
        value = tensors[name].astype(np.float32)
        if name + ".scale" in scales:
            value *= tensors[name + ".scale"].reshape(-1, *[1] * (value.ndim - 1))
        weights[name] = value
    with_weights = options(spinning)
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in weights.values()]
    with_weights.add_external_initializers(list(weights), values)
    graph = (FILES / f"{NAME}.onnx").read_bytes()
    session = onnxruntime.InferenceSession(graph, with_weights, providers=["CPUExecutionProvider"])
    session.kept = weights, values  # as long as the session, which may read them in place
    return session


def main(warm_up, measured, picture, file=None):
    seconds = float(warm_up), float(measured)
    image = Image.open(picture).convert("RGB").resize((SIDE, SIDE), Image.BILINEAR)
    pixels = np.asarray(image)[None]  # (1, 300, 300, 3)
    started = time.perf_counter()
    for spinning in (True, False):  # threads that wait: which is faster depends
        session = onnxruntime.InferenceSession(file, options(spinning)) if file else bundled(spinning)
        if spinning:
            result("open", time.perf_counter() - started, "s")
        one = pixels if file else (pixels.transpose(0, 3, 1, 2) / 127.5 - 1).astype(np.float32)
        inputs = {batch: {session.get_inputs()[0].name: np.repeat(one, batch, 0)} for batch in BATCHES}
        for batch in BATCHES:
            rate = batch / median_seconds(lambda: session.run(None, inputs[batch]), *seconds)
            result(f"{'spinning' if spinning else 'not spinning'} batch {batch}", rate, "images/s")
        del session


if __name__ == "__main__":
    main(*sys.argv[1:])
