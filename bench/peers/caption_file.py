"""One picture file to a caption, start to end: caption_file.py FOLDER PICTURE."""

import sys

import numpy as np
import torch
from PIL import Image

from captioner import Captioner
from lite0 import Lite0

if __name__ == "__main__":
    torch.set_num_threads(2)
    picture = Image.open(sys.argv[2]).convert("RGB").resize((224, 224), Image.BICUBIC)
    words, _ = Captioner(sys.argv[1], Lite0()).caption(np.array(picture), 3, 20)
    print(f"{sys.argv[2]}\t{words}")
