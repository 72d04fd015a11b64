"""The rows of the comparison: what is run on either side and what it is held against."""

import json
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pictures
from processes import RESULTS, ROOT, alternate, best_cases, cases, java, launcher, ours, peer, run
from table import Row

BATCHES = (1, 8, 32)
VOCABULARIES = (2538, 9000)


@dataclass
class Plan:
    """How long to measure: runs of each side, seconds of warm-up and of measuring, pictures in the folder."""

    repeats: int
    seconds: tuple
    files: int
    epochs: int
    data: Path


def encoder(plan):
    """The frozen encoder, from 224 x 224 pixels (ours) or prepared floats (theirs) to features."""
    mine, ort, torch = alternate(
        plan.repeats,
        lambda: cases(ours("encoder", plan.seconds)),
        lambda: cases(peer("encoder.py", "onnxruntime", *plan.seconds)),
        lambda: best_cases(peer("encoder.py", "torch", *plan.seconds), max),
    )
    rows = []
    for batch in BATCHES:
        case = f"batch {batch}"
        work = f"frozen encoder, {case} ({mine['engine'][0].removesuffix('ImageEncoder')})"
        values = mine[case]
        eager = _best(torch, f"eager {case}", f"eager, channels last {case}")
        fastest = _best(ort, f"spinning {case}", f"not spinning {case}")
        rows.append(Row(work, "images/s", values, "ONNX Runtime", fastest, at_least=0.95))
        rows.append(Row(work, "images/s", values, "PyTorch", eager, at_least=2))
        rows.append(Row(work, "images/s", values, "PyTorch jit", torch[f"jit {case}"], at_least=1.2))
    return rows


def training(plan):
    """The decoder's training; the peer is the faster of PyTorch's two Adams."""
    mine, torch = alternate(
        plan.repeats,
        lambda: cases(ours("training", plan.seconds, *VOCABULARIES)),
        lambda: best_cases(peer("training.py", *plan.seconds, *VOCABULARIES), max),
    )
    return [
        Row(
            f"decoder training, V={v:,}",
            "tokens/s",
            mine[f"V={v}"],
            "PyTorch",
            _best(torch, f"Adam V={v}", f"fused Adam V={v}"),
            at_least=1.2,
        )
        for v in VOCABULARIES
    ]


def caption(plan):
    """One picture in memory to a caption of 16 words, beam 3, with the same weights."""
    folder = export("bench")
    pictures.pixels(folder / "pixels.rgb")
    mine, torch = alternate(
        plan.repeats,
        lambda: cases(ours("caption", plan.seconds, folder)),
        lambda: best_cases(peer("caption.py", *plan.seconds, folder), min),
    )
    if mine["words"] != torch["words"]:
        print(f"bench: the captions differ: {mine['words'][0]} ({mine['log-probability'][0]:.4f}) and"
              f" {torch['words'][0]} ({torch['log-probability'][0]:.4f})")
    work = "one picture to a caption, beam 3, 16 words"
    return [
        Row(work, "ms", mine["caption"], "PyTorch", torch["caption"], at_most=0.5),
        Row("of it the search", "ms", mine["search"], at_most=25),
    ]


def folder(plan):
    """`caption4j caption` on a folder, from the first line printed to the last, and its peak memory."""
    files = pictures.folder(plan.files)

    def captioned():
        finished = run(launcher("caption", files))
        between = finished.times[-1] - finished.times[0]
        return {"rate": (len(finished.lines) - 1) / between, "peak": finished.peak_mib}

    mine, alone = alternate(plan.repeats, captioned, lambda: cases(ours("encoder", plan.seconds)))
    best = _best(alone, *(f"batch {batch}" for batch in BATCHES))
    return [
        Row(f"{plan.files:,} JPEG files to captions", "pictures/s", mine["rate"], "our encoder alone", best, at_least=0.8),
        Row("memory, captioning them", "MiB", mine["peak"], at_most=600),
    ]


