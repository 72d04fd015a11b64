"""The Keras models that the npm package nsfwjs holds (MIT), as .h5 files: MobileNetV2 and InceptionV3 that were trained on ImageNet
and then, in their upper half and a new classifier, on another task. Their weights are kept in 8 bits a number.

  npm pack nsfwjs; tar xf nsfwjs-*.tgz; python nsfwjs_export.py package mobilenet_v2 OUT.h5     needs node, tensorflow, tf_keras
"""
import base64
import json
import os
import subprocess
import sys

os.environ["TF_USE_LEGACY_KERAS"] = "1"
os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import numpy as np
import tf_keras as keras

package, name, out = sys.argv[1:]
folder = os.path.abspath(os.path.join(package, "dist/models", name))


def required(file):
    """What a JavaScript file exports."""
    script = f"process.stdout.write(JSON.stringify(require({json.dumps(os.path.join(folder, file + '.min.js'))})))"
    return json.loads(subprocess.run(["node", "-e", script], check=True, capture_output=True).stdout)


model_file = required("model")
manifest = model_file["weightsManifest"][0]
data = b"".join(base64.b64decode(required(path)) for path in manifest["paths"])
weights, at = {}, 0
for entry in manifest["weights"]:
    kept = entry.get("quantization", {})
    kind = np.dtype(kept.get("dtype", entry["dtype"]))
    count = int(np.prod(entry["shape"], dtype=int))
    values = np.frombuffer(data, kind, count, at).reshape(entry["shape"]).astype(np.float32)
    weights[entry["name"]] = values * kept["scale"] + kept["min"] if kept else values
    at += count * kind.itemsize
assert at == len(data)
config = model_file["modelTopology"]["model_config"]
model = keras.Model.from_config(config["config"])
for layer in model.layers:
    layer.set_weights([weights.pop(w.name.split(":")[0]) for w in layer.weights])
assert not weights, list(weights)
model.save(out, include_optimizer=False)
