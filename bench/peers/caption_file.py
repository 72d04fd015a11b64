"""One picture file to a caption, start to end: caption_file.py FOLDER PICTURE."""

import sys
from pathlib import Path

import torch

from captioner import ENCODER, Captioner
from lite0 import Lite0
from picture import shrunk

if __name__ == "__main__":
    torch.set_num_threads(2)
    folder = Path(sys.argv[1])
    ((words, _),) = Captioner(folder, Lite0(folder / ENCODER)).caption(shrunk(sys.argv[2])[None])
    print(f"{sys.argv[2]}\t{words}")
