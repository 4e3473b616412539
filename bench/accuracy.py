"""``python -m bench.accuracy [--details N]``: how much is right, on the data in ``../shared``.

Short names of companies, sectors, investors, heading cells of real tables, amounts and dates in words, pasted messages,
slips of a unit, ledgers.

The labelled ledgers are imported as a dry run, each into a scratch database, and scored by the score beside them.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from io import StringIO
from pathlib import Path

from bench.captures import lines as capture_lines
from bench.headers import header_scores
from bench.investors import investor_scores
from bench.magnitudes import slips_found
from bench.sectors import sector_scores
from bench.texts import dates, exact_amounts
from crm.commands.line import run
from crm.domain.companies.duplicates import DuplicateIndex, likely_known
from crm.domain.companies.parties import read_party

SHARED = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def main() -> int:
    """Print the scores; return 1 where ``../shared`` does not stand beside the project or a ledger makes a crash."""
    parser = argparse.ArgumentParser(prog="python -m bench.accuracy", description=__doc__)
    parser.add_argument("--details", default="0", metavar="N", help="examples of what went wrong")
    arguments = parser.parse_args()
    if not SHARED.is_dir():
        print(f"{SHARED} is not there")
        return 1
    print(short_names())
    for line in (*sector_scores(SHARED / "companies"), *investor_scores(SHARED / "deals")):
        print(line)
    for kind, cells in header_scores(SHARED / "tables" / "train_tables.json").items():
        print(f"heading cells of {kind} tables: {cells}")
    print("amounts in words, the exact ones: {} of {}".format(*exact_amounts(SHARED / "text")))
    print("dates in words: {} right, {} read as another one, of {}".format(*dates(SHARED / "text")))
    for line in capture_lines():
        print(line)
    print(slips_found(SHARED / "ledgers_labelled"))
    with tempfile.TemporaryDirectory(prefix="xiangtu-accuracy-") as folder:
        refused = import_ledgers(SHARED / "ledgers_labelled", Path(folder))
        for name, message in refused.items():
            print(f"refused: {name}: {message}")
        score = SHARED / "ledgers_labelled" / "score.py"
        words = (sys.executable, score, score.parent / "truth", folder, "--details", arguments.details)
        return subprocess.run(words, check=False).returncode


def short_names() -> str:
    """Return recall and precision of finding registered companies by their short names."""
    with (SHARED / "companies" / "company_alias_pairs.csv").open(encoding="utf-8") as file:
        pairs = [(row["alias"], row["full_name"]) for row in csv.DictReader(file)]
    truth: defaultdict[str, set[str]] = defaultdict(set)
    for alias, name in pairs:
        truth[alias].add(name)
    index = DuplicateIndex(read_party(name, {"name": name}) for name in dict.fromkeys(name for _alias, name in pairs))
    found = {alias: {str(hit.key) for hit in likely_known({"name": alias}, index)} for alias in truth}
    right = sum(len(found[alias] & truth[alias]) for alias in truth)
    recall, precision = right / sum(map(len, truth.values())), right / sum(map(len, found.values()))
    return f"short names of companies: {len(pairs):,} pairs, recall {recall:.3f}, precision {precision:.3f}"


def import_ledgers(folder: Path, results: Path) -> dict[str, str]:
    """Write the document of each ledger's dry run into a folder; return those refused, with the message."""
    refused: dict[str, str] = {}
    for ledger in sorted(folder.glob("D*_*")):
        out, err = StringIO(), StringIO()
        scratch = str(results / "scratch.db")
        run(["--database", scratch, "--json", "import", "leads", str(ledger), "--dry-run"], out=out, err=err)
        document = json.loads(out.getvalue())
        if "error" in document:
            refused[ledger.name] = document["error"]["message"]
        (results / f"{ledger.name.split('_')[0]}.json").write_text(out.getvalue(), encoding="utf-8")
    return refused


if __name__ == "__main__":
    sys.exit(main())
