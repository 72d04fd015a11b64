"""caption4j's captioner in PyTorch over the arrays that ModelExport.java writes: the attention decoder (Lu et al. 2017,
"Knowing When to Look", as AttentionStepper.java runs it) and the same beam search."""

import json
import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

PAD, START, END, UNK = range(4)
NEVER = float("-inf")
ENCODER = "encoder.safetensors"  # in the folder


class Captioner:
    """folder: that of the arrays; encoder: (N, 3, 224, 224) to (N, C, 7, 7), both torch tensors."""

    def __init__(self, folder, encoder):
        folder = Path(folder)
        self.encoder = encoder
        self.asked = json.loads((folder / "search.json").read_text())
        self.words = [line.rpartition(" ")[0] for line in (folder / "vocabulary.txt").read_text(encoding="utf-8").splitlines()]
        load = lambda name: torch.from_numpy(np.load(folder / f"{name}.npy").astype(np.float32))
        matrix = lambda name: load(name).T.contiguous()  # (in, out) to PyTorch's (out, in)
        bias = lambda name: load(name).flatten()
        self.mean, self.deviation = bias("mean"), bias("deviation")
        self.grid_mean, self.grid_deviation = bias("grid_mean"), bias("grid_deviation")
        self.image = matrix("image_embedding_W"), bias("image_embedding_b")
        self.regions = matrix("regions_W"), bias("regions_b")
        self.embedding = load("word_embedding_W")
        size = self.embedding.shape[1]
        # The LSTM's four gates and the sentinel's read the same: one product for all five.
        reads = torch.cat([matrix("lstm_W"), matrix("attention_Wx")])  # (5H, 2E): the word's columns, then the picture's
        remembers = torch.cat([matrix("lstm_RW"), matrix("attention_Wh")])  # (5H, H)
        self.gates = torch.cat([reads[:, :size], remembers], 1).contiguous()  # (5H, E + H)
        self.picture_gates = reads[:, size:].contiguous(), torch.cat([bias("lstm_b"), bias("attention_b")])
        self.query = matrix("attention_Wq"), bias("attention_bq")
        self.joint = matrix("attention_Wc"), bias("attention_bc")
        self.output = matrix("output_W"), bias("output_b")

    @torch.inference_mode()
    def caption(self, pixels):
        """Pixels uint8 (N, 224, 224, 3) to N times (words, log-probability)."""
        return self.search(self.encoder(prepared(pixels)))

    @torch.inference_mode()
    def search(self, grid):
        """Features (N, C, 7, 7) to N times (words, log-probability)."""
        beam, longest, penalty = self.asked["beam"], self.asked["longest"], self.asked["penalty"]
        grid = grid.flatten(2)  # (N, C, R)
        pictures = len(grid)
        rows = (grid.transpose(1, 2) - self.grid_mean) / self.grid_deviation
        keys = F.linear(rows, *self.regions).relu()  # (N, R, H)
        pooled = (grid.mean(2) - self.mean) / self.deviation
        picture = F.linear(F.linear(pooled, *self.image).relu(), *self.picture_gates)[:, None]  # (N, 1, 5H)
        h = c = torch.zeros(pictures, 1, keys.shape[2])
        tokens = torch.full((pictures, 1, 1), START)  # (N, K, T)
        scores = torch.zeros(pictures, 1)
        ended = torch.zeros(pictures, 1, dtype=torch.bool)
        best = torch.full((pictures,), NEVER)  # of the captions that have ended, by length penalty
        captions = [None] * pictures
        going = list(range(pictures))
        for length in range(longest):
            log, h, c = self.step(tokens[:, :, -1], picture, keys, h, c)  # (N, K, V)
            log[:, :, [PAD, START, UNK]] = NEVER
            log[ended] = NEVER
            log[:, :, END].masked_fill_(ended, 0)  # one that has ended stays as it is
            scores, flat = (scores[:, :, None] + log).flatten(1).topk(beam)
            parent, word = flat // len(self.words), flat % len(self.words)
            of_parent = lambda x: x.gather(1, parent[:, :, None].expand(-1, -1, x.shape[2]))
            tokens = torch.cat([of_parent(tokens), word[:, :, None]], 2)
            h, c = of_parent(h), of_parent(c)
            before = ended.gather(1, parent)
            ended = before | (word == END)
            final, which = (scores / (length + 1) ** penalty).masked_fill(~ended | before, NEVER).max(1)
            for n in (final > best).nonzero().flatten().tolist():
                captions[going[n]] = self.said(tokens[n, which[n]], scores[n, which[n]])
            best = torch.maximum(best, final)
            # Log-probabilities only fall, and the longest caption has the mildest divisor.
            likeliest = scores.masked_fill(ended, NEVER).max(1).values / (longest + 1) ** penalty
            over = best >= likeliest
            if over.any():
                left = (~over).nonzero().flatten()
                going = [going[n] for n in left.tolist()]
                if not going:
                    return captions
                tokens, scores, ended, best = tokens[left], scores[left], ended[left], best[left]
                h, c, picture, keys = h[left], c[left], picture[left], keys[left]
        final, which = (scores / (longest + 1) ** penalty).masked_fill(ended, NEVER).max(1)  # those that were cut
        for n in (final > best).nonzero().flatten().tolist():
            captions[going[n]] = self.said(tokens[n, which[n]], scores[n, which[n]])
        return captions

    def step(self, words, picture, keys, h, c):
        """Log-probabilities of what follows words (N, K), and the LSTM's state when it has read them."""
        read = torch.cat([self.embedding[words], h], 2)
        block, forget, out, into, gate = (F.linear(read, self.gates) + picture).chunk(5, 2)  # DL4J's order
        c = forget.sigmoid() * c + into.sigmoid() * block.tanh()
        h = out.sigmoid() * c.tanh()  # (N, K, H)
        sentinel = gate.sigmoid() * h.tanh()
        query = F.linear(h, *self.query)
        own = (query * sentinel).sum(2, keepdim=True)  # (N, K, 1)
        looks = torch.cat([query @ keys.transpose(1, 2), own], 2) / math.sqrt(h.shape[2])
        weights = looks.softmax(2)  # (N, K, R + 1)
        context = weights[:, :, :-1] @ keys + weights[:, :, -1:] * sentinel
        hidden = F.linear(torch.cat([context, h], 2), *self.joint).tanh()
        return F.linear(hidden, *self.output).log_softmax(2), h, c

    def said(self, tokens, score):
        return " ".join(self.words[w] for w in tokens[1:].tolist() if w != END), score.item()


def prepared(pixels):
    """uint8 (N, 224, 224, 3) to what the encoder takes."""
    return ((torch.from_numpy(pixels).float() - 127) / 128).permute(0, 3, 1, 2).contiguous()
