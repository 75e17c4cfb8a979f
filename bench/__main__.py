"""Measure: `python -m bench [NAME…] [--quick]`; a whole run is written down."""

import argparse
import sys
import time
import warnings
from collections.abc import Callable, Iterator

from bench import report
from bench.creating import create_in_process
from bench.draining import claim_and_record, drain_vs_apscheduler, drain_vs_procrastinate
from bench.goals import BY_NAME
from bench.growth import at_million
from bench.in_flight import send_in_flight
from bench.measuring import Measured
from bench.over_http import create_over_http
from bench.places import places
from bench.starting import starting
from bench.summing import summary_over_100000

Part = Callable[..., Iterator[Measured]]

_PARTS: tuple[tuple[Part, frozenset[str]], ...] = (
    (create_in_process, frozenset({"create_in_process"})),
    (create_over_http, frozenset({"create_over_http", "slowest_over_http"})),
    (drain_vs_apscheduler, frozenset({"drain_vs_apscheduler"})),
    (drain_vs_procrastinate, frozenset({"drain_vs_procrastinate"})),
    (claim_and_record, frozenset({"claim_and_record"})),
    (send_in_flight, frozenset({"send_in_flight"})),
    (at_million, frozenset(name for name in BY_NAME if name.endswith("_at_million"))),
    (summary_over_100000, frozenset({"summary_over_100000"})),
    (starting, frozenset({"start_to_ready", "idle_memory"})),
)
"""What is measured together."""


def main() -> int:
    """Run the parts that are named, or all."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *BY_NAME], metavar="NAME")
    parser.add_argument("--quick", action="store_true", help="few of everything, to try it out")
    parser.add_argument("--profile", action="store_true", help="show where our time goes")
    args = parser.parse_args()
    begun = time.perf_counter()
    found = []
    with places() as made:
        for part, names in _PARTS:
            if args.names and not names.intersection(args.names):
                continue
            for measured in part(made, quick=args.quick):
                found.append(measured)
                print(f"{time.perf_counter() - begun:5.0f} s  {report.line(measured)}", flush=True)
                if args.profile:
                    print(f"{measured.note}\n{measured.profile}", flush=True)
    if not args.names and not args.quick:
        report.write(found, time.perf_counter() - begun)
    return 0


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # of the peers
    sys.exit(main())
