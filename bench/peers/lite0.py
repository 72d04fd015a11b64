"""EfficientNet-Lite0 in PyTorch, from the table in layers.json and the weights that caption4j bundles."""

import json
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file

HERE = Path(__file__).resolve().parent
WEIGHTS = HERE.parents[1] / "encoder/src/main/resources/io/caption4j/encoder/efficientnet-lite0.safetensors"


class Convolution(torch.nn.Module):
    """One row of the table; padding is TensorFlow's SAME, which is one-sided where the stride is 2."""

    def __init__(self, row, weights):
        super().__init__()
        kernel, stride = row["kernel"], row["stride"]
        total = kernel - stride if stride > 1 else kernel - 1
        before, after = total // 2, total - total // 2
        self.pad = None if before == after else (before, after, before, after)
        self.conv = torch.nn.Conv2d(
            row["inp"], row["out"], kernel, stride, before if self.pad is None else 0, groups=row["groups"]
        )
        self.conv.weight.data = weights[row["name"] + ".weight"]
        self.conv.bias.data = weights[row["name"] + ".bias"]
        self.relu6 = row["relu6"]

    def forward(self, x):
        if self.pad is not None:
            x = F.pad(x, self.pad)
        x = self.conv(x)
        return F.relu6(x) if self.relu6 else x


class Block(torch.nn.Module):
    def __init__(self, rows, weights):
        super().__init__()
        self.layers = torch.nn.Sequential(*(Convolution(row, weights) for row in rows))
        self.residual = rows[-1]["add"] is not None

    def forward(self, x):
        y = self.layers(x)
        return x + y if self.residual else y


class Lite0(torch.nn.Module):
    """(N, 3, 224, 224), RGB and (pixel - 127) / 128, to (N, 1280, 7, 7); file: the weights, of a model or as pretrained."""

    def __init__(self, file=WEIGHTS):
        super().__init__()
        rows = json.loads((HERE / "layers.json").read_text())
        weights = load_file(file)
        blocks = {}
        for row in rows:
            blocks.setdefault(row["name"].split("_")[0], []).append(row)
        self.blocks = torch.nn.Sequential(*(Block(block, weights) for block in blocks.values()))
        self.eval()

    def forward(self, x):
        return self.blocks(x)


def traced(network, batch):
    """The network in channels-last order as PyTorch is fastest with it, for batches of one size alone."""
    network = network.to(memory_format=torch.channels_last)
    example = torch.zeros(batch, 3, 224, 224).contiguous(memory_format=torch.channels_last)
    with torch.inference_mode():
        jit = torch.jit.optimize_for_inference(torch.jit.trace(network, example))
    return lambda x: jit(x.contiguous(memory_format=torch.channels_last))
