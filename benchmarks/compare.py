"""How fast claims are compared, and how that grows: invented claims of realistic skew, 10^4 to 10^6 of them.

python benchmarks/compare.py [--claims 10000 100000 1000000] [--added 0.01]

For each size: wall time and processor time (of all processes) of the first comparison, wall time of a rerun with
nothing new and of one after adding 1 % of claims in new documents; memory of all processes at its highest; pairs judged
and flags. The last lines give the exponent of growth and compare all with the targets: 120 s, 4 GB, exponent 1.15, 5 %
for 1 %. Each size runs in a process of its own, so that memory is its own.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from distillwatch.graph.compare import CompareReport, compare
from distillwatch.graph.connection import transaction
from distillwatch.graph.rows import touch
from distillwatch.graph.store import open_store
from distillwatch.ids import hash_id
from distillwatch.topic import Topic, bundled, load_topic

TARGET_SECONDS, TARGET_BYTES, TARGET_EXPONENT, TARGET_SHARE = 120.0, 4e9, 1.15, 0.05
NOW = "2026-11-22T00:00:00Z"
PROCESSES = 2
CLAIMS_OF_A_DOCUMENT = 12  # on average
DOCUMENTS_OF_AN_INCIDENT = 24  # on average; the largest has thousands, most have a handful
COPIED = 0.2  # share of documents that carry another one's text


class World:
    """Invented companies with models and people, outlets, and incidents between them; some are much in the news."""

    def __init__(self, claims: int, seed: int = 11) -> None:
        self.random = random.Random(seed)
        count = 40 + claims // 20_000
        self.companies = [f"company-c{i}" for i in range(count)]
        self.models = {c: [f"model-{c[8:]}-{v}" for v in range(1, 2 + i % 7)] for i, c in enumerate(self.companies)}
        self.people = {c: [f"person-{c[8:]}-{n}" for n in range(2)] for c in self.companies}
        self.outlets = [f"outlet-{i}" for i in range(60)]
        self.incidents = [
            self._incident(i) for i in range(max(8, claims // CLAIMS_OF_A_DOCUMENT // DOCUMENTS_OF_AN_INCIDENT))
        ]
        self._weights = _zipf(len(self.incidents))

    def _incident(self, number: int) -> dict[str, Any]:
        accuser, accused = self.skewed(self.companies), self.skewed(self.companies)
        figure = float(f"{math.exp(self.random.uniform(math.log(2e3), math.log(3e7))):.2g}")
        return {
            "id": f"incident{number}",
            "accuser": accuser,
            "accused": accused,
            "teacher": self.random.choice(self.models[accuser]),
            "student": self.random.choice(self.models[accused]),
            "day": date(2023, 1, 1) + timedelta(days=self.random.randrange(1300)),
            "figure": figure,
        }

    def skewed(self, items: Sequence[Any]) -> Any:
        """One of the items, the first ones far more often."""
        return items[min(int(self.random.paretovariate(1.1)) - 1, len(items) - 1)]

    def pick_incident(self) -> dict[str, Any]:
        """One of the incidents by how much coverage it has."""
        return self.random.choices(self.incidents, cum_weights=self._weights)[0]


def _zipf(count: int) -> list[float]:
    total, found = 0.0, []
    for rank in range(1, count + 1):
        total += 1 / rank**0.9
        found.append(total)
    return found


def claims_of(world: World, incident: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The claims of one document about one incident: mostly what the others say too, now and then something else."""
    r, accuser, accused = world.random, incident["accuser"], incident["accused"]
    teacher, student = incident["teacher"], incident["student"]
    voice = r.choices([accuser, world.people[accuser][0]], [3, 1])[0]
    yield _claim(r.choice([student, accused]), "trained_on_outputs_of", teacher, voice, "alleges")
    if r.random() < 0.04:
        yield _claim(student, "trained_on_outputs_of", teacher, "", "asserts")
    answer = r.choices(["denied", "declined", "no_response", ""], [4, 2, 2, 2])[0]
    if answer:
        yield _claim(accused, "commented", "", "", "asserts", words=answer)
    if answer == "denied":
        person = world.people[accused][0]
        yield _claim(r.choice([student, accused]), "trained_on_outputs_of", teacher, person, "denies", polarity="-")
    if r.random() < 0.06:
        only = {"only": "yes"} if r.random() < 0.5 else {}
        yield _claim(accused, "evaluated_with", teacher, world.people[accused][1], "asserts", qualifiers=only)
    if r.random() < 0.6:
        count = incident["figure"] * r.choices([1, 1.02, 3], [93, 5, 2])[0]
        figure = (count, r.choice(["over", "over", "about", "exact"]), "exchanges")
        yield _claim(accused, "accessed", teacher, voice, "alleges", figure=figure)
    if r.random() < 0.5:
        when = incident["day"] + timedelta(days=r.choices([0, 1, 30], [94, 4, 2])[0])
        yield _claim(accuser, "restricted", accused, "", "asserts", when=when)
    if r.random() < 0.4:
        terms, broken = f"policy-{accuser[8:]}", r.random() < 0.97
        yield _claim(
            accused, "violates", terms, voice, "alleges" if broken else "asserts", polarity="+" if broken else "-"
        )
    yield from _background(world, incident)


