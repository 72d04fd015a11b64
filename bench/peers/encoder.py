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
    from session import session

    for name, spinning in (("spinning", True), ("not spinning", False)):  # threads that wait: which is faster depends
        run = session(spinning).run
        measure(name, lambda x: run(None, {"image": x}), seconds)


def pytorch(seconds):
    import torch

    from lite0 import Lite0, traced

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
            jit = traced(network, batch)
            rate = batch / median_seconds(lambda: jit(x), *seconds)
            result(f"jit batch {batch}", rate, "images/s")


if __name__ == "__main__":
    {"onnxruntime": onnxruntime, "torch": pytorch}[sys.argv[1]]([float(a) for a in sys.argv[2:4]])
