"""bench/run: compares caption4j with PyTorch and ONNX Runtime on this machine; bench/run --service measures the service."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import growth
import machine
from processes import RESULTS, ROOT, cases, environment, java, ours
from rows import ROWS, Plan
from table import markdown

DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- bench/run --save: begin -->", "<!-- bench/run --save: end -->"
JMH_SHORT = ["-f", "1", "-wi", "3", "-w", "2", "-i", "5", "-r", "2"]  # JMH's own defaults take hours


def main():
    options = arguments()
    RESULTS.mkdir(parents=True, exist_ok=True)
    if options.jmh is not None:
        jmh = java("org.openjdk.jmh.Main", *(options.jmh or JMH_SHORT))
        sys.exit(subprocess.run([str(part) for part in jmh], env=environment()).returncode)
    plan = (
        Plan(1, (1, 1), 100, 2, options.data) if options.quick else Plan(3, (3, 3), 1000, options.epochs, options.data)
    )
    if options.growth:
        growth.measure(plan)
        return
    measured = []
    for name in options.rows:
        print(f"bench: {name} ...", file=sys.stderr, flush=True)
        measured += ROWS[name](plan)
        report = markdown(measured)
        (RESULTS / "table.md").write_text(report + "\n", encoding="utf-8")
        (RESULTS / "table.json").write_text(json.dumps([asdict(row) for row in measured], indent=1))
    hardware = cases(ours("hardware", (1, 2)))
    limits = f"* {hardware['GEMM 1024^3']:.0f} GFLOP/s (GEMM 1024^3), {hardware['reading memory']:.0f} GB/s (reading memory)"
    quick = "\n\n(`--quick`: too short to be quoted.)" if options.quick else ""
    whole = f"{report}\n\n{machine.describe("torch", "onnxruntime", "numpy", backend=hardware["backend"])}\n{limits}{quick}\n"
    (RESULTS / "table.md").write_text(whole, encoding="utf-8")
    print(whole)
    if options.save:
        document = DOCUMENT.read_text(encoding="utf-8")
        before, after = document.split(BEGIN)[0], document.split(END)[1]
        DOCUMENT.write_text(f"{before}{BEGIN}\n{whole}{END}{after}", encoding="utf-8")


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("--rows", type=chosen, default=list(ROWS), help=f"some of {','.join(ROWS)}, with commas")
    parser.add_argument("--quick", action="store_true", help="short runs, to see that all works")
    parser.add_argument("--save", action="store_true", help="write the result into docs/performance.md")
    parser.add_argument("--data", type=Path, default=ROOT / "samples/ucm", help="caption data set of the row 'epoch'")
    parser.add_argument("--epochs", type=int, default=8, help="epochs of that row, of which the last counts")
    parser.add_argument("--growth", action="store_true", help="how cost grows with sizes: docs/growth.csv and .svg")
    parser.add_argument("--jmh", nargs=argparse.REMAINDER, help="run the JMH benchmarks; JMH's own options follow")
    options = parser.parse_args()
    options.data = options.data.resolve()
    return options


def chosen(text):
    names = text.split(",")
    for name in names:
        if name not in ROWS:
            raise argparse.ArgumentTypeError(f"no row '{name}'; there are {', '.join(ROWS)}")
    return names


if __name__ == "__main__":
    main()
