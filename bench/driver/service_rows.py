"""The rows of the service: load, a stop, faults, one picture alone."""

import itertools
import json
import subprocess
import sys
import time
from dataclasses import dataclass
from statistics import mean

from processes import RESULTS, ROOT, alternate, cases, environment, launcher, ours, run, two_cores
from server import Server
from table import Row

DEADLINE = 30  # seconds, the service's default
STOP_TIMEOUT = 30  # seconds, the same
MANNERS = {"patient": "they obey Retry-After", "impatient": "they ask again at once"}
# Manners, places of the queue, and the share of the pipeline's pictures that must be captioned all the same: the default
# queue, a full one whose clients obey, and what it costs where they do not.
LOADS = (("impatient", 256, 0.9), ("patient", 128, 0.9), ("impatient", 128, None))
IDLE_SECONDS = 10  # until connections that were broken off are closed and threads rest


@dataclass
class Plan:
    """How long to measure: seconds of warm-up and of load, runs of what is short, files of the pipeline, minutes of faults."""

    seconds: tuple
    repeats: int
    files: int
    minutes: float


def overload(plan):
    """200 clients and 50 slow senders, with the pipeline alone on the same pictures before and after; then a stop."""
    folder = _pictures(plan.files)
    alone = [_pipeline(folder)]
    rows, notes = [], []
    for manner, queue, at_least in LOADS:
        body_timeout = max(1, plan.seconds[1] // 2)
        options = ("--queue", queue, "--deadline", DEADLINE, "--body-timeout", body_timeout, "--access-log", "off")
        with Server(*options) as server:
            began = len(server.resident)
            found = cases(ours("overload", plan.seconds, server.url, folder, manner))
            resident = [mib for _, mib in server.resident[began:]]
            failures = server.failures()
        alone.append(_pipeline(folder))
        who = f"200 clients, {queue} places, {MANNERS[manner]}"
        more_rows, more_notes = _load(who, found, alone[-2:], resident, failures, at_least)
        rows, notes = rows + more_rows, notes + more_notes
    more_rows, more_notes = _stopped(folder)
    return rows + more_rows, notes + more_notes


def _load(who, found, alone, resident, failures, at_least):
    statuses = ", ".join(f"{count:,.0f} {case}" for case, count in sorted(found.items()) if case.startswith("answers"))
    note = f"{who}: {statuses}; clients and senders took {found['cores taken']:.2f} of the cores"
    wrong = _count(found, "answers", but=("answers 200", "answers 503")) + _count(found, "connections") + len(failures)
    first, last = _thirds(resident)
    rows = [
        Row(f"{who}: captioned", "pictures/s", [found["captioned"]], "the pipeline alone", alone, at_least=at_least),
        Row("other answers than 200 and 503, broken connections, failures in the log", "", [wrong], at_most=0),
        Row("99 of 100 captions came within (deadline 30 s)", "s", [found["p99"]], at_most=DEADLINE),
        Row("resident memory, last third", "MiB", last, "second third", first, at_most=1.05),
        Row("of 50 slow senders beside: answered 408", "", [found.get("slow senders answered 408", 0)], at_least=50),
    ]
    return rows, [note]


def _stopped(folder):
    """SIGTERM while 200 clients ask: what the service's log says it answered, its clients must have."""
    received = RESULTS / "answered.txt"
    received.unlink(missing_ok=True)
    with Server("--access-log", "on") as server:
        command = [*two_cores(), *map(str, ours("stop", (0, 0), server.url, folder, received))]
        clients = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, text=True)
        for line in clients.stdout:
            if "begun" in line:
                break
        seconds, status = server.stop()
        lines = clients.stdout.read().splitlines()
        if clients.wait() != 0:
            raise SystemExit("the clients failed")
        logged = {entry["id"] for entry in map(json.loads, filter(lambda line: line.startswith("{"), server.said))}
    counts = {entry["case"]: entry["value"] for entry in map(json.loads, lines) if "value" in entry}
    lost = logged - set(received.read_text().split())
    note = f"stopped in the middle: exit status {status}, " + ", ".join(f"{count:,.0f} {case}" for case, count in counts.items())
    rows = [
        Row("SIGTERM under that load: accepted requests without an answer", "", [len(lost)], at_most=0),
        Row("from SIGTERM to the end", "s", [seconds], at_most=STOP_TIMEOUT),
    ]
    return rows, [note]


