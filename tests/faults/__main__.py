"""Run proofs in their long form and write down what was counted: `python -m tests.faults`."""

import argparse
import json
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from tests.faults.proof import Proof
from tests.faults.registry import proofs

FIGURES = Path(__file__).with_name("figures.json")
PAGE = Path("docs/reliability.md")
_BEGIN, _END = "<!-- figures -->\n", "<!-- end of figures -->"


def main() -> int:
    """Run the proofs that are named, or all; return how many failed."""
    found = {proof.name: proof for proof in proofs()}
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[[], *found], metavar="NAME", help="proofs")
    parser.add_argument("--amount", type=int, help="instead of the long form's")
    parser.add_argument("--seed", type=int, help="repeat a run")
    args = parser.parse_args()
    failed = 0
    for name in args.names or found:
        amount = args.amount or found[name].long
        seed = random.SystemRandom().getrandbits(32) if args.seed is None else args.seed
        failed += not _ran(found[name], amount, seed)
    return failed


def _ran(proof: Proof, amount: int, seed: int) -> bool:
    """Run one proof; note its figures only where it held."""
    command = f"python -m tests.faults {proof.name} --amount {amount} --seed {seed}"
    print(f"{proof.name}: {amount} {proof.unit}, seed {seed} …", flush=True)
    begun = time.monotonic()
    try:
        counts = proof.run(amount, seed)
    except AssertionError as error:
        print(f"{proof.name}: BROKEN\n{error}\nAgain: {command}", file=sys.stderr, flush=True)
        return False
    seconds = round(time.monotonic() - begun)
    print(f"{proof.name}: held in {seconds} s: {dict(counts)}", flush=True)
    figures = json.loads(FIGURES.read_text()) if FIGURES.exists() else {}
    figures[proof.name] = {
        "promise": proof.promise,
        "date": datetime.now(UTC).date().isoformat(),
        "command": command,
        "seconds": seconds,
        "counts": dict(counts),
    }
    FIGURES.write_text(json.dumps(figures, indent=2) + "\n")
    _show(figures)
    return True


def _show(figures: dict[str, dict[str, object]]) -> None:
    """Put the figures into the page, in the order of the proofs."""
    rows = ["| promise | counted | when, how long | command |", "|---|---|---|---|"]
    for name in [proof.name for proof in proofs() if proof.name in figures]:
        one = figures[name]
        counts = one["counts"]
        assert isinstance(counts, dict)
        counted = ", ".join(f"{count:,} {word.replace('_', ' ')}" for word, count in counts.items())
        when = f"{one['date']}, {one['seconds']} s"
        rows.append(f"| {one['promise']} | {counted} | {when} | `{one['command']}` |")
    before, _, rest = PAGE.read_text().partition(_BEGIN)
    _, _, after = rest.partition(_END)
    PAGE.write_text(before + _BEGIN + "\n".join(rows) + "\n" + _END + after)


if __name__ == "__main__":
    sys.exit(main())
