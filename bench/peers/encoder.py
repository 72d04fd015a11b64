"""The frozen encoder's peers: encoder.py onnxruntime|torch WARM_UP_SECONDS MEASURED_SECONDS."""

import sys

import numpy as np

from timing import median_seconds, result

BATCHES = (1, 8, 32)


def pictures(batch):
    return np.random.default_rng(1).standard_normal((batch, 3, 224, 224), dtype=np.float32)


def measure(name, run, seconds):
    for batch in BATCHES:
        x = pictures(batch)
        result(f"{name} batch {batch}", batch / median_seconds(lambda: run(x), *seconds), "images/s")


def onnxruntime(seconds):
    import onnxruntime as ort
    from safetensors.numpy import load_file

    from lite0 import GRAPH, WEIGHTS

    weights = load_file(WEIGHTS)
    values = [ort.OrtValue.ortvalue_from_numpy(value) for value in weights.values()]
    for name, spinning in (("spinning", "1"), ("not spinning", "0")):  # threads that wait: which is faster depends
        options = ort.SessionOptions()
        options.intra_op_num_threads = 2
        options.add_session_config_entry("session.intra_op.allow_spinning", spinning)
        options.add_external_initializers(list(weights), values)
        session = ort.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])
        measure(name, lambda x: session.run(None, {"image": x}), seconds)


def pytorch(seconds):
    import torch

    from lite0 import Lite0

    torch.set_num_threads(2)
    last = torch.channels_last
    with torch.inference_mode():
        network = Lite0()
        measure("eager", lambda x: network(torch.from_numpy(x)), seconds)
        network = network.to(memory_format=last)
        measure(
            "eager, channels last",
            lambda x: network(torch.from_numpy(x).contiguous(memory_format=last)),
            seconds,
        )
        for batch in BATCHES:  # traced for each batch: what PyTorch is fastest with
            x = torch.from_numpy(pictures(batch)).contiguous(memory_format=last)
            traced = torch.jit.optimize_for_inference(torch.jit.trace(network, x))
            rate = batch / median_seconds(lambda: traced(x), *seconds)
            result(f"jit batch {batch}", rate, "images/s")


if __name__ == "__main__":
    {"onnxruntime": onnxruntime, "torch": pytorch}[sys.argv[1]]([float(a) for a in sys.argv[2:4]])
