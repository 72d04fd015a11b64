"""Says on what a comparison ran."""

import os
import platform
import subprocess
from datetime import date
from importlib.metadata import version
from pathlib import Path

from processes import JDK, ROOT, THREADS


def describe(*peers, backend=None):
    """Machine and versions, and those of Python's packages that took part; backend is what ND4J ran on."""
    java = subprocess.run([f"{JDK}java", "-version"], capture_output=True, text=True).stderr.splitlines()
    versions = "".join(f", {name} {version(name)}" for name in peers)
    return "\n".join(
        [
            f"* {date.today().isoformat()}, commit {_commit()}",
            f"* {_cpu()}, {os.cpu_count()} cores of which {THREADS} were used, {platform.system()} {platform.machine()}",
            f"* {gpus()}{f'; ND4J on {backend}' if backend else ''}",
            f"* {java[1] if len(java) > 1 else 'Java unknown'}",
            f"* Python {platform.python_version()}{versions}",
        ]
    )


def gpus():
    """The GPUs and their drivers, as NVIDIA's own tool has them."""
    try:
        run = subprocess.run(
            ["nvidia-smi", "--query-gpu=name,driver_version,memory.total", "--format=csv,noheader"],
            capture_output=True, text=True, timeout=60,
        )
    except (OSError, subprocess.TimeoutExpired):
        return "no NVIDIA GPU"
    found = [line.strip() for line in run.stdout.splitlines() if line.strip()] if run.returncode == 0 else []
    return "; ".join(f"GPU {line}" for line in found) or "no NVIDIA GPU"


def _cpu():
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or "unknown processor"
    fields = dict(map(str.strip, line.split(":", 1)) for line in lines if ":" in line)
    name = fields.get("model name", "unknown processor")
    wide = "AVX-512" if "avx512f" in fields.get("flags", "") else "AVX2" if "avx2" in fields.get("flags", "") else ""
    return f"{name} (family {fields.get('cpu family', '?')}, {wide})"


def _commit():
    run = ["git", "-C", str(ROOT), "describe", "--always", "--dirty"]
    return subprocess.run(run, capture_output=True, text=True).stdout.strip() or "unknown"
