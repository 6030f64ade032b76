"""Write the generated documentation: ``python -m docs [--check]``."""

from __future__ import annotations

import argparse
import sys

from docs.generated import ROOT, stale


def main() -> int:
    """Write the files that differ from what the program declares; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m docs", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if stale")
    check = parser.parse_args().check
    changed = stale()
    for path, text in changed.items():
        print(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
    return 1 if check and changed else 0


if __name__ == "__main__":
    sys.exit(main())
