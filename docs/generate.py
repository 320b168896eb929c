"""Writes the pages of this folder that are made from data: `python docs/generate.py [dictionary] [precision]`.

`dictionary.md` comes from the schema's descriptions in seconds; `precision.md` measures, and takes a minute or two.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from distillwatch.graph import dictionary

DOCS = Path(__file__).parent
ROOT = DOCS.parent
SETS = {
    "sample": (ROOT / "data/sample/labels", ROOT / "data/sample", "the sample newsroom; the rules' own regression set"),
    "blind": (
        ROOT / "tests/gold/blind",
        ROOT / "tests/gold/blind",
        "literary prose, written without sight of the rules and read since",
    ),
    "blind2": (
        ROOT / "tests/gold/blind2",
        ROOT / "tests/gold/blind2",
        "plain reports, written without sight of the rules and read since",
    ),
    "blind3": (
        ROOT / "tests/gold/blind3",
        ROOT / "tests/gold/blind3",
        "plain reports in five languages, read since; before that claims .95 / .66, 23 of 70 contradictions",
    ),
    "blind4": (
        ROOT / "tests/gold/blind4",
        ROOT / "tests/gold/blind4",
        "long newspaper sentences, a third of the names unknown, read since; before that .92 / .58, 12 of 72",
    ),
    "blind5": (
        ROOT / "tests/gold/blind5",
        ROOT / "tests/gold/blind5",
        "plain reports in six languages, read since; before that .94 / .62, 25 of 55",
    ),
    "blind6": (
        ROOT / "tests/gold/blind6",
        ROOT / "tests/gold/blind6",
        "in the manner of the development sets, six languages, read since; before that .96 / .71, 29 of 76",
    ),
    "blind7": (
        ROOT / "tests/gold/blind7",
        ROOT / "tests/gold/blind7",
        "long reports, interviews, a court and a hearing, read since; before that .95 / .78, 35 of 63",
    ),
    "blind8": (
        ROOT / "tests/gold/blind8",
        ROOT / "tests/gold/blind8",
        "in the manner of the development sets, thirteen of sixteen in English, read since; before .95 / .79, 31 of 65",
    ),
    "blind9": (
        ROOT / "tests/gold/blind9",
        ROOT / "tests/gold/blind9",
        "five long reports, an interview, a complaint, six languages, read since; before that .93 / .66, 22 of 64",
    ),
    "blind10": (
        ROOT / "tests/gold/blind10",
        ROOT / "tests/gold/blind10",
        "a statement, a wire story, its reprint, a notice, five languages, read since; before that .88 / .66, 19 of 64",
    ),
}


def dictionary_page() -> str:
    """Every table and column with its description."""
    lines = [
        "# The database",
        "",
        "One SQLite file, `knowledge.db`; the published copy lies in the snapshot and is what Datasette serves. Times",
        "are ISO 8601 in UTC. Offsets are Unicode code points, half-open. This page is written by `docs/generate.py`",
        "from `graph/dictionary.toml`, which Datasette shows too.",
    ]
    for name, table in dictionary.load().items():
        lines += ["", f"## {name}", "", table.description, "", "| column | meaning |", "|---|---|"]
        lines += [f"| `{column}` | {meaning.replace('|', '&#124;')} |" for column, meaning in table.columns.items()]
    return "\n".join(lines) + "\n"


def precision_page() -> str:
    """The precision card: the whole pipeline over each labelled set that the project holds."""
    lines = [
        "# Precision card",
        "",
        "The whole pipeline, from page to flag, over the labelled sets of this repository. A claim counts as right",
        "only when subject, predicate and object are all right. Written by `docs/generate.py`; what a figure means is",
        "in `graph/scores/`. Small sets written by one hand: read differences under five points as noise. Each set was",
        "written by somebody who had not seen the rules, measured once, and read since: the figures below are those of",
        "pages that the authors of the rules have looked at. What to expect of other pages tell the headings of the",
        "sets from blind3 on: what came of each when nobody had seen it. The kinds of error that",
        "remain are in [errors.md](errors.md). From the labels' own claims, without the reading, the rules are",
        "measured by `distillwatch --topic SET evaluate SET --from-gold-claims`.",
    ]
    for name, (folder, topic, what) in SETS.items():
        lines += ["", f"## {name}: {what}", "", *_table(folder, topic)]
    return "\n".join(lines) + "\n"


def _table(folder: Path, topic: Path) -> Iterator[str]:
    from distillwatch.commands.context import Context
    from distillwatch.commands.evaluate import score

    with TemporaryDirectory() as home:
        context = Context(Path(home), topic, as_json=True, clock=lambda: datetime.now(UTC))
        scores = score(context, folder)
    yield "| | precision | recall | F1 | right / found / labelled |"
    yield "|---|---|---|---|---|"
    rates = {f"entities: {kind}": rate for kind, rate in scores.entities.items()}
    rates |= {"dates": scores.dates, "**claims**": scores.claims.core, "claims, every slot right": scores.claims.full}
    rates |= {f"claims in `{name}`": rate for name, rate in scores.claims.languages.items()}
    rates |= {f"claims: `{name}`": rate for name, rate in scores.claims.predicates.items()}
    for label, rate in rates.items():
        yield f"| {label} | {rate.p:.2f} | {rate.r:.2f} | {rate.f1:.2f} | {rate.tp} / {rate.predicted} / {rate.gold} |"
    yield ""
    slots = ", ".join(f"{slot} {share.share:.2f}" for slot, share in scores.claims.slots.items())
    yield f"Of the claims that are right, these slots are too: {slots}."
    pairs = scores.pairs
    if pairs.found.of:
        yield ""
        yield (
            f"Contradictions found: {pairs.found.right} of {pairs.found.of}, the kind right in {pairs.kind_right}; "
            f"look-alikes wrongly flagged: {pairs.look_alikes.right} of {pairs.look_alikes.of}."
        )


PAGES = {"dictionary": dictionary_page, "precision": precision_page}


def main() -> int:
    """Write the named pages, or all; status 2 for a name that is none."""
    unknown = [name for name in sys.argv[1:] if name not in PAGES]
    if unknown:
        print(f"there is no page {unknown[0]!r}; name {' or '.join(PAGES)}, or none for all", file=sys.stderr)
        return 2
    for name in sys.argv[1:] or PAGES:
        (DOCS / f"{name}.md").write_text(PAGES[name](), encoding="utf-8")
        print(f"wrote docs/{name}.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
