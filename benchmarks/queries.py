"""How long Datasette takes for each canned query on a large snapshot; a part of `publish.py`."""

from __future__ import annotations

import asyncio
import json
import random
import re
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlencode

from distillwatch.site.copying import copy_database
from distillwatch.site.datasette_config import canned_queries, metadata
from distillwatch.site.serve import open_datasette
from distillwatch.topic import Topic

DOCUMENT = 13_000  # bytes that a generated document takes with its rows and indexes
VARIANTS, ROUNDS = 4, 3  # sets of parameters, and how often each is asked


def measure(gigabytes: float, generate: Callable[[Path, int], None], topic: Topic) -> None:
    """Generate, copy as a publication does, ask; prints one line a query and the 95th percentile of all answers.

    Beside the clock stands the time of the processor, which other work on the machine lengthens less.
    """
    with tempfile.TemporaryDirectory() as folder:
        working, snapshot = Path(folder) / "knowledge.db", Path(folder) / "snapshot"
        snapshot.mkdir()
        generate(working, round(gigabytes * 1e9 / DOCUMENT))
        copy_database(working, snapshot / "knowledge.db", "", topic)
        working.unlink()
        (snapshot / "datasette.json").write_text(json.dumps(metadata(topic)), encoding="utf-8")
        print(f"{(snapshot / 'knowledge.db').stat().st_size / 1e9:.2f} GB")
        taken = asyncio.run(_ask(snapshot, _parameters(snapshot / "knowledge.db")))
    for name, answers in sorted(taken.items(), key=lambda item: max(item[1]), reverse=True):
        clock, processor = zip(*answers, strict=True)
        print(
            f"{name:<34}{1000 * statistics.median(clock):>7.0f} ms in the middle{1000 * max(clock):>7.0f} at most;"
            f"{1000 * max(processor):>6.0f} of processor"
        )
    for what, number in (("by the clock", 0), ("by the processor", 1)):
        every = sorted(answer[number] for answers in taken.values() for answer in answers)
        print(f"p95 of {len(every)} answers {what}: {1000 * every[int(0.95 * len(every))]:.0f} ms")


def _parameters(database: Path) -> list[dict[str, str]]:
    """Values for the parameters, drawn from what is there: the most used name, and others by chance."""
    db = sqlite3.connect(database)
    chance = random.Random(7)

    def some(query: str) -> list[str]:
        found = [str(row[0]) for row in db.execute(query)]
        return [found[0], *chance.choices(found, k=VARIANTS - 1)]

    values = {
        "name": some(
            "SELECT e.name FROM mentions m JOIN entities e ON e.id = m.entity_id GROUP BY 1 ORDER BY count(*) DESC"
        ),
        "since": ["2026-06-01"] * VARIANTS,
        "day": ["2026-06-01"] * VARIANTS,
        "id": some("SELECT id FROM contradictions ORDER BY id"),
        "dispute_id": some("SELECT id FROM disputes ORDER BY pairs DESC, id"),
        "document_id": some("SELECT id FROM documents ORDER BY id"),
        "claim_id": some("SELECT claim_a FROM comparisons ORDER BY id"),
        "source_id": some("SELECT id FROM sources ORDER BY id"),
        "other_source_id": some("SELECT id FROM sources ORDER BY id DESC"),
        "slug": some("SELECT slug FROM incidents ORDER BY id"),
        "words": ["records meeting", *some("SELECT name FROM entities ORDER BY id")[1:]],
    }
    db.close()
    return [{name: found[n] for name, found in values.items()} for n in range(VARIANTS)]


async def _ask(snapshot: Path, parameters: list[dict[str, str]]) -> dict[str, list[tuple[float, float]]]:
    """Query → seconds (clock, processor) that each answer took, with every HTTP layer but the socket."""
    datasette = open_datasette(snapshot)
    taken: dict[str, list[tuple[float, float]]] = {}
    for name, query in canned_queries().items():
        wanted = set(re.findall(r":(\w+)", query["sql"]))
        for values in parameters if wanted else parameters[:1]:
            given = urlencode({key: value for key, value in values.items() if key in wanted})
            for _ in range(ROUNDS):
                start, used = time.perf_counter(), time.process_time()
                answer = await datasette.client.get(f"/knowledge/{name}.json?_shape=array&{given}")
                taken.setdefault(name, []).append((time.perf_counter() - start, time.process_time() - used))
                if answer.status_code != 200:  # cut off by the time limit: counts with the time that it had
                    print(f"{name}?{given} was not answered: {answer.status_code}")
    return taken
