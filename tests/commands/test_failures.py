"""What an operator meets in years of running: a full disk, a wrong clock, a database in use."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillwatch.commands.context import check_clock
from distillwatch.errors import ClockWrong

Cli = Callable[..., Any]


def pages(folder: Path, count: int = 40) -> Path:
    folder.mkdir()
    for number in range(count):
        text = f"Norvane said that rival number {number} had distilled its model, and that rival denied it. " * 40
        page = f"<html><title>Rival {number}</title><article><h1>Rival {number}</h1><p>{text}{number**40}</p></article>"
        (folder / f"{number}.html").write_text(page)
    return folder


def test_a_full_disk_ends_the_run_with_its_reason_and_the_next_one_finishes(tmp_path: Path) -> None:
    folder, home = pages(tmp_path / "in"), tmp_path / "home"
    command = [sys.executable, "-m", "distillwatch.cli", "--home", str(home), "collect", "--files", str(folder)]

    def no_room() -> None:  # the kernel refuses to let any file grow beyond this, as a full disk would
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    full = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=no_room)
    assert full.returncode == 2, full.stdout + full.stderr
    assert "Traceback" not in full.stderr and len(full.stderr.strip().splitlines()) == 1, full.stderr
    again = subprocess.run(command, capture_output=True, text=True, check=False)
    assert again.returncode == 0, again.stdout + again.stderr
    db = sqlite3.connect(home / "knowledge.db")
    assert db.execute("SELECT count(*), count(DISTINCT url) FROM documents").fetchone() == (40, 40)
    assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    db.close()


@pytest.mark.parametrize(
    ("now", "last", "said"),
    [
        ("1970-01-01T00:00:09Z", "", "says 1970"),
        ("2026-05-01T08:00:00Z", "2026-05-03T08:00:00Z", "a run was recorded at 2026-05-03"),
        ("2026-05-01T08:00:00Z", "2026-05-01T09:00:00Z", ""),  # an hour: a clock that was put right
        ("2026-05-01T08:00:00Z", "2026-04-01T09:00:00Z", ""),
        ("2026-05-01T08:00:00Z", "", ""),
    ],
)
def test_a_wrong_clock_is_told(now: str, last: str, said: str) -> None:
    if not said:
        check_clock(now, last)
        return
    with pytest.raises(ClockWrong, match=said):
        check_clock(now, last)


def test_a_run_under_a_clock_that_went_back_changes_nothing(tmp_path: Path, cli: Cli) -> None:
    folder, home = pages(tmp_path / "in", 1), tmp_path / "home"
    assert cli("--home", home, "collect", "--files", folder).status == 0
    db = sqlite3.connect(home / "knowledge.db")
    with db:
        db.execute("UPDATE runs SET started_at = '2099-01-01T00:00:00Z'")
    db.close()
    refused = cli("--home", home, "collect", "--files", folder)
    assert refused.status == 2 and "a run was recorded at 2099-01-01T00:00:00Z" in refused.err
    assert cli("--home", home, "--trust-clock", "collect", "--files", folder).status == 0
