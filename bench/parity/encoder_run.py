"""What caption4j makes of pictures of noise with an encoder, to be held against another framework. Runs in the repository's root."""
import os
import subprocess
import tempfile

import numpy as np
from PIL import Image


def noise(size, count=2):
    """Pixels, (N, size, size, 3)."""
    return np.random.default_rng(1).integers(0, 256, (count, size, size, 3), np.uint8)


def features(pixels, *options):
    """What `caption4j features --encoder ...` gives for pixels (N, H, W, 3)."""
    with tempfile.TemporaryDirectory() as folder:
        images, out = os.path.join(folder, "images"), os.path.join(folder, "features.npy")
        os.mkdir(images)
        for i, p in enumerate(pixels):
            Image.fromarray(p).save(os.path.join(images, f"{i}.png"))
        caption4j("features", "--images", images, "--out", out, *options)
        return np.load(out)


def usual_layer(*options):
    """The layer at which an encoder is cut if nobody says otherwise."""
    lines = caption4j("encoders", *options).splitlines()
    return next(line.split()[1] for line in lines if line.startswith("*"))


def caption4j(*arguments):
    run = subprocess.run(["./caption4j", *arguments], capture_output=True, text=True)
    if run.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {run.stderr.strip()}")
    return run.stdout


def compare(name, found, expected):
    """Prints a line; expected is (N, C, R, R) or (N, C)."""
    if expected.ndim == 2:
        found = found.reshape(found.shape[:2])  # a vector is a grid of 1 x 1
    if found.shape != expected.shape:
        raise SystemExit(f"{name}: shapes {found.shape} and {expected.shape}")
    print(f"{name}: {found.shape[1:]}, largest output {abs(expected).max():.3g}, "
          f"largest difference {abs(found - expected).max():.2g}", flush=True)
