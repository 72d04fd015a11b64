"""What ONNX Runtime in Python makes of the samples with the detector as it comes: the golden values of ObjectDetectorTest.

    detector_golden.py ssd-mobilenet-v2-coco.onnx samples FILE.tsv   (needs numpy, onnxruntime, Pillow)

A line an object: file, CRC-32 of the pixels, class id, score, and y1, x1, y2, x2 from 0 to 1.
"""
import glob
import os
import sys
import zlib

import numpy as np
import onnxruntime
from PIL import Image


def main(model, folder, target):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    outputs = ["num_detections:0", "detection_boxes:0", "detection_scores:0", "detection_classes:0"]
    with open(target, "w", encoding="utf-8") as out:
        for file in sorted(glob.glob(os.path.join(folder, "*.jpg"))):
            pixels = np.asarray(Image.open(file).convert("RGB"))[None]  # (1, H, W, 3)
            count, boxes, scores, classes = session.run(outputs, {"image_tensor:0": pixels})
            for i in range(int(count[0])):
                values = [os.path.basename(file), zlib.crc32(pixels.tobytes()), int(classes[0, i]),
                          *(f"{value:.7f}" for value in (scores[0, i], *boxes[0, i]))]
                print(*values, sep="\t", file=out)


if __name__ == "__main__":
    if len(sys.argv) != 4:
        raise SystemExit(__doc__)
    main(*sys.argv[1:])
