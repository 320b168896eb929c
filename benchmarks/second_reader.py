"""What the reader by kinds and order finds alone, and what it adds to the readers of the parse.

    python benchmarks/second_reader.py DIR [DIR …]

For each labelled set its English pages are read three times: by the readers of the parse, by the one of kinds and order
alone, and by both. Alone it says how far its rules can be trusted on sentences that nobody chose; the difference of the
other two is what it adds. Claims are right where subject, predicate and object are.
"""

from __future__ import annotations

import argparse
import sys
from contextlib import AbstractContextManager, nullcontext, redirect_stderr
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from distillwatch.commands.context import Context
from distillwatch.commands.evaluate import score
from distillwatch.graph.scores.rates import Rate
from distillwatch.nlp.claims.english import EnglishReader
from distillwatch.topic import bundled


def english(folder: Path, silent: str = "") -> Rate:
    """How well the English pages of a set are read with one method of the reader finding nothing."""
    topic = next((place for place in (folder, folder.parent) if (place / "topic.toml").is_file()), None)
    quiet: AbstractContextManager[object] = (
        patch.object(EnglishReader, silent, lambda *_: []) if silent else nullcontext()
    )
    with TemporaryDirectory() as home, redirect_stderr(StringIO()), quiet:
        context = Context(Path(home), topic or bundled("distillation"), as_json=True, clock=lambda: datetime.now(UTC))
        return score(context, folder).claims.languages["en"]


def main() -> int:
    """Print the table; status 2 when no set was given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("sets", nargs="+", type=Path)
    asked = parser.parse_args()
    columns = {"by the parse": "_slotted", "by kinds alone": "_claims", "both": ""}
    print(f"{'right/found, recall':24s}" + "".join(f"{name:>20s}" for name in columns))
    for folder in asked.sets:
        rates = [english(folder, silent) for silent in columns.values()]
        cells = "".join(f"{f'{rate.tp}/{rate.predicted} {rate.r:.3f}':>20s}" for rate in rates)
        print(f"{f'{folder.parent.name}/{folder.name}':24s}{cells}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
