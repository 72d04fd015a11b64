"""The options that both comparisons take."""

import argparse


def parser(prog, description, rows, saved, further=()):
    """A parser with --rows, --quick and --save; rows: those of a whole run; saved: what --save writes; further: rows that
    are measured by name only."""
    known = [*rows, *further]
    made = argparse.ArgumentParser(prog=prog, description=description)

    def chosen(text):
        names = text.split(",")
        for name in names:
            if name not in known:
                raise argparse.ArgumentTypeError(f"no row '{name}'; there are {', '.join(known)}")
        return names

    made.add_argument("--rows", type=chosen, default=list(rows), help=f"some of {','.join(known)}, with commas")
    made.add_argument("--quick", action="store_true", help="short runs, to see that all works")
    made.add_argument("--save", action="store_true", help=f"write the result into {saved}")
    return made


def parsed(made, rows, arguments=None):
    """The options; --save replaces what is there, so it is for a whole run alone."""
    options = made.parse_args(arguments)
    if options.save and (options.quick or options.rows != list(rows)):
        made.error("--save is for a whole run: without --quick and --rows")
    return options
