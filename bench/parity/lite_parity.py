"""The files of lite_exports.py, and of onnx_to_keras.py if they are there, as encoders against PyTorch.

  python lite_parity.py WORK_DIR lite1 lite2     run from the repository's root
"""
import os
import sys

import numpy as np
from encoder_run import caption4j, compare, features

work = sys.argv[1]
for name in sys.argv[2:]:
    path = os.path.join(work, name)
    pixels, grid, scores = (np.load(f"{path}-{kind}.npy") for kind in ("pixels", "grid", "scores"))
    for encoder in [f"onnx:{path}.onnx", f"keras:{path}.h5"]:
        if os.path.exists(encoder.split(":", 1)[1]):
            options = ["--encoder", encoder, "--preprocessing", path + ".json"]
            compare(encoder, features(pixels, *options), grid)
            last = caption4j("encoders", encoder, "--preprocessing", path + ".json").splitlines()[-1].split()[0]
            compare(f"{encoder} at {last}", features(pixels, *options, "--layer", last), scores)
