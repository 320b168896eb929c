"""Publishing from the command line: the home's own topic, and the site as it was known on an earlier day."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from distillwatch.topic import bundled

Cli = Callable[..., Any]
NOTICE = "This is an invented sample"


def test_a_sample_stays_labelled_whoever_publishes_it(sample_home: Path, cli: Cli) -> None:
    done = cli("--home", sample_home, "publish")
    assert done.status == 0, done.err
    assert NOTICE in (sample_home / "public" / "site" / "index.html").read_text(encoding="utf-8")


def test_building_again_is_no_change(sample_home: Path, cli: Cli) -> None:
    """The ledger notes each build, and the database that is published says nothing of it."""
    built = [cli("--home", sample_home, "--json", "publish").summary["publish"] for _ in range(3)]
    assert built[1]["snapshot"] == built[2]["snapshot"]
    assert not built[2]["changed"]
    with closing(sqlite3.connect(sample_home / "knowledge.db")) as own:
        assert own.execute("SELECT count(*) >= 3 FROM runs WHERE command = 'publish'").fetchone() == (1,)
    with closing(sqlite3.connect(sample_home / "public" / "knowledge.db")) as seen:
        assert seen.execute("SELECT count(*) FROM runs WHERE command = 'publish'").fetchone() == (0,)
        assert seen.execute("SELECT count(*) > 0 FROM runs").fetchone() == (1,)


def test_a_home_takes_no_second_topic(sample_home: Path, cli: Cli) -> None:
    done = cli("--home", sample_home, "--topic", bundled("distillation"), "publish")
    assert done.status == 2
    assert "holds the topic 'sample'" in done.err
    assert "--topic" in done.err


def test_the_site_of_an_earlier_day_goes_into_a_folder_of_its_own(sample_home: Path, tmp_path: Path, cli: Cli) -> None:
    connection = sqlite3.connect(sample_home / "knowledge.db")
    (first,) = connection.execute("SELECT substr(MIN(first_seen), 1, 10) FROM documents").fetchone()
    connection.close()
    before = (sample_home / "public" / "current").resolve()
    folder = tmp_path / "earlier"
    done = cli("--home", sample_home, "--json", "publish", "--as-of", first, "--to", folder)
    assert done.status == 0, done.err
    assert done.summary["publish"]["pages"] > 40
    page = (folder / "site" / "index.html").read_text(encoding="utf-8")
    assert "As known on" in page
    assert NOTICE in page
    assert (sample_home / "public" / "current").resolve() == before


def test_an_earlier_day_needs_a_folder_and_must_be_a_day(sample_home: Path, tmp_path: Path, cli: Cli) -> None:
    assert "--to FOLDER" in cli("--home", sample_home, "publish", "--as-of", "2026-05-01").err
    done = cli("--home", sample_home, "publish", "--as-of", "May 2026", "--to", tmp_path)
    assert done.status == 2
    assert "is no day" in done.err
