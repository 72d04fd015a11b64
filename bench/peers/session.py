"""EfficientNet-Lite0 in ONNX Runtime, from the graph and the weights that caption4j bundles."""

from pathlib import Path

import onnxruntime
from safetensors.numpy import load_file

FILES = Path(__file__).resolve().parents[2] / "encoder/src/main/resources/io/caption4j/encoder"
WEIGHTS = FILES / "efficientnet-lite0.safetensors"
GRAPH = FILES / "efficientnet-lite0.onnx"


def session(spinning, file=WEIGHTS):
    """Runs {"image": (N, 3, 224, 224)} to (N, 1280, 7, 7). spinning: whether threads that wait do so actively; file: the
    weights, of a model or as pretrained."""
    weights = load_file(file)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 2
    options.add_session_config_entry("session.intra_op.allow_spinning", "1" if spinning else "0")
    values = [onnxruntime.OrtValue.ortvalue_from_numpy(value) for value in weights.values()]
    options.add_external_initializers(list(weights), values)
    made = onnxruntime.InferenceSession(GRAPH.read_bytes(), options, providers=["CPUExecutionProvider"])
    made.kept = weights, values  # as long as the session, which may read them in place
    return made
