"""The decoder's training in PyTorch, as ShowTellGraph and TrainingTask.java have it:
training.py WARM_UP_SECONDS MEASURED_SECONDS V[:T]..."""

import sys

import torch
import torch.nn.functional as F

from timing import median_seconds, result

BATCH, STEPS, SIZE, FEATURES = 100, 18, 512, 1280
END, FIRST_WORD = 2, 4


class ShowTell(torch.nn.Module):
    def __init__(self, words, size=SIZE):
        super().__init__()
        self.image = torch.nn.Linear(FEATURES, size)
        self.norm = torch.nn.BatchNorm1d(size, momentum=0.05)
        self.embedding = torch.nn.Embedding(words, size)
        self.lstm = torch.nn.LSTM(size, size, batch_first=True)
        self.output = torch.nn.Linear(size, words)
        self.dropout = torch.nn.Dropout(0.5)

    def forward(self, image, words):  # (N, 1280), (N, T - 1)
        first = self.norm(self.image(image)).unsqueeze(1)  # (N, 1, E)
        inputs = torch.cat([first, self.dropout(self.embedding(words))], 1)  # (N, T, E)
        states, _ = self.lstm(inputs)
        return self.output(self.dropout(states[:, 1:]))  # (N, T - 1, V); the picture predicts nothing


def trainer(words, steps, fused):
    torch.manual_seed(1)
    model = ShowTell(words)
    adam = torch.optim.Adam(model.parameters(), 1e-3, fused=fused)
    image = torch.randn(BATCH, FEATURES)
    captions = torch.randint(FIRST_WORD, words, (BATCH, steps - 2))
    inputs = torch.cat([torch.ones(BATCH, 1, dtype=torch.long), captions], 1)
    targets = torch.cat([captions, torch.full((BATCH, 1), END)], 1)

    def step():
        adam.zero_grad()
        loss = F.cross_entropy(model(image, inputs).flatten(0, 1), targets.flatten())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        adam.step()
        return loss.item()  # ours gives the loss of each minibatch too

    return step


if __name__ == "__main__":
    torch.set_num_threads(2)
    seconds = [float(a) for a in sys.argv[1:3]]
    for asked in sys.argv[3:]:
        words, _, steps = asked.partition(":")
        steps = int(steps or STEPS)
        for name, fused in (("Adam", False), ("fused Adam", True)):
            time = median_seconds(trainer(int(words), steps, fused), *seconds)
            result(f"{name} V={asked}", BATCH * (steps - 1) / time, "tokens/s")
