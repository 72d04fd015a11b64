"""caption4j's captioner in PyTorch over the arrays that ModelExport.java writes."""

from pathlib import Path

import numpy as np
import torch

PAD, START, END, UNK = range(4)
LENGTH_PENALTY = 0.7


class Captioner:
    def __init__(self, folder, encoder):
        folder = Path(folder)
        load = lambda name: torch.from_numpy(np.load(folder / f"{name}.npy").astype(np.float32))
        self.encoder = encoder
        lines = (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
        self.words = [line.rpartition(" ")[0] for line in lines]
        self.mean, self.deviation = load("mean").flatten(), load("deviation").flatten()
        features, size = load("image_embedding_W").shape
        self.image = torch.nn.Linear(features, size)
        self.image.weight.data = load("image_embedding_W").T.contiguous()
        self.image.bias.data = load("image_embedding_b").flatten()
        self.norm = torch.nn.BatchNorm1d(size)
        for ours, theirs in (("gamma", "weight"), ("beta", "bias"), ("mean", "running_mean"), ("var", "running_var")):
            getattr(self.norm, theirs).data = load(f"image_norm_{ours}").flatten()
        self.norm.eval()
        self.embedding = load("word_embedding_W")
        state = load("lstm_RW").shape[0]
        self.lstm = torch.nn.LSTM(size, state, batch_first=True)
        self.lstm.weight_ih_l0.data = gates(load("lstm_W").T)
        self.lstm.weight_hh_l0.data = gates(load("lstm_RW").T)
        self.lstm.bias_ih_l0.data = gates(load("lstm_b").flatten())
        self.lstm.bias_hh_l0.data.zero_()
        self.output = torch.nn.Linear(state, len(self.words))
        self.output.weight.data = load("output_W").T.contiguous()
        self.output.bias.data = load("output_b").flatten()

    @torch.inference_mode()
    def caption(self, pixels, beam, longest):
        """Pixels uint8 (224, 224, 3) to (words, log-probability)."""
        x = (torch.from_numpy(pixels).float() - 127) / 128
        grid = self.encoder(x.permute(2, 0, 1).unsqueeze(0).contiguous())  # (1, C, 7, 7)
        return self.search(grid.mean((2, 3)), beam, longest)

    @torch.inference_mode()
    def search(self, pooled, beam, longest):  # (1, C)
        first = self.norm(self.image((pooled - self.mean) / self.deviation))  # (1, E)
        _, (h, c) = self.lstm(first.unsqueeze(1))
        h, c = h.repeat(1, beam, 1), c.repeat(1, beam, 1)  # (1, K, H)
        tokens = torch.full((beam, 1), START)
        scores = torch.full((beam,), -1e9)
        scores[0] = 0
        done = torch.zeros(beam, dtype=torch.bool)
        for _ in range(longest):
            y, (h, c) = self.lstm(self.embedding[tokens[:, -1:]], (h, c))
            log = self.output(y[:, 0]).log_softmax(1)  # (K, V)
            log[:, [PAD, START, UNK]] = -1e9
            log[done] = -1e9
            log[done, END] = 0
            scores, flat = (scores[:, None] + log).flatten().topk(beam)
            parent, word = flat // len(self.words), flat % len(self.words)
            tokens = torch.cat([tokens[parent], word[:, None]], 1)
            h, c = h[:, parent], c[:, parent]
            done = done[parent] | (word == END)
            if done.all():
                break
        lengths = (tokens[:, 1:] != END).sum(1) + 1
        best = (scores / lengths**LENGTH_PENALTY).argmax().item()
        words = [self.words[w] for w in tokens[best, 1:].tolist() if w != END]
        return " ".join(words), scores[best].item()


def gates(rows):
    """DL4J's order of gates (block input, forget, output, input) to PyTorch's (input, forget, block input, output)."""
    block, forget, out, into = rows.chunk(4, 0)
    return torch.cat([into, forget, block, out], 0).contiguous()
