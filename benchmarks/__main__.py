"""`python -m benchmarks [NAME…] [--large]`: runs the benchmarks that are named, or all, and prints one table."""

import argparse
import sys
from importlib import import_module
from pathlib import Path

from benchmarks.measure import table

# What the benchmarks share is none itself.
SHARED = {"__init__", "__main__", "measure", "generate", "repository"}
NAMES = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if path.stem not in SHARED)


def main() -> int:
    """Run what is asked for; the exit code is 1 when a limit was missed, which no test looks at."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES))
    parser.add_argument("--large", action="store_true", help="measure growth up to 100,000 records too: some minutes")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(NAMES):
        parser.error(f"no such benchmark: {', '.join(sorted(unknown))}; there are: {', '.join(NAMES)}")
    # A list, so that every benchmark runs after one that missed its limit.
    kept = [table(import_module(f"benchmarks.{name}").rows(large=arguments.large)) for name in arguments.names or NAMES]
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
