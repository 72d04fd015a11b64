"""bench/run --service: what the service holds out, on this machine and against ./caption4j serve with the bundled model."""

import sys

import machine
import options
from processes import RESULTS, ROOT
from service_rows import ROWS, Plan
from table import markdown, replace

BEGIN, END = "<!-- bench/run --service --save: begin -->", "<!-- bench/run --service --save: end -->"
DOCUMENT = ROOT / "docs/reliability.md"


def main():
    asked = arguments()
    RESULTS.mkdir(parents=True, exist_ok=True)
    plan = Plan((2, 4), 1, 60, 0.1) if asked.quick else Plan((10, 60), 3, 600, asked.minutes)
    measured = {}
    for name in asked.rows:
        print(f"bench: {name} ...", file=sys.stderr, flush=True)
        measured[name] = ROWS[name](plan)
    quick = "\n\n(`--quick`: too short to be quoted.)" if asked.quick else ""
    text = report(measured, asked.rows) + quick
    (RESULTS / "service.md").write_text(text + "\n", encoding="utf-8")
    print(text)
    if asked.save:
        replace(DOCUMENT, BEGIN, END, text)


def report(measured, names):
    """The table of some rows, what stands below it, and the machine."""
    rows = [row for name in names for row in measured[name][0]]
    notes = [f"* {note}" for name in names for note in measured[name][1]]
    return "\n".join([markdown(rows), "", *notes, machine.describe()])


def arguments():
    parser = options.parser("bench/run --service", __doc__, ROWS, "docs/reliability.md")
    parser.add_argument("--minutes", type=float, default=10, help="of faults")
    return options.parsed(parser, ROWS)


if __name__ == "__main__":
    main()
