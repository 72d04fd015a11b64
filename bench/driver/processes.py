"""Starts one side of a comparison as a process of its own, on two cores and with two threads."""

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

BENCH = Path(__file__).resolve().parents[1]
ROOT = BENCH.parent
RESULTS = BENCH / "results"
THREADS = 2
PYTHON = BENCH / ".venv/bin/python"
# The JDK of Maven and of the launcher.
JDK = f"{os.environ['JAVA_HOME']}/bin/" if os.environ.get("JAVA_HOME") else ""
# As the launcher starts Java.
JAVA = [f"{JDK}java", "-Xmx2g", "-XX:+UseSerialGC", "-Dorg.bytedeco.javacpp.maxbytes=0", "-Dorg.bytedeco.javacpp.maxphysicalbytes=0"]
CLASSES = f"{BENCH}/ours/target/caption4j-bench.jar{os.pathsep}{BENCH}/ours/target/lib/*"


@dataclass
class Finished:
    """seconds: wall clock; peak_mib: the largest resident memory of the process; times: of each line, from the start."""

    seconds: float
    peak_mib: float
    lines: list
    times: list


def ours(task, seconds, *arguments):
    return java("io.caption4j.bench.Measure", task, *seconds, *arguments)


def java(*arguments):
    return [*JAVA, "-cp", CLASSES, *arguments]


def peer(script, *arguments):
    return [PYTHON, "-W", "ignore", BENCH / "peers" / script, *arguments]


def launcher(*arguments):
    return [ROOT / "caption4j", *arguments]


def run(command, wait_policy="passive", **variables):
    """Runs a command to its end; fails loudly if it fails. wait_policy: of OpenMP's threads, or None for its default."""
    command = [*two_cores(), *(str(part) for part in command)]
    started = time.perf_counter()
    lines, times = [], []
    with open(RESULTS / "stderr.txt", "w+") as errors:
        env = environment(wait_policy) | variables
        process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=errors, text=True)
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            times.append(time.perf_counter() - started)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        errors.seek(0)
        said = errors.read()
    if process.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}:\n{said[-3000:]}")
    return Finished(seconds, usage.ru_maxrss / 1024, lines, times)


def core_type(cpuinfo):
    """What the launcher tells OpenBLAS of a processor by Linux's word for it; None for nothing, as on ARM."""
    lines = [line for line in cpuinfo.splitlines() if line.startswith("flags")]
    flags = set(lines[0].split()) if lines else set()
    if {"avx512f", "avx512dq", "avx512bw", "avx512vl"} <= flags:
        return "SkylakeX"
    return "Haswell" if {"fma", "avx2"} <= flags else None


def environment(wait_policy="passive"):
    """This environment with two threads for OpenMP."""
    variables = dict(os.environ, OMP_NUM_THREADS=str(THREADS))
    variables.pop("OMP_WAIT_POLICY", None)
    # What the launcher chooses on a user's machine, whatever is set on this one. PyTorch has no OpenBLAS.
    for name in ("OPENBLAS_L2_SIZE", "OPENBLAS_CORETYPE"):
        variables.pop(name, None)
    info = Path("/proc/cpuinfo")
    core = core_type(info.read_text()) if info.exists() else None
    if core:
        variables["OPENBLAS_CORETYPE"] = core
    return variables | ({"OMP_WAIT_POLICY": wait_policy} if wait_policy else {})


def cases(command, wait_policy="passive", **variables):
    """The cases that one side measured: {case: value or text}."""
    found = [json.loads(line) for line in run(command, wait_policy, **variables).lines if line.startswith("{")]
    return {line["case"]: line.get("value", line.get("text")) for line in found}


def best_cases(command, better):
    """The better of each case with OpenMP's default and with its passive waiting, so that no peer is held back by it."""
    default, passive = cases(command, None), cases(command)
    return {
        case: value if isinstance(value, str) else better(value, passive[case]) for case, value in default.items()
    }


def alternate(repeats, *sides):
    """Runs the sides in turn, again and again; for each a {case: [a value for each repeat]}."""
    gathered = [{} for _ in sides]
    for _ in range(repeats):
        for into, side in zip(gathered, sides):
            for case, value in side().items():
                into.setdefault(case, []).append(value)
    return gathered


def two_cores():
    """Everything runs on the same two cores where the machine has more."""
    return ["taskset", "-c", "0,1"] if shutil.which("taskset") and os.cpu_count() > THREADS else []
