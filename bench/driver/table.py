"""Rows of the comparison and their Markdown."""

from dataclasses import dataclass, field
from statistics import median


@dataclass
class Row:
    """One line: our values against a peer's (a ratio of medians) or against a limit (no peer).

    at_least: the least ratio that reaches the target; at_most: the largest ratio, or the largest value without a peer.
    Without either there is no target.
    """

    work: str
    unit: str
    ours: list
    peer_name: str = ""
    peer: list = field(default_factory=list)
    at_least: float | None = None
    at_most: float | None = None

    def figure(self):
        return median(self.ours) / median(self.peer) if self.peer else median(self.ours)

    def target(self):
        if self.at_least is None and self.at_most is None:
            return "-"
        sign, bound = ("≥", self.at_least) if self.at_least is not None else ("≤", self.at_most)
        return f"{sign} {bound:g}×" if self.peer else f"{sign} {bound:g} {self.unit}".rstrip()

    def verdict(self):
        figure = self.figure()
        if self.at_least is None and self.at_most is None:
            return "-"
        if self.at_least is not None:
            missed = 1 - figure / self.at_least
        elif self.at_most == 0:
            return "reached" if figure <= 0 else f"missed by {figure:g}"
        else:
            missed = figure / self.at_most - 1
        return "reached" if missed <= 0 else f"missed by {100 * missed:.0f} %"


def markdown(rows):
    lines = [
        "| work | ours | peer | ratio | target | |",
        "|---|---|---|---|---|---|",
    ]
    for row in rows:
        peer = f"{row.peer_name} {spread(row.peer, row.unit)}" if row.peer else "-"
        ratio = f"{row.figure():.2f}" if row.peer else "-"
        lines.append(
            f"| {row.work} | {spread(row.ours, row.unit)} | {peer} | {ratio} | {row.target()} | {row.verdict()} |"
        )
    return "\n".join(lines)


def spread(values, unit):
    """Median (smallest..largest)."""
    between = f" ({number(min(values))}..{number(max(values))})" if len(values) > 1 else ""
    return f"{number(median(values))}{between} {unit}".rstrip()


def number(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def replace(document, begin, end, text):
    """Puts text between two lines of a page, in place of what is there."""
    whole = document.read_text(encoding="utf-8")
    before, after = whole.split(begin)[0], whole.split(end)[1]
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8")
