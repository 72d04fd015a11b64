"""How cost grows: training time with vocabulary, batch and state size; search time with beam and length; memory with data."""

import csv
import itertools
import shutil

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

from processes import RESULTS, ROOT, cases, launcher, ours, run
from rows import export

PICTURES = (250, 1000, 4000)
CAPTIONS = 5
HEADINGS = {
    "training/vocabulary": "Training: vocabulary",
    "training/batch": "Training: captions a minibatch",
    "training/state": "Training: LSTM units",
    "search/beam": "Search: beam",
    "search/length": "Search: words",
    "memory/pictures": "Training: pictures in the data set",
}


def measure(plan, folder):
    """Writes growth.csv and growth.svg into a folder."""
    values = cases(ours("growth", plan.seconds, export("bench")[0]))
    units = {"training": "ms a minibatch", "search": "ms a picture", "memory": "MiB at most"}
    for count in PICTURES[: 1 if plan.files < 1000 else None]:
        values[f"memory/pictures/{count}"] = training_memory(count)
    points = []
    for case, value in values.items():
        what, varied, at = case.split("/")
        points.append((f"{what}/{varied}", int(at), value, units[what]))
    with open(folder / "growth.csv", "w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["what", "at", "value", "unit"])
        writer.writerows((what, at, f"{value:.2f}", unit) for what, at, value, unit in points)
    plot(points, folder / "growth.svg")
    print(f"bench: wrote {folder / 'growth.csv'} and growth.svg")


def training_memory(count):
    """Peak memory of an epoch on as many pictures as asked for, copies of the sample data set's."""
    data = RESULTS / f"data-{count}"
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(parents=True)
    sources = itertools.cycle(sorted((ROOT / "samples/ucm/images").glob("*.jpg")))
    with open(data / "captions.txt", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["image", "caption"])
        for i, source in zip(range(count), sources):
            # Bytes after a JPEG's end mean nothing, but make the file, and so its features' row, one of its own.
            (data / f"{i}.jpg").write_bytes(source.read_bytes() + str(i).encode())
            writer.writerows((f"{i}.jpg", f"picture w{i % 50} of w{(7 * i + c) % 2000} with w{c}") for c in range(CAPTIONS))
    out = RESULTS / "growth-run"
    command = ["train", "--decoder", "attention", "--data", data, "--out", out, "--overwrite", "--epochs", 1, "--min-count", 1]
    finished = run(launcher(*command, "--cache", RESULTS / "cache"))
    shutil.rmtree(data)
    return finished.peak_mib


def plot(points, file):
    plt.rcParams["svg.hashsalt"] = "caption4j"  # the same figures give the same file
    figure, axes = plt.subplots(2, 3, figsize=(12, 6.5), layout="constrained")
    for axis, (what, heading) in zip(axes.flat, HEADINGS.items()):
        chosen = [(at, value, unit) for name, at, value, unit in points if name == what]
        axis.plot([at for at, _, _ in chosen], [value for _, value, _ in chosen], marker="o")
        axis.set_title(heading)
        axis.set_ylabel(chosen[0][2])
        axis.set_xlim(left=0)
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    figure.savefig(file, metadata={"Date": None})
