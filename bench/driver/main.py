"""bench/run: compares caption4j with PyTorch and ONNX Runtime on this machine; bench/run --service measures the service."""

import argparse
import json
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import growth
import machine
import options
from processes import RESULTS, ROOT, cases, environment, java, ours
from rows import FURTHER, ROWS, Plan
from table import markdown, replace

DOCUMENT = ROOT / "docs/performance.md"
BEGIN, END = "<!-- bench/run --save: begin -->", "<!-- bench/run --save: end -->"
JMH_SHORT = ["-f", "1", "-wi", "3", "-w", "2", "-i", "5", "-r", "2"]  # JMH's own defaults take hours


def main():
    asked = arguments()
    RESULTS.mkdir(parents=True, exist_ok=True)
    if asked.jmh is not None:
        jmh = java("org.openjdk.jmh.Main", *(asked.jmh or JMH_SHORT))
        sys.exit(subprocess.run([str(part) for part in jmh], env=environment()).returncode)
    plan = Plan(1, (1, 1), 100, 2, asked.data) if asked.quick else Plan(3, (2, 2), 1000, asked.epochs, asked.data)
    if asked.growth:
        growth.measure(plan, ROOT / "docs" if asked.save else RESULTS)
        return
    measured = []
    for name in asked.rows:
        print(f"bench: {name} ...", file=sys.stderr, flush=True)
        measured += (ROWS | FURTHER)[name](plan)
        report = markdown(measured)
        (RESULTS / "table.md").write_text(report + "\n", encoding="utf-8")
        (RESULTS / "table.json").write_text(json.dumps([asdict(row) for row in measured], indent=1))
    hardware = cases(ours("hardware", (1, 2)))
    limits = f"* {hardware['GEMM 1024^3']:.0f} GFLOP/s (GEMM 1024^3), {hardware['reading memory']:.0f} GB/s (reading memory)"
    quick = "\n\n(`--quick`: too short to be quoted.)" if asked.quick else ""
    where = machine.describe("torch", "onnxruntime", "numpy", backend=hardware["backend"])
    whole = f"{report}\n\n{where}\n{limits}{quick}"
    (RESULTS / "table.md").write_text(whole + "\n", encoding="utf-8")
    print(whole)
    if asked.save:
        replace(DOCUMENT, BEGIN, END, whole)


def arguments():
    parser = options.parser("bench/run", __doc__, ROWS, "docs/performance.md; with --growth, into docs/growth.csv and .svg", FURTHER)
    parser.add_argument("--data", type=Path, default=ROOT / "samples/ucm", help="caption data set of the row 'epoch'")
    parser.add_argument("--epochs", type=int, default=8, help="epochs of that row, of which the last counts")
    parser.add_argument("--growth", action="store_true", help="how cost grows with sizes: growth.csv and .svg in bench/results")
    parser.add_argument("--jmh", nargs=argparse.REMAINDER, help="run the JMH benchmarks; JMH's own options follow")
    asked = options.parsed(parser, ROWS)
    asked.data = asked.data.resolve()
    return asked


if __name__ == "__main__":
    main()
