"""The decoders' training in PyTorch, as ShowTellGraph, AttentionGraph and TrainingTask.java have it:
training.py WARM_UP_SECONDS MEASURED_SECONDS KIND:V:TOKENS..."""

import math
import sys

import torch
import torch.nn.functional as F
from torch.nn import LSTM, BatchNorm1d, Dropout, Embedding, Linear, Module

from timing import median_seconds, result

BATCH, SIZE, FEATURES, REGIONS = 100, 512, 1280, 49
START, END, FIRST_WORD = 1, 2, 4


class ShowTell(Module):
    def __init__(self, words, size=SIZE):
        super().__init__()
        self.image = Linear(FEATURES, size)
        self.norm = BatchNorm1d(size, momentum=0.05)
        self.embedding = Embedding(words, size)
        self.lstm = LSTM(size, size, batch_first=True)
        self.output = Linear(size, words)
        self.dropout = Dropout(0.5)

    def forward(self, image, grid, words):  # (N, 1280), none, (N, T)
        first = self.norm(self.image(image)).unsqueeze(1)  # (N, 1, E)
        inputs = torch.cat([first, self.dropout(self.embedding(words))], 1)  # (N, T + 1, E)
        states, _ = self.lstm(inputs)
        return self.output(self.dropout(states[:, 1:]))  # (N, T, V); the picture predicts nothing


class Attention(Module):
    def __init__(self, words, size=SIZE):
        super().__init__()
        self.image = Linear(FEATURES, size)
        self.regions = Linear(FEATURES, size)
        self.embedding = Embedding(words, size)
        self.lstm = LSTM(2 * size, size, batch_first=True)
        self.gate_input = Linear(2 * size, size)
        self.gate_state = Linear(size, size, bias=False)
        self.query = Linear(size, size)
        self.joint = Linear(2 * size, size)
        self.output = Linear(size, words)
        self.dropout = Dropout(0.5)

    def forward(self, image, grid, words):  # (N, 1280), (N, R, 1280), (N, T)
        picture = self.dropout(self.image(image).relu())[:, None].expand(-1, words.shape[1], -1)
        inputs = torch.cat([self.dropout(self.embedding(words)), picture], 2)  # (N, T, 2E)
        states, _ = self.lstm(inputs)  # (N, T, H)
        keys = self.dropout(self.regions(grid).relu())  # (N, R, H)
        before = F.pad(states[:, :-1], (0, 0, 1, 0))
        sentinel = (self.gate_input(inputs) + self.gate_state(before)).sigmoid() * states.tanh()
        query = self.query(states)
        own = (query * sentinel).sum(2, keepdim=True)
        looks = torch.cat([query @ keys.transpose(1, 2), own], 2) / math.sqrt(states.shape[2])
        weights = looks.softmax(2)  # (N, T, R + 1)
        context = weights[:, :, :-1] @ keys + weights[:, :, -1:] * sentinel
        hidden = self.joint(torch.cat([context, states], 2)).tanh()
        return self.output(self.dropout(hidden))  # (N, T, V)


def trainer(kind, words, tokens, fused):
    torch.manual_seed(1)
    model = {"show-tell": ShowTell, "attention": Attention}[kind](words)
    adam = torch.optim.Adam(model.parameters(), 4e-4, fused=fused)
    image = torch.randn(BATCH, FEATURES)
    grid = torch.randn(BATCH, REGIONS, FEATURES) if kind == "attention" else None
    captions = torch.randint(FIRST_WORD, words, (BATCH, tokens - 1))
    inputs = torch.cat([torch.full((BATCH, 1), START), captions], 1)
    targets = torch.cat([captions, torch.full((BATCH, 1), END)], 1)

    def step():
        adam.zero_grad()
        loss = F.cross_entropy(model(image, grid, inputs).flatten(0, 1), targets.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        adam.step()
        return loss.item()  # ours gives the loss of each minibatch too

    return step


if __name__ == "__main__":
    torch.set_num_threads(2)
    seconds = [float(a) for a in sys.argv[1:3]]
    for asked in sys.argv[3:]:
        kind, words, tokens = asked.split(":")
        for name, fused in (("Adam", False), ("fused Adam", True)):
            time = median_seconds(trainer(kind, int(words), int(tokens), fused), *seconds)
            result(f"{name} {asked}", BATCH * int(tokens) / time, "tokens/s")
