"""A kill at any point loses nothing: what was stored is whole, and a rerun finishes with the same result."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from distillwatch.graph.store import open_store

WRITER = """
import sys
from pathlib import Path
from distillwatch.graph.store import documents_to_do, open_store
from tests.graph.builders import claim, document, entity, put, store
norvane, ostra = entity("company", "Norvane"), entity("model", "Ostra")
db = store(Path(sys.argv[1]), norvane, ostra)
print("ready", flush=True)
for number in range(150):
    page = document(f"p{number:03}", "Headline", f"Norvane released Ostra {number}.", "filler " * 300)
    put(db, page, claim(page, 1, norvane, "released", ostra))
"""


def write(folder: Path) -> subprocess.Popen[str]:
    root = Path(__file__).resolve().parents[2]
    return subprocess.Popen([sys.executable, "-c", WRITER, str(folder)], cwd=root, stdout=subprocess.PIPE, text=True)


def rows(folder: Path) -> list[tuple[object, ...]]:
    db = open_store(folder / "knowledge.db")
    assert db.conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    whole = db.conn.execute(
        """SELECT d.id, (SELECT count(*) FROM segments WHERE document_id = d.id), (SELECT count(*) FROM revisions WHERE
        document_id = d.id), (SELECT count(*) FROM claims WHERE document_id = d.id), (SELECT count(*) FROM search WHERE
        row_id = d.id) FROM documents d ORDER BY d.id"""
    ).fetchall()
    db.close()
    return whole


@pytest.mark.parametrize("after", [0.02, 0.11, 0.23])
def test_killed_while_writing(tmp_path: Path, after: float) -> None:
    with write(tmp_path) as process:
        assert process.stdout is not None and process.stdout.readline() == "ready\n"
        time.sleep(after)
        process.kill()
    for _, segments, revisions, claims, indexed in rows(tmp_path):
        assert (segments, revisions, indexed) == (3, 1, 1) and claims in (0, 1)
    with write(tmp_path) as process:
        assert process.wait() == 0
    assert [row[1:] for row in rows(tmp_path)] == [(3, 1, 1, 1)] * 150
