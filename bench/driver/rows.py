"""The rows of the comparison: what is run on either side and what it is held against."""

import json
import shutil
import zipfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import pictures
from processes import RESULTS, ROOT, alternate, best_cases, cases, java, launcher, ours, peer, run
from table import Row

BATCHES = (1, 8, 32)
# Decoder, vocabulary, and the predicted tokens of a caption: 16 words and END.
TRAINED = [f"{kind}:{v}:17" for kind in ("attention", "show-tell") for v in (2538, 9000)]


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
    """The decoders' training; the peer is the faster of PyTorch's two Adams."""
    mine, torch = alternate(
        plan.repeats,
        lambda: cases(ours("training", plan.seconds, *TRAINED)),
        lambda: best_cases(peer("training.py", *plan.seconds, *TRAINED), max),
    )
    rows = []
    for case in TRAINED:
        kind, v, _ = case.split(":")
        best = _best(torch, f"Adam {case}", f"fused Adam {case}")
        rows.append(Row(f"training of {kind}, V={int(v):,}", "tokens/s", mine[case], "PyTorch", best, at_least=1.2))
    return rows


def caption(plan):
    """One picture in memory to a caption of 16 words by the same decoder and beam; both sides must say the same."""
    folder, asked = export("bench")
    pictures.pixels(folder / "pixels.rgb")
    mine, torch = alternate(
        plan.repeats,
        lambda: cases(ours("caption", plan.seconds, folder)),
        lambda: best_cases(peer("caption.py", *plan.seconds, folder), min),
    )
    _require_same(mine["words"][0], torch["words"][0])
    if abs(mine["log-probability"][0] - torch["log-probability"][0]) > 0.01:
        raise SystemExit(f"the log-probabilities differ: {mine['log-probability'][0]} and {torch['log-probability'][0]}")
    work = f"one picture to a caption, beam {asked['beam']}, {asked['longest']} words"
    theirs = min((torch[f"{way} caption"] for way in ("eager", "jit")), key=median)
    return [
        Row(work, "ms", mine["caption"], "PyTorch", theirs, at_most=0.5),
        Row("of it the search", "ms", mine["search"], "PyTorch", torch["search"]),
        Row("of it the search", "ms", mine["search"], at_most=25),
    ]


def folder(plan):
    """`caption4j caption` on a folder, from the first line printed to the last, and its peak memory."""
    files = pictures.folder(plan.files)
    arrays, _ = export("bundled")
    said = {}

    def captioned(side, command):
        finished = run(command)
        said[side] = [line.rpartition("\t")[2] for line in finished.lines]
        between = finished.times[-1] - finished.times[0]
        return {"rate": (len(finished.lines) - 1) / between, "peak": finished.peak_mib}

    mine, torch, alone = alternate(
        plan.repeats,
        lambda: captioned("ours", launcher("caption", files)),
        lambda: captioned("theirs", peer("caption_folder.py", arrays, files)),
        lambda: cases(ours("encoder", plan.seconds)),
    )
    same = 100 * sum(map(str.__eq__, *said.values())) / plan.files
    if same < 99:  # a rounding apart may part two captions, no more
        raise SystemExit(f"only {same:.1f} % of the captions are the same on both sides: they did not do the same work")
    best = _best(alone, *(f"batch {batch}" for batch in BATCHES))
    work, name = f"{plan.files:,} JPEG files to captions", "ONNX Runtime with PyTorch"
    return [
        Row(work, "pictures/s", mine["rate"], name, torch["rate"]),
        Row(work, "pictures/s", mine["rate"], "our encoder alone", best, at_least=0.8),
        Row("of these captions the same on both sides", "%", [same], at_least=99),
        Row("memory, captioning them", "MiB", mine["peak"], name, torch["peak"]),
        Row("memory, captioning them", "MiB", mine["peak"], at_most=600),
    ]


