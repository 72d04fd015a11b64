"""A service under measurement: ./caption4j serve as a process of its own, on loopback, and what it holds over time."""

import re
import resource
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from processes import JDK, environment, launcher, two_cores

STOP_SECONDS = 60  # until a service that does not stop is killed


@dataclass
class Held:
    """What a process holds: heap after a garbage collection and resident memory in MiB, threads, open and temporary files."""

    heap: float
    resident: float
    threads: int
    files: int
    temporary: int


class Server:
    """Starts it and waits until it listens; ends it with the with-block."""

    def __init__(self, *options):
        self._temporary = tempfile.mkdtemp(prefix="caption4j-bench-")
        variables = environment()
        variables["CAPTION4J_OPTS"] = f"-Djava.io.tmpdir={self._temporary}"
        command = [*two_cores(), *map(str, launcher("serve", "--port", 0, *options))]
        self._process = subprocess.Popen(
            command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.said = []  # lines of stderr
        self.resident = []  # (seconds, MiB), one a second
        self._ended = threading.Event()
        self._readers = [threading.Thread(target=work, daemon=True) for work in (self._listen, self._watch)]
        self._readers[0].start()
        self.url = self._process.stdout.readline().strip()
        if not self.url.startswith("http://127.0.0.1:"):
            self._process.wait(STOP_SECONDS)
            raise SystemExit("the service did not start:\n" + "\n".join(self.said[-20:]))
        self._readers[1].start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self._temporary, ignore_errors=True)

    def _listen(self):
        for line in self._process.stderr:
            self.said.append(line.rstrip("\n"))

    def _watch(self):
        started = time.perf_counter()
        while not self._ended.wait(1):
            try:
                self.resident.append((time.perf_counter() - started, self._status("VmRSS") / 1024))
            except (OSError, KeyError):
                return

    def _status(self, field):
        """A number of /proc/PID/status; sizes are in KiB there."""
        lines = Path(f"/proc/{self._process.pid}/status").read_text().splitlines()
        return int(dict(line.split(":", 1) for line in lines)[field].split()[0])

    def held(self):
        """What it holds after a garbage collection."""
        pid = self._process.pid
        subprocess.run([f"{JDK}jcmd", str(pid), "GC.run"], check=True, capture_output=True)
        with urllib.request.urlopen(self.url + "metrics", timeout=60) as answer:
            metrics = answer.read().decode()
        heap = sum(map(float, re.findall(r'^jvm_memory_used_bytes\{area="heap".*\} (\S+)$', metrics, re.MULTILINE)))
        return Held(
            heap / 2**20,
            self._status("VmRSS") / 1024,
            self._status("Threads"),
            len(list(Path(f"/proc/{pid}/fd").iterdir())),
            sum(1 for path in Path(self._temporary).rglob("*") if path.is_file()),
        )

    def fill_disk(self):
        """From now on it can write no byte to any file, as on a full disk, and nobody else is troubled."""
        resource.prlimit(self._process.pid, resource.RLIMIT_FSIZE, (0, 0))

    def failures(self):
        """Lines of its log that tell of a defect: requests that failed inside, errors, stack traces."""
        return [line for line in self.said if re.search(r"Request failed|^\s+at |Exception|Error", line)]

    def stop(self):
        """Ends it by SIGTERM; how many seconds that took, and its exit status."""
        began = time.perf_counter()
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        try:
            status = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        self._ended.set()
        self._readers[0].join(STOP_SECONDS)
        return time.perf_counter() - began, status