def faults(plan):
    """Minutes of good requests and bad ones, clients that break off, and a disk that is full."""
    folder = _pictures(plan.files)
    half = 30 * plan.minutes
    # A small cache of answers: it is full before the first look, and grows no more.
    with Server("--cache", 100, "--access-log", "off") as server:
        server.fill_disk()
        first = cases(ours("faults", (0, half), server.url, folder))
        time.sleep(IDLE_SECONDS)
        before = server.held()  # half-way: pools are as large by now as this load makes them
        second = cases(ours("faults", (0, half), server.url, folder))
        time.sleep(IDLE_SECONDS)
        after = server.held()
        failures = server.failures()
    found = {case: first.get(case, 0) + second.get(case, 0) for case in first | second}
    for case in found:
        if case.startswith("wrong"):
            print(f"bench: {case}", file=sys.stderr)
    answers = ", ".join(f"{count:,.0f} {case}" for case, count in sorted(found.items()) if case.startswith("answers"))
    note = f"faults: {answers}, {found['broken off by clients']:,.0f} broken off by clients"
    wrong = _count(found, "wrong") + len(failures)
    work = f"{plan.minutes:g} minutes of faults, no room on the disk"
    rows = [
        Row(f"{work}: answers other than they should be, failures in the log", "", [wrong], at_most=0),
        Row("heap after a collection, in the end", "MiB", [after.heap], "half-way", [before.heap], at_most=1.1),
        Row("resident memory", "MiB", [after.resident], "half-way", [before.resident], at_most=1.1),
        Row("threads", "", [after.threads], "half-way", [before.threads], at_most=1.1),
        Row("open files and connections", "", [after.files], "half-way", [before.files], at_most=1.1),
        Row("files in the temporary folder, more than half-way", "", [after.temporary - before.temporary], at_most=0),
    ]
    return rows, [note]


def alone(plan):
    """One picture after another, by HTTP and by the library, in turn and with the same bytes."""
    folder = _pictures(plan.files)
    with Server("--access-log", "off") as server:
        # The launcher gives a service one thread of OpenBLAS's; so has the library.
        command = ours("alone", plan.seconds, server.url, folder)
        (found,) = alternate(plan.repeats, lambda: cases(command, OPENBLAS_NUM_THREADS="1"))
    row = Row("one picture alone, over HTTP", "ms", found["http"], "the library", found["library"], at_most=1.3)
    return [row], []


ROWS = {row.__name__: row for row in (overload, faults, alone)}

def _pictures(count):
    """A folder of JPEG files: the samples, again and again, each with bytes of its own after its end."""
    target = RESULTS / f"samples-{count}"
    target.mkdir(parents=True, exist_ok=True)
    sources = itertools.cycle(sorted((ROOT / "samples").glob("*.jpg")))
    for i, source in zip(range(count), sources):
        (target / f"{i:04d}.jpg").write_bytes(source.read_bytes() + str(i).encode())
    return target


def _pipeline(folder):
    """Pictures a second of `caption4j caption`, from the first line printed to the last."""
    finished = run(launcher("caption", folder))
    return (len(finished.lines) - 1) / (finished.times[-1] - finished.times[0])


def _count(found, prefix, but=()):
    return sum(count for case, count in found.items() if case.startswith(prefix) and case not in but)


def _thirds(values):
    """The means of the second and of the last third."""
    third = max(1, len(values) // 3)
    return [mean(values[-2 * third : -third] or values)], [mean(values[-third:])]
