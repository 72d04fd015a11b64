"""One picture in memory to a caption of 16 words by a beam of 3, and its search alone:
caption.py WARM_UP_SECONDS MEASURED_SECONDS FOLDER, the folder that CaptionTask.java reads."""

import sys
from pathlib import Path

import numpy as np
import torch

from captioner import Captioner
from lite0 import Lite0
from timing import median_seconds, result, text

BEAM, WORDS = 3, 16

if __name__ == "__main__":
    torch.set_num_threads(2)
    seconds = [float(a) for a in sys.argv[1:3]]
    folder = Path(sys.argv[3])
    pixels = np.fromfile(folder / "pixels.rgb", np.uint8).reshape(224, 224, 3)
    captioner = Captioner(folder, Lite0())
    words, log_probability = captioner.caption(pixels, BEAM, WORDS)
    text("words", words)
    result("log-probability", log_probability, "nats")
    result("caption", 1000 * median_seconds(lambda: captioner.caption(pixels, BEAM, WORDS), *seconds), "ms")
    with torch.inference_mode():
        pooled = captioner.encoder(torch.randn(1, 3, 224, 224)).mean((2, 3))
    result("search", 1000 * median_seconds(lambda: captioner.search(pooled, BEAM, WORDS), *seconds), "ms")
