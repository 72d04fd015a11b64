"""One picture file to a caption without PyTorch, by ONNX Runtime and numpy, which start faster: caption_light.py FOLDER
PICTURE. The decoder and the search are those of captioner.py, for one picture."""

import json
import sys
from pathlib import Path

import numpy as np

from picture import shrunk
from session import session

PAD, START, END, UNK = range(4)


class Captioner:
    def __init__(self, folder):
        load = lambda name: np.load(folder / f"{name}.npy", mmap_mode="r")
        self.asked = json.loads((folder / "search.json").read_text())
        self.words = [line.rpartition(" ")[0] for line in (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()]
        self.weights = {name: load(name) for name in ("image_embedding_W", "regions_W", "word_embedding_W", "output_W")}
        self.weights |= {name: load(f"attention_{name}") for name in ("Wq", "Wc", "bq", "bc")}
        size = self.weights["word_embedding_W"].shape[1]
        reads, gate_reads = load("lstm_W"), load("attention_Wx")
        # Rows are the word's, then the picture's; columns the LSTM's gates, then the sentinel's.
        self.word = np.concatenate([reads[:size], gate_reads[:size]], 1)
        self.picture = np.concatenate([reads[size:], gate_reads[size:]], 1)
        self.state = np.concatenate([load("lstm_RW"), load("attention_Wh")], 1)
        self.bias = np.concatenate([load("lstm_b").ravel(), load("attention_b").ravel()])
        self.biases = {name: load(f"{name}_b").ravel() for name in ("image_embedding", "regions", "output")}
        self.shift = {name: load(name).ravel() for name in ("mean", "deviation", "grid_mean", "grid_deviation")}

    def search(self, grid):
        """Features (C, R) to words."""
        beam, longest, penalty = self.asked["beam"], self.asked["longest"], self.asked["penalty"]
        w, b, shift = self.weights, self.biases, self.shift
        rows = (grid.T - shift["grid_mean"]) / shift["grid_deviation"]
        keys = np.maximum(rows @ w["regions_W"] + b["regions"], 0)  # (R, H)
        pooled = (grid.mean(1) - shift["mean"]) / shift["deviation"]
        picture = np.maximum(pooled @ w["image_embedding_W"] + b["image_embedding"], 0) @ self.picture + self.bias
        h = c = np.zeros((1, keys.shape[1]), np.float32)
        tokens, scores = np.array([[START]]), np.zeros(1, np.float32)  # of those that have not ended
        ended = []  # (score by length penalty, tokens), of the beam or not
        staying = np.zeros(0, np.float32)  # scores of those in the beam
        for length in range(longest):
            log, h, c = self.step(tokens[:, -1], picture, keys, h, c)
            log[:, [PAD, START, UNK]] = -np.inf
            all_scores = np.concatenate([(scores[:, None] + log).ravel(), staying])
            best = np.argpartition(-all_scores, beam)[:beam]
            old = best >= log.size
            staying, best = all_scores[best[old]], best[~old]
            parent, word = best // log.shape[1], best % log.shape[1]
            stops = word == END
            for p, score in zip(parent[stops], all_scores[best[stops]]):
                ended.append((score / (length + 1) ** penalty, tokens[p, 1:]))
            staying = np.concatenate([staying, all_scores[best[stops]]])
            parent, word, scores = parent[~stops], word[~stops], all_scores[best[~stops]]
            tokens, h, c = np.concatenate([tokens[parent], word[:, None]], 1), h[parent], c[parent]
            # Log-probabilities only fall, and the longest caption has the mildest divisor.
            if not len(scores) or ended and max(ended, key=first)[0] >= scores.max() / (longest + 1) ** penalty:
                break
        else:
            ended += [(score / (longest + 1) ** penalty, row[1:]) for score, row in zip(scores, tokens)]
        return " ".join(self.words[word] for word in max(ended, key=first)[1])

    def step(self, words, picture, keys, h, c):
        """Log-probabilities of what follows words (K), and the LSTM's state when it has read them."""
        w = self.weights
        gates = w["word_embedding_W"][words] @ self.word + h @ self.state + picture
        block, forget, out, into, gate = np.split(gates, 5, 1)  # DL4J's order
        c = sigmoid(forget) * c + sigmoid(into) * np.tanh(block)
        h = sigmoid(out) * np.tanh(c)  # (K, H)
        sentinel = sigmoid(gate) * np.tanh(h)
        query = h @ w["Wq"] + w["bq"].ravel()
        looks = np.concatenate([query @ keys.T, (query * sentinel).sum(1, keepdims=True)], 1) / h.shape[1] ** 0.5
        weights = np.exp(log_softmax(looks))
        context = weights[:, :-1] @ keys + weights[:, -1:] * sentinel
        hidden = np.tanh(np.concatenate([context, h], 1) @ w["Wc"] + w["bc"].ravel())
        return log_softmax(hidden @ w["output_W"] + self.biases["output"]), h, c


def first(pair):
    return pair[0]


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def log_softmax(x):
    x = x - x.max(1, keepdims=True)
    return x - np.log(np.exp(x).sum(1, keepdims=True))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    image = ((shrunk(sys.argv[2]).astype(np.float32) - 127) / 128).transpose(2, 0, 1)[None]
    (grid,) = session(False, folder / "encoder.safetensors").run(None, {"image": np.ascontiguousarray(image)})
    print(f"{sys.argv[2]}\t{Captioner(folder).search(grid[0].reshape(len(grid[0]), -1))}")
