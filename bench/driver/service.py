"""bench/run --service: what the service holds out, on this machine and against ./caption4j serve with the bundled model."""

import argparse
import sys

import machine
from processes import RESULTS, ROOT
from service_rows import ROWS, Plan
from table import markdown

BEGIN, END = "<!-- bench/run --service --save: begin -->", "<!-- bench/run --service --save: end -->"
# The page, and the rows that it shows.
DOCUMENTS = {ROOT / "docs/reliability.md": tuple(ROWS), ROOT / "docs/deploy.md": ("overload",)}


def main():
    options = arguments()
    RESULTS.mkdir(parents=True, exist_ok=True)
    plan = Plan((2, 4), 1, 60, 0.1) if options.quick else Plan((10, 60), 3, 600, options.minutes)
    measured = {}
    for name in options.rows:
        print(f"bench: {name} ...", file=sys.stderr, flush=True)
        measured[name] = ROWS[name](plan)
    quick = "\n\n(`--quick`: too short to be quoted.)" if options.quick else ""
    text = report(measured, options.rows) + quick
    (RESULTS / "service.md").write_text(text + "\n", encoding="utf-8")
    print(text)
    if options.save:
        for document, rows in DOCUMENTS.items():
            whole = document.read_text(encoding="utf-8")
            before, after = whole.split(BEGIN)[0], whole.split(END)[1]
            saved = report(measured, rows)
            document.write_text(f"{before}{BEGIN}\n{saved}\n{END}{after}", encoding="utf-8")


def report(measured, names):
    """The table of some rows, what stands below it, and the machine."""
    rows = [row for name in names for row in measured[name][0]]
    notes = [f"* {note}" for name in names for note in measured[name][1]]
    return "\n".join([markdown(rows), "", *notes, machine.describe()])


def arguments():
    parser = argparse.ArgumentParser(prog="bench/run --service", description=__doc__)
    parser.add_argument("--rows", type=chosen, default=list(ROWS), help=f"some of {','.join(ROWS)}, with commas")
    parser.add_argument("--quick", action="store_true", help="a few seconds each, to see that all works")
    parser.add_argument("--minutes", type=float, default=10, help="of faults")
    parser.add_argument("--save", action="store_true", help="write the result into docs/reliability.md and docs/deploy.md")
    options = parser.parse_args()
    if options.save and (options.quick or options.rows != list(ROWS)):
        parser.error("--save is for a whole run: without --quick and --rows")
    return options


def chosen(text):
    names = text.split(",")
    for name in names:
        if name not in ROWS:
            raise argparse.ArgumentTypeError(f"no row '{name}'; there are {', '.join(ROWS)}")
    return names


if __name__ == "__main__":
    main()
