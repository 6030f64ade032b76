"""``python -m benchmarks.check``: the share of faults found, and of true statements objected to."""

from __future__ import annotations

import argparse

from benchmarks.check import tables
from benchmarks.check.articles import articles
from benchmarks.check.examination import Outcome, elsewhere, entries, outcomes


def main() -> None:
    """Examine the checks and print the tables."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.check", description=__doc__)
    parser.add_argument("--articles", nargs="+", default=(), metavar="NAME", help="only these")
    parser.add_argument("--missed", action="store_true", help="list the faults that are missed")
    parser.add_argument("--false", action="store_true", help="list the false alarms")
    parser.add_argument("--curve", action="store_true", help="what each code is worth")
    options = parser.parse_args()

    faults: list[Outcome] = []
    truths: list[Outcome] = []
    sound: list[Outcome] = []
    for article in articles(tuple(options.articles)):
        faults += outcomes(article, list(article.faults))
        truths += outcomes(article, list(article.truths))
        sound += entries(article)
        for problem in elsewhere(article):
            print(f"{article.name}: {problem.code} {problem.message}")
    parts = [tables.fault_table(faults), tables.truth_table(sound, truths)]
    if options.curve:
        parts.append(tables.curve(faults, [*sound, *truths]))
    if options.missed:
        parts.append(tables.missed(faults))
    if options.false:
        parts.append(tables.false_alarms([*sound, *truths]))
    print("\n\n".join(parts))


if __name__ == "__main__":
    main()
