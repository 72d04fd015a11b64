"""Times a piece of work after warming it up, as Stopwatch.java does; prints results as lines of JSON."""

import json
import time

LEAST_WARM_UP = 2
LEAST_MEASURED = 3


def median_seconds(work, warm_up, measured):
    """The median of a call, in seconds."""
    calls(work, warm_up, LEAST_WARM_UP)
    seconds = sorted(calls(work, measured, LEAST_MEASURED))
    return seconds[len(seconds) // 2]


def calls(work, at_least, least):
    seconds = []
    started = now = time.perf_counter()
    while len(seconds) < least or now - started < at_least:
        work()
        after = time.perf_counter()
        seconds.append(after - now)
        now = after
    return seconds


def result(case, value, unit):
    print(json.dumps({"case": case, "value": value, "unit": unit}), flush=True)


def text(case, said):
    print(json.dumps({"case": case, "text": said}), flush=True)