def _background(world: World, incident: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """What an article tells besides: releases, sizes, scores and posts, of the parties and of others."""
    r = world.random
    for _ in range(8):
        company = r.choice([incident["accuser"], incident["accused"], world.skewed(world.companies)])
        model = r.choice(world.models[company])
        kind = r.random()
        if kind < 0.3:
            day = date(2022, 1, 1) + timedelta(days=int(hash_id(model), 16) % 1400 + r.choices([0, 9], [97, 3])[0])
            yield _claim(company, "released", model, "", "asserts", when=day)
        elif kind < 0.5:
            size = (1 + int(hash_id(model, "size"), 16) % 700) * 1e9 * r.choices([1, 1.2], [98, 2])[0]
            yield _claim(model, "has_parameters", "", "", "asserts", figure=(size, "exact", "parameters"))
        elif kind < 0.75:
            test = f"product-test{r.randrange(40)}"
            score = 30 + int(hash_id(model, test), 16) % 600 / 10 + r.choices([0, 3], [98, 2])[0]
            yield _claim(model, "scored", test, company, "asserts", figure=(score, "exact", "percent"))
        else:
            person = r.choice(world.people[company])
            yield _claim(person, "holds_role", company, "", "asserts", qualifiers={"role": "spokesperson"})


def _claim(
    subject: str,
    predicate: str,
    target: str,
    speaker: str,
    act: str,
    *,
    polarity: str = "+",
    hedge: str = "none",
    figure: tuple[float, str, str] | None = None,
    when: date | None = None,
    words: str = "",
    qualifiers: dict[str, str] | None = None,
) -> dict[str, Any]:
    evidence = f"{subject} {predicate} {target or words} {figure[0] if figure else ''}, {speaker} {act} ({polarity})."
    value, approx, unit = figure or (None, None, None)
    return {
        "evidence": evidence,
        "subject_id": subject,
        "subject_text": subject,
        "predicate": predicate,
        "object_id": target or None,
        "object_text": target or words,
        "speaker_id": speaker or None,
        "speaker_text": speaker,
        "speech_act": act,
        "polarity": polarity,
        "hedge": hedge,
        "quantity_low": value,
        "quantity_high": None if approx == "over" else value,
        "unit": unit,
        "approx": approx,
        "when_start": when and when.isoformat(),
        "when_end": when and when.isoformat(),
        "when_precision": "day" if when else None,
        "qualifiers": json.dumps(qualifiers or {}),
    }


def write_entities(db: Database, world: World) -> None:
    """The rows that documents and claims refer to."""
    with transaction(db):
        rows: list[tuple[str, str, str | None]] = [(c, "company", None) for c in world.companies]
        rows += [(m, "model", c) for c, models in world.models.items() for m in models]
        rows += [(p, "person", c) for c, people in world.people.items() for p in people]
        rows += [(o, "outlet", None) for o in world.outlets]
        rows += [(f"policy-{c[8:]}", "policy", c) for c in world.companies]
        rows += [(f"product-test{n}", "product", None) for n in range(40)]
        db.conn.executemany(
            "INSERT INTO entities (id, kind, name, owner_id, canonical_id, status) VALUES (?, ?, ?, ?, ?, '')",
            [(key, kind, key, owner, key) for key, kind, owner in rows],
        )
        db.conn.executemany(
            "INSERT INTO sources (id, name, kind, url, tier) VALUES (?, ?, 'feed', '', 'press')",
            [(o, o) for o in world.outlets],
        )
        db.conn.executemany(
            "INSERT INTO incidents (id, slug, title, kind) VALUES (?, ?, ?, 'distillation')",
            [(i["id"], i["id"], i["id"]) for i in world.incidents],
        )


def write_documents(db: Database, world: World, first: int, count: int) -> int:
    """Documents number `first` to `first + count` with their claims; returns the number of claims."""
    originals: dict[str, tuple[str, list[dict[str, Any]]]] = {}
    written = 0
    for start in range(first, first + count, 2000):
        with transaction(db):
            for number in range(start, min(start + 2000, first + count)):
                written += _write_document(db, world, number, originals)
            touch(db)
    return written


def _write_document(db: Database, world: World, number: int, originals: dict[str, Any]) -> int:
    incident, key = world.pick_incident(), f"d{number:08}"
    copied = originals.get(incident["id"]) if world.random.random() < COPIED else None
    origin, claims = copied or (key, list(claims_of(world, incident)))
    originals[incident["id"]] = (origin, claims)
    outlet = world.skewed(world.outlets)
    published = (incident["day"] + timedelta(days=int(world.random.expovariate(1 / 20)))).isoformat()
    run = db.conn.execute
    run(
        """INSERT INTO documents (id, source_id, url, kind, language, title, outlet, published_at, published_from,
        first_seen, last_seen, text, text_sha256, content_sha256, revision, revision_id) VALUES (?, ?, ?, 'news',
        'en', ?, ?, ?, 'jsonld', ?, '', '', '', '', 1, ?)
        """,
        (key, outlet, key, key, outlet, published, f"{number:09}", key),
    )
    run(
        """INSERT INTO revisions (id, document_id, number, seen_at, title, text, text_sha256)
           VALUES (?, ?, 1, '', '', '', '')""",
        (key, key),
    )
    run(
        """INSERT INTO segments (id, document_id, revision_id, position, kind, "start", "end")
           VALUES (?, ?, ?, 0, 'paragraph', 0, 1)""",
        (key, key, key),
    )
    run("INSERT OR IGNORE INTO origins (id, document_id, kind) VALUES (?, ?, 'report')", (origin, origin))
    run(
        "INSERT INTO document_origins (document_id, origin_id, relation) VALUES (?, ?, ?)",
        (key, origin, "copy" if copied else "original"),
    )
    run("INSERT INTO incident_documents (incident_id, document_id, role) VALUES (?, ?, '')", (incident["id"], key))
    rows = [
        {
            **claim,
            "id": f"{key}.{n:02}",
            "document_id": key,
            "revision_id": key,
            "segment_id": key,
            "start": n,
            "end": n + 1,
            "evidence_class": "none_given",
            "confidence": 1.0,
            "extractor": "bench",
            "current": 1,
        }
        for n, claim in enumerate(claims)
    ]
    columns = list(rows[0])
    names = ", ".join(f'"{c}"' for c in columns)
    db.conn.executemany(
        f"INSERT INTO claims ({names}) VALUES ({', '.join('?' * len(columns))})",
        [tuple(r[c] for c in columns) for r in rows],
    )
    return len(rows)


def measure(claims: int, added: float) -> dict[str, float]:
    """Build, compare, compare again, add some and compare once more."""
    topic, world = load_topic(bundled("sample")), World(claims)
    with tempfile.TemporaryDirectory(prefix="compare-") as folder:
        db = open_store(Path(folder) / "knowledge.db")
        write_entities(db, world)
        documents = claims // CLAIMS_OF_A_DOCUMENT
        made = write_documents(db, world, 0, documents)
        first, busy, report = _timed(db, topic)
        rerun, _, _ = _timed(db, topic)
        more = write_documents(db, world, documents, max(1, int(documents * added)))
        later, later_busy, _ = _timed(db, topic)
        own, others = (resource.getrusage(w).ru_maxrss for w in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
        peak = (own + PROCESSES * others) * 1024  # an upper bound: the largest worker counts for each
        db.close()
    return {
        "claims": made,
        "seconds": first,
        "busy": busy,
        "rerun": rerun,
        "added": more,
        "added_seconds": later,
        "added_busy": later_busy,
        "bytes": peak,
        "pairs": report.pairs,
        "flags": report.contradictions,
        "kept": report.compatible + report.cannot_compare,
    }


def _timed(db: Database, topic: Topic) -> tuple[float, float, CompareReport]:
    """Seconds on the wall, seconds of the processor, and the report."""
    start, busy = time.perf_counter(), _busy()
    report = compare(db, topic, NOW, processes=PROCESSES)
    return time.perf_counter() - start, _busy() - busy, report


def _busy() -> float:
    """Seconds that this process and its ended workers have used a processor."""
    return sum(os.times()[:4])


def main() -> int:
    """Run every size in its own process and print the table; exit 1 when a target is missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--added", type=float, default=0.01)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.added)))
        return 0
    print(
        f"{'claims':>10} {'seconds':>8} {'of CPU':>7} {'rerun':>6} {'+1 %':>6} {'MB':>5} {'pairs':>9} "
        f"{'flags':>7} {'others':>8}"
    )
    rows = []
    for size in options.claims:
        command = [sys.executable, __file__, "--one", str(size), "--added", str(options.added)]
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows.append(row)
        print(
            f"{row['claims']:>10,} {row['seconds']:>8.1f} {row['busy']:>7.1f} {row['rerun']:>6.2f} "
            f"{row['added_seconds']:>6.2f} {row['bytes'] / 1e6:>5.0f} {row['pairs']:>9,} "
            f"{row['flags']:>7,} {row['kept']:>8,}",
            flush=True,
        )
    return _verdict(rows)


def _verdict(rows: Sequence[dict[str, float]]) -> int:
    first, last = rows[0], rows[-1]
    checks = [
        (
            f"{last['claims']:,} claims in {last['seconds']:.0f} s (target {TARGET_SECONDS:.0f})",
            last["seconds"] <= TARGET_SECONDS,
        ),
        (f"{last['bytes'] / 1e9:.2f} GB (target {TARGET_BYTES / 1e9:.0f})", last["bytes"] <= TARGET_BYTES),
        (
            f"adding costs {last['added_busy'] / last['busy']:.1%} of the processor time (target {TARGET_SHARE:.0%})",
            last["added_busy"] <= TARGET_SHARE * last["busy"],
        ),
    ]
    if len(rows) > 1:
        slope = math.log(last["busy"] / first["busy"]) / math.log(last["claims"] / first["claims"])
        checks.append(
            (f"growth exponent of the processor time {slope:.2f} (target {TARGET_EXPONENT})", slope <= TARGET_EXPONENT)
        )
    for text, reached in checks:
        print(f"{'reached' if reached else 'MISSED '}  {text}")
    return 0 if all(reached for _, reached in checks) else 1


if __name__ == "__main__":
    sys.exit(main())
