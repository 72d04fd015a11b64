"""Makes the picture files that the comparison captions, all from the samples."""

import random
from pathlib import Path

import numpy as np
from PIL import Image, ImageEnhance

from processes import RESULTS, ROOT

SIZE = (500, 375)  # as most of Flickr8k's pictures are


def folder(count):
    """A folder of different JPEG files, made once."""
    target = RESULTS / f"pictures-{count}"
    target.mkdir(parents=True, exist_ok=True)
    sources = sorted((ROOT / "samples").glob("*.jpg")) + sorted((ROOT / "samples/ucm/images").glob("*.jpg"))
    chance = random.Random(1)
    for i in range(len(list(target.glob("*.jpg"))), count):
        picture = Image.open(sources[i % len(sources)]).convert("RGB").resize(SIZE)
        picture = ImageEnhance.Brightness(picture).enhance(chance.uniform(0.7, 1.3))
        picture.save(target / f"{i:04d}.jpg", quality=90)
    return target


def pixels(file: Path):
    """Writes one sample as raw bytes, 224 x 224 x 3, that both sides read."""
    picture = Image.open(ROOT / "samples/bear.jpg").convert("RGB").resize((224, 224), Image.BICUBIC)
    np.array(picture).tofile(file)
