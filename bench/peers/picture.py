"""Reads a picture file as caption4j does, with numpy and Pillow alone."""

import numpy as np
from PIL import Image

SIZE = 224


def shrunk(file):
    """RGB, uint8 (224, 224, 3), each pixel the mean of those that it covers, as Pixels.java shrinks a larger picture."""
    picture = np.asarray(Image.open(file).convert("RGB"), np.float32)  # (H, W, 3)
    rows, columns = (_covered(length) for length in picture.shape[:2])
    low = (rows @ picture.reshape(len(picture), -1)).reshape(SIZE, -1, 3)  # (224, W, 3)
    return np.rint(columns @ low).astype(np.uint8)


def _covered(length):
    """How much of each of so many pixels falls into each of the 224, (224, length)."""
    edges = np.arange(SIZE + 1, dtype=np.float32)[:, None] * length / SIZE
    pixels = np.arange(length, dtype=np.float32)
    within = np.minimum(pixels + 1, edges[1:]) - np.maximum(pixels, edges[:-1])
    return np.maximum(within, 0) * (SIZE / length)
