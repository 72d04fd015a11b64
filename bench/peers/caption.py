"""One picture in memory to a caption, and its search alone: caption.py WARM_UP_SECONDS MEASURED_SECONDS FOLDER, the
folder that CaptionTask.java reads."""

import sys
from pathlib import Path

import numpy as np
import torch

from captioner import ENCODER, Captioner
from lite0 import Lite0, traced
from timing import median_seconds, result, text

if __name__ == "__main__":
    torch.set_num_threads(2)
    seconds = [float(a) for a in sys.argv[1:3]]
    folder = Path(sys.argv[3])
    pixels = np.fromfile(folder / "pixels.rgb", np.uint8).reshape(1, 224, 224, 3)
    captioner = Captioner(folder, Lite0(folder / ENCODER))
    ((words, log_probability),) = captioner.caption(pixels)
    text("words", words)
    result("log-probability", log_probability, "nats")
    result("eager caption", 1000 * median_seconds(lambda: captioner.caption(pixels), *seconds), "ms")
    grid = captioner.encoder(torch.randn(1, 3, 224, 224)).detach()
    result("search", 1000 * median_seconds(lambda: captioner.search(grid), *seconds), "ms")
    captioner.encoder = traced(captioner.encoder, 1)
    result("jit caption", 1000 * median_seconds(lambda: captioner.caption(pixels), *seconds), "ms")
