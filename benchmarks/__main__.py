"""The command: `python -m benchmarks [NAME…] [--json]`."""

import argparse
import json
import signal
import sys
from collections.abc import Sequence
from contextlib import ExitStack

from benchmarks.broadcast import BROADCAST
from benchmarks.bulk import BULK
from benchmarks.ear import EAR
from benchmarks.floor import FLOOR
from benchmarks.measure import Benchmark, Size, interleaved
from benchmarks.memory import MEMORY
from benchmarks.messages import MESSAGES
from benchmarks.peers import PEERS
from benchmarks.remind import REMIND
from benchmarks.report import Table, as_lines, as_object, table
from benchmarks.startup import STARTUP
from benchmarks.tapping import TAPPING
from benchmarks.turns import TURNS
from bot import logs

EVERY = (TURNS, MEMORY, MESSAGES, FLOOR, PEERS, EAR, TAPPING, BULK, BROADCAST, REMIND, STARTUP)
BENCHMARKS = {each.name: each for each in EVERY}


def run(chosen: Sequence[Benchmark], size: Size) -> Table:
    """Prepare all of them, then measure them in turn."""
    with ExitStack() as stack:
        prepared = {each.name: each.prepare(size, stack) for each in chosen}
        cases = [case for each in prepared.values() for case in each.cases]
        rounds = {each.name: each.rounds or size.rounds for each in chosen}
        return table(chosen, prepared, interleaved(cases, rounds))


def _end_cleanly() -> None:
    """SIGTERM ends the run as Ctrl-C does, which asyncio knows: nothing is left behind."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    duties = "; ".join(f"{each.name}: {each.duty}" for each in BENCHMARKS.values())
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"all of them, or some: {duties}")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.names if name not in BENCHMARKS]
    if unknown:
        parser.error(f"no benchmark {unknown[0]!r}: there are {', '.join(BENCHMARKS)}")
    logs.configure(quiet=True)  # to standard error: the figures stand alone
    chosen = [each for each in BENCHMARKS.values() if not given.names or each.name in given.names]
    size = Size()
    _end_cleanly()
    try:
        found = run(chosen, size)
    except KeyboardInterrupt:
        sys.exit(130)
    if given.json:
        print(json.dumps(as_object(found, size.rounds), ensure_ascii=False, indent=2))
    else:
        print("\n".join(as_lines(found, chosen, size.rounds)))


if __name__ == "__main__":
    main(sys.argv[1:])