def startup(plan):
    """Process start to text, files in the cache; the peer imports torch and does the same."""
    arrays = export("bundled")
    picture = ROOT / "samples/bear.jpg"
    said = {}

    def timed(side, command):
        finished = run(command)
        said[side] = finished.lines[-1].rpartition("\t")[2]
        return {"seconds": finished.seconds, "peak": finished.peak_mib}

    commands = {"ours": launcher("caption", picture), "PyTorch": peer("caption_file.py", arrays, picture)}
    for side, command in commands.items():
        timed(side, command)
    mine, torch = alternate(
        2 * plan.repeats + 1, *(lambda s=side, c=command: timed(s, c) for side, command in commands.items())
    )
    if said["ours"] != said["PyTorch"]:
        print(f"bench: the captions differ: {said}")
    work = "`./caption4j caption one.jpg`, process start to text"
    return [
        Row(work, "s", mine["seconds"], "PyTorch", torch["seconds"], at_most=0.5),
        Row(work, "s", mine["seconds"], at_most=1.5),
        Row("memory, captioning one picture", "MiB", mine["peak"], at_most=600),
    ]


def epoch(plan):
    """`caption4j train`: its last epoch's rate beside the training benchmark at the same sizes, and its peak memory."""
    out = RESULTS / "epoch"

    def trained():
        finished = run(
            launcher(
                "train", "--data", plan.data, "--out", out, "--overwrite",
                "--epochs", plan.epochs, "--patience", 0, "--cache", RESULTS / "cache",
            )
        )
        last = json.loads((out / "log.jsonl").read_text().splitlines()[-1])
        return {"rate": last["tokensPerSecond"], "peak": finished.peak_mib}

    trained_once = trained()  # the pictures' features are cached by it
    words, captions = _vocabulary(out / "model.c4j")
    tokens = sum(words.values()) - words["<start>"]
    steps = round(tokens / captions) + 1  # the picture's step, and one for each token
    mine, alone = alternate(
        plan.repeats, trained, lambda: cases(ours("training", plan.seconds, f"{len(words)}:{steps}"))
    )
    per_caption = tokens / captions
    benchmark = [rate / per_caption for rate in alone[f"V={len(words)}:{steps}"]]
    rates = [rate / per_caption for rate in mine["rate"]]
    name = plan.data.name
    return [
        Row(f"an epoch of {name} with data handling", "captions/s", rates, "training benchmark", benchmark, at_least=0.9),
        Row(f"memory, training on {name}", "MiB", mine["peak"] + [trained_once["peak"]], at_most=2048),
    ]


def dataset(plan):
    """Captions of 120,000 pictures, read in a process whose heap is limited to 1 GiB."""

    def read():
        finished = run(java("-Xmx1g", "io.caption4j.bench.Measure", "dataset", 0, 0, RESULTS / "dataset"))
        lines = [json.loads(line) for line in finished.lines if line.startswith("{")]
        return {line["case"]: line["value"] for line in lines} | {"peak": finished.peak_mib}

    read()  # makes the files
    (mine,) = alternate(plan.repeats, read)
    rows = [
        Row(f"600,000 captions in {layout}'s layout, heap of 1 GiB", "s", mine[layout], at_most=30)
        for layout in ("coco", "karpathy")
    ]
    return [*rows, Row("memory, reading them", "MiB", mine["peak"], at_most=1024)]


def parallel(plan):
    """Training on two cores: one model with two threads, or two replicas with one each."""
    ways = {"one": 2, "replicas": 1, "wrapper": 1, "fast-wrapper": 1}
    measured = alternate(
        plan.repeats,
        *(
            lambda way=way, threads=threads: cases(
                ours("parallel", plan.seconds, way), OMP_NUM_THREADS=str(threads)
            )
            for way, threads in ways.items()
        ),
    )
    (one,) = measured[0].values()
    return [
        Row(f"attention decoder's training, {name}", "captions/s", values, "one model", one)
        for way in measured[1:]
        for name, values in way.items()
    ]


ROWS = {row.__name__: row for row in (encoder, training, caption, folder, startup, epoch, dataset, parallel)}


def export(model):
    """The folder with a model's arrays for numpy: 'bench' (untrained, never ends a caption) or 'bundled'."""
    target = RESULTS / f"model-{model}"
    run(ours("export", (0, 0), target, model))
    return target


def _vocabulary(model):
    """Word counts of a model's training captions, and the number of these captions."""
    target = RESULTS / "model-epoch"
    run(ours("export", (0, 0), target, model))
    lines = (target / "vocabulary.txt").read_text(encoding="utf-8").splitlines()
    counts = {word: int(count) for word, _, count in (line.rpartition(" ") for line in lines)}
    return counts, counts["<end>"]


def _best(side, *names):
    """The values of the case with the largest median."""
    return max((side[name] for name in names), key=median)

