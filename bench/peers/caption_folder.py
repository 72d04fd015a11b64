"""A folder of JPEG files to captions, as CaptionPipeline.java has it: some are read while those before them are encoded
(ONNX Runtime, the faster encoder on a CPU) and those before these are searched (PyTorch): caption_folder.py FOLDER PICTURES."""

import sys
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cv2
import numpy as np
import torch

from captioner import ENCODER, Captioner, prepared
from session import session

ENCODED_TOGETHER, SEARCHED_TOGETHER, AHEAD = 8, 32, 3


def read(file):
    """As Pixels.java shrinks a picture; the samples are all larger than the encoder's input."""
    return cv2.resize(cv2.imread(str(file)), (224, 224), interpolation=cv2.INTER_AREA)[:, :, ::-1]


def main(arrays, folder):
    cv2.setNumThreads(1)
    torch.set_num_threads(1)  # the cores are busy with the encoder
    encoder = session(False, Path(arrays) / ENCODER)
    captioner = Captioner(arrays, None)
    readers, encoders = ThreadPoolExecutor(1), ThreadPoolExecutor(1)

    def encode(reading):
        pixels = np.stack([picture.result() for picture in reading])
        parts = [prepared(pixels[at : at + ENCODED_TOGETHER]).numpy() for at in range(0, len(pixels), ENCODED_TOGETHER)]
        return np.concatenate([encoder.run(None, {"image": part})[0] for part in parts])

    def finish(files, grids):
        for file, (words, _) in zip(files, captioner.search(torch.from_numpy(grids.result()))):
            print(f"{file}\t{words}", flush=True)

    files = sorted(Path(folder).glob("*.jpg"))
    groups = [files[:1]] + [files[at : at + SEARCHED_TOGETHER] for at in range(1, len(files), SEARCHED_TOGETHER)]
    begun = deque()
    for group in groups:
        reading = [readers.submit(read, file) for file in group]
        begun.append((group, encoders.submit(encode, reading)))
        if len(begun) == AHEAD:
            finish(*begun.popleft())
    while begun:
        finish(*begun.popleft())


if __name__ == "__main__":
    main(*sys.argv[1:3])