def startup(plan):
    """Process start to text, files in the cache; the peers import what they need and do the same."""
    arrays, _ = export("bundled")
    picture = ROOT / "samples/bear.jpg"
    said = {}

    def timed(side, command):
        finished = run(command)
        said[side] = finished.lines[-1].rpartition("\t")[2]
        return {"seconds": finished.seconds, "peak": finished.peak_mib}

    commands = {
        "ours": launcher("caption", picture),
        "PyTorch": peer("caption_file.py", arrays, picture),
        "ONNX Runtime": peer("caption_light.py", arrays, picture),
    }
    for side, command in commands.items():
        timed(side, command)
        _require_same(said["ours"], said[side])
    mine, torch, light = alternate(
        2 * plan.repeats + 1, *(lambda s=side, c=command: timed(s, c) for side, command in commands.items())
    )
    work = "`./caption4j caption one.jpg`, process start to text"
    return [
        Row(work, "s", mine["seconds"], "PyTorch", torch["seconds"], at_most=0.5),
        Row(work, "s", mine["seconds"], "ONNX Runtime with numpy", light["seconds"]),
        Row(work, "s", mine["seconds"], at_most=1.5),
        Row("memory, captioning one picture", "MiB", mine["peak"], "PyTorch", torch["peak"]),
        Row("memory, captioning one picture", "MiB", mine["peak"], "ONNX Runtime with numpy", light["peak"]),
        Row("memory, captioning one picture", "MiB", mine["peak"], at_most=600),
    ]


def epoch(plan):
    """`caption4j train`: its last epoch's rate beside the training benchmark at the same sizes, and its peak memory."""
    out, kind = RESULTS / "epoch", "attention"

    def trained():
        finished = run(
            launcher(
                "train", "--decoder", kind, "--data", plan.data, "--out", out, "--overwrite",
                "--epochs", plan.epochs, "--patience", 0, "--cache", RESULTS / "cache",
            )
        )
        last = json.loads((out / "log.jsonl").read_text().splitlines()[-1])
        return {"rate": last["tokensPerSecond"], "peak": finished.peak_mib}

    trained_once = trained()  # the pictures' features are cached by it
    words, captions = _vocabulary(out / "model.c4j")
    per_caption = (sum(words.values()) - words["<start>"]) / captions
    case = f"{kind}:{len(words)}:{round(per_caption)}"
    mine, alone = alternate(plan.repeats, trained, lambda: cases(ours("training", plan.seconds, case)))
    benchmark = [rate / per_caption for rate in alone[case]]
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
    base = "one model, 100"
    one = measured[0].pop(base)
    return [
        Row(f"attention decoder's training, {name}", "captions/s", values, base, one)
        for way in measured
        for name, values in way.items()
    ]


def detector(plan):
    """The detector, from a picture in memory to its objects; the peer runs the network alone, or a whole file of its own."""

    def measured(command):
        finished = run(command)
        lines = [json.loads(line) for line in finished.lines if line.startswith("{")]
        return {line["case"]: line["value"] for line in lines} | {"peak": finished.peak_mib}

    picture = ROOT / "samples/bear.jpg"
    mine, ort = alternate(
        plan.repeats,
        lambda: measured(ours("detector", plan.seconds, picture)),
        lambda: measured(peer("detector.py", *plan.seconds, picture)),
    )
    rows = []
    for batch in (1, 8):
        case = f"batch {batch}"
        fastest = _best(ort, f"spinning {case}", f"not spinning {case}")
        rows.append(Row(f"detector, {case}", "images/s", mine[case], "ONNX Runtime", fastest, at_least=0.95))
    rows.append(Row("detector, opening it", "s", mine["open"], "ONNX Runtime", ort["open"]))
    return [*rows, Row("memory, detecting", "MiB", mine["peak"], "ONNX Runtime", ort["peak"])]


ROWS = {row.__name__: row for row in (encoder, training, caption, folder, startup, epoch)}
# By name only: their figures stand on other pages, data.md, scale.md and objects.md.
FURTHER = {row.__name__: row for row in (dataset, parallel, detector)}


def export(model):
    """The folder with a model's arrays for numpy, 'bench' (never ends a caption) or 'bundled', and how both sides search."""
    target = RESULTS / f"model-{model}"
    shutil.rmtree(target, ignore_errors=True)  # another decoder's arrays may lie there
    run(ours("export", (0, 0), target, model))
    with zipfile.ZipFile(target / "model.c4j") as file:
        file.extract("encoder.safetensors", target)  # it is of the model, whose training went on in it
    return target, json.loads((target / "search.json").read_text())


def _require_same(mine, theirs):
    """Ends the run where the two sides did not do the same work."""
    if mine != theirs:
        raise SystemExit(f"the captions differ: ours is '{mine}', the peer's is '{theirs}'")


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

