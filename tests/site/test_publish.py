"""Publishing: complete or not at all, the same bytes for the same input, only what changed rendered anew."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import sqlite3
from pathlib import Path

import pytest

from distillwatch.errors import InputMissing
from distillwatch.site.as_of import DayInvalid
from distillwatch.site.build import publish
from distillwatch.site.linkcheck import Links, anchors
from distillwatch.topic import Topic

NOW = "2026-06-03T07:00:00Z"
LATER = "2026-06-04T07:00:00Z"
WITHOUT_A_FLAG = (
    "DELETE FROM dispute_pairs WHERE contradiction_id = 'k-x3';"
    "DELETE FROM disputes WHERE seed_contradiction_id = 'k-x3';"
    "DELETE FROM contradictions WHERE id = 'k-x3'"
)


@pytest.fixture
def copy(tmp_path: Path, database: Path) -> Path:
    """A database of one's own to change."""
    target = tmp_path / "knowledge.db"
    with sqlite3.connect(database) as source, sqlite3.connect(target) as mine:
        source.backup(mine)
    source.close()
    mine.close()
    return target


def digests(folder: Path, only: str = "") -> dict[str, str]:
    """Path → hash of each file under `folder`, or of those below `only`."""
    root = folder.resolve()
    paths = {p.relative_to(root).as_posix(): p for p in sorted(root.rglob("*")) if p.is_file()}
    return {path: hashlib.sha256(p.read_bytes()).hexdigest() for path, p in paths.items() if path.startswith(only)}


def indexed(public: Path) -> int:
    """How many pages the index of the search holds."""
    entry = json.loads((public / "site" / "pagefind" / "pagefind-entry.json").read_text(encoding="utf-8"))
    return sum(int(language["page_count"]) for language in entry["languages"].values())


def change(database: Path, sql: str) -> None:
    """Run one statement or several."""
    connection = sqlite3.connect(database)
    connection.executescript(sql)
    connection.commit()
    connection.close()


def test_two_builds_of_one_database_are_byte_identical(tmp_path: Path, copy: Path, watch: Topic) -> None:
    first = publish(copy, tmp_path / "one", watch, NOW)
    second = publish(copy, tmp_path / "two", watch, LATER)
    assert first.snapshot == second.snapshot
    assert digests(tmp_path / "one" / "site") == digests(tmp_path / "two" / "site")
    assert digests(tmp_path / "one" / "knowledge.db") == digests(tmp_path / "two" / "knowledge.db")


@pytest.mark.parametrize(("method", "early"), [("fork", 1000), ("fork", 0), ("spawn", 1000)])
def test_several_processes_make_the_same_bytes(
    method: str, early: int, tmp_path: Path, copy: Path, watch: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether pages of documents are made before it is known which others are to be made, or after."""
    for module in ("pool", "build"):
        monkeypatch.setattr(f"distillwatch.site.{module}.can_fork", lambda: method == "fork")
    monkeypatch.setattr("distillwatch.site.pool.FEWEST", {"fork": 1, "spawn": 1})
    monkeypatch.setattr("distillwatch.site.pool.CHUNK", 7)
    alone = publish(copy, tmp_path / "one", watch, NOW)
    monkeypatch.setattr("distillwatch.site.build.EARLY", early)
    shared = publish(copy, tmp_path / "two", watch, NOW, processes=2)
    assert (shared.rendered, shared.dead_links) == (alone.rendered, ())
    assert digests(tmp_path / "one" / "site") == digests(tmp_path / "two" / "site")
    change(copy, "UPDATE documents SET title = 'Another headline' WHERE id = 'd5gorge'")
    publish(copy, tmp_path / "one", watch, LATER)
    later = publish(copy, tmp_path / "two", watch, LATER, processes=2)
    assert later.reused > 50
    assert digests(tmp_path / "one" / "site") == digests(tmp_path / "two" / "site")


def test_nothing_new_changes_nothing(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    first = publish(copy, public, watch, NOW)
    before = (public / "current").resolve()
    again = publish(copy, public, watch, LATER)
    assert (first.changed, again.changed, again.rendered) == (True, False, 0)
    assert (public / "current").resolve() == before
    assert sorted(p.name for p in (public / "snapshots").iterdir()) == [first.snapshot]


def test_a_run_that_found_nothing_leaves_what_it_does_not_touch(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    change(copy, "INSERT INTO runs SELECT 'r9', command, started_at, finished_at, status, version, summary FROM runs")
    before = {page: (public / "site" / page).stat().st_ino for page in ("index.html", "incidents.html")}
    report = publish(copy, public, watch, LATER)
    assert report.rendered < 20  # the lists of runs and sources, and what is drawn from everything
    assert before == {page: (public / "site" / page).stat().st_ino for page in before}


def test_pages_and_database_change_together(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    old = (public / "site" / "company" / "quellmark.html").resolve()
    change(copy, "UPDATE entities SET name = 'Quellmark Renamed' WHERE id = 'company-quellmark'")
    assert publish(copy, public, watch, LATER).changed
    assert "Quellmark Renamed" in (public / "site" / "company" / "quellmark.html").read_text(encoding="utf-8")
    assert "Quellmark Renamed" not in old.read_text(encoding="utf-8")  # a reader of the old snapshot is not disturbed
    connection = sqlite3.connect(public / "knowledge.db")
    assert connection.execute("SELECT COUNT(*) FROM entities WHERE name = 'Quellmark Renamed'").fetchone() == (1,)
    connection.close()


def test_only_the_snapshot_before_is_kept(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    for name in ("Uno", "Due", "Tre"):
        change(copy, f"UPDATE entities SET name = '{name}' WHERE id = 'company-quellmark'")
        publish(copy, public, watch, NOW)
    assert len(list((public / "snapshots").iterdir())) == 2


def test_a_build_over_builds_equals_a_fresh_one(tmp_path: Path, copy: Path, watch: Topic) -> None:
    """Each snapshot is made in the folder of the one before the last; nothing of that one may shine through."""
    changes = (
        "UPDATE entities SET name = 'Quellmark Renamed' WHERE id = 'company-quellmark'",
        "UPDATE documents SET title = 'Another headline' WHERE id = 'd5gorge'",
        WITHOUT_A_FLAG,
        "UPDATE entities SET name = 'Quellmark' WHERE id = 'company-quellmark'",
        "UPDATE incidents SET slug = 'moved-elsewhere' WHERE id = 'i2'",
    )
    for number, sql in enumerate(changes):
        change(copy, sql)
        report = publish(copy, tmp_path / "public", watch, NOW)
        assert report.dead_links == ()
        publish(copy, tmp_path / f"fresh{number}", watch, LATER)
        assert digests(tmp_path / "public" / "site") == digests(tmp_path / f"fresh{number}" / "site"), sql
        assert indexed(tmp_path / "public") == indexed(tmp_path / f"fresh{number}"), sql
    assert report.reused > 20


@pytest.mark.parametrize("day", ["2020-01-01", "2026-05-04", "2026-05-05", "2026-05-07", "2026-05-20", "2026-06-03"])
def test_as_known_on_a_day(day: str, tmp_path: Path, copy: Path, watch: Topic) -> None:
    report = publish(copy, tmp_path / "public", watch, NOW, as_of=day)
    assert report.dead_links == ()
    site = tmp_path / "public" / "site"
    seen = {"d0statement": "2026-05-04", "d1ledger": "2026-05-05", "d3quai": "2026-05-07", "d4ledger": "2026-05-20"}
    for document, first in seen.items():
        assert (site / "document" / f"{document}.html").is_file() is (first <= day), document
    assert (site / "contradiction" / "k-x1.html").is_file() is (day == "2026-06-03")
    assert "As known on" in (site / "index.html").read_text(encoding="utf-8")
    connection = sqlite3.connect(tmp_path / "public" / "knowledge.db")
    (later,) = connection.execute("SELECT COUNT(*) FROM documents WHERE date(first_seen) > ?", (day,)).fetchone()
    text = connection.execute("SELECT text FROM documents WHERE id = 'd4ledger'").fetchone()
    connection.close()
    assert later == 0
    if text is not None:
        assert ("120 billion" in text[0]) is (day < "2026-06-03")  # the state it had before it was changed


def test_as_known_names_nobody_before_a_text_did(tmp_path: Path, copy: Path, watch: Topic) -> None:
    """Whose part in an incident is told later has none in it yet, and how it stood later is not told either."""
    connection = sqlite3.connect(copy)
    connection.execute("INSERT INTO incident_entities VALUES ('i1', 'company-quellmark', 'actor')")
    connection.execute("UPDATE incidents SET status = 'denied' WHERE id = 'i1'")
    connection.execute("INSERT INTO runs VALUES ('run0', 'run', '2026-05-04T06:00:00Z', NULL, 'done', '1', '{}')")
    connection.execute("INSERT INTO run_changes VALUES ('run0', 'incidents', 'i1', 'new')")
    connection.commit()
    connection.close()
    page = "incident/norvane-tarsil-2026.html"
    for day, later in (("2026-05-04", False), ("2026-06-03", True)):
        publish(copy, tmp_path / day, watch, NOW, as_of=day)
        shown = (tmp_path / day / "site" / page).read_text(encoding="utf-8").partition("Who says what</h2>")[0]
        assert ("Incident · denied" in shown) is later
        assert ("company/quellmark.html" in shown) is later
        assert "company/tarsil.html" in shown
        assert ("makes the accusation" in (tmp_path / day / "site" / page).read_text(encoding="utf-8")) is later


TOLD_LATER = (
    "UPDATE incidents SET title = 'Told later', started_on = '2026-06-02', precision = 'day' WHERE id = 'i1'",
    "INSERT INTO runs VALUES ('late', 'run', '2026-06-02T06:00:00Z', NULL, 'done', '1', '{}')",
)


@pytest.mark.parametrize(
    ("day", "recorded", "title", "slug"),
    [
        ("2026-05-04", "run0", "Alleged training on outputs of Halden by Norvane", "norvane-tarsil-2026"),
        ("2026-05-04", "late", "Alleged training on outputs of Halden by Norvane", ""),
        ("2026-06-03", "late", "Told later", "norvane-tarsil-2026"),
    ],
)
def test_an_incident_is_called_as_it_was_then(
    day: str, recorded: str, title: str, slug: str, tmp_path: Path, copy: Path, watch: Topic
) -> None:
    """Title, beginning and address come from what was there; an address that a run had given by then stays."""
    connection = sqlite3.connect(copy)
    for change in TOLD_LATER:
        connection.execute(change)
    connection.execute("INSERT INTO runs VALUES ('run0', 'run', '2026-05-04T06:00:00Z', NULL, 'done', '1', '{}')")
    connection.execute("INSERT INTO run_changes VALUES (?, 'incidents', 'i1', 'new')", (recorded,))
    connection.commit()
    connection.close()
    assert publish(copy, tmp_path / "public", watch, NOW, as_of=day).dead_links == ()
    connection = sqlite3.connect(tmp_path / "public" / "knowledge.db")
    row = connection.execute("SELECT title, slug, started_on FROM incidents WHERE id = 'i1'").fetchone()
    found = connection.execute("SELECT title FROM search WHERE table_name = 'incidents' AND row_id = 'i1'").fetchone()
    connection.close()
    assert row[0] == title
    assert (row[1] == "norvane-tarsil-2026") is bool(slug)
    assert (row[2] == "2026-06-02") is (title == "Told later")
    assert title == "Told later" or found == (title,)
    page = (tmp_path / "public" / "site" / "incident" / f"{row[1]}.html").read_text(encoding="utf-8")
    assert ("Told later" in page) is (title == "Told later")


def pages_found(public: Path) -> dict[str, int]:
    """Path → how often the two indexes together hold a page, without what the large one holds of it no more."""
    site = public / "site"
    stale = json.loads((site / "pagefind-late" / "stale.json").read_text(encoding="utf-8"))
    found: dict[str, int] = {}
    for folder in ("pagefind", *(["pagefind-late"] if stale["late"] else [])):
        for file in (site / folder / "fragment").glob("*.pf_fragment"):
            text = gzip.decompress(file.read_bytes()).removeprefix(b"pagefind_dcd")
            path = json.loads(text)["url"].lstrip("/")
            if folder != "pagefind" or file.stem not in stale["stale"]:
                found[path] = found.get(path, 0) + 1
    return found


def test_few_changed_pages_do_not_cost_a_whole_index(
    tmp_path: Path, copy: Path, watch: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("distillwatch.site.search_index.MOST_LATE", 0.5)
    monkeypatch.setattr("distillwatch.site.search_index.FEWEST", 1)
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    whole, large = pages_found(public), digests(public / "site", "pagefind/")
    assert set(whole.values()) == {1}
    assert whole.keys() >= {"company/quellmark.html", "document/d5gorge.html", "incident/norvane-tarsil-2026.html"}
    for number, sql in enumerate(
        (
            "UPDATE entities SET description = 'A maker of measuring tools.' WHERE id = 'company-quellmark'",
            "UPDATE entities SET description = 'A maker of scales.' WHERE id = 'company-quellmark'",
            WITHOUT_A_FLAG,
        )
    ):
        change(copy, sql)
        publish(copy, public, watch, LATER)
        publish(copy, tmp_path / f"fresh{number}", watch, LATER)
        assert digests(public / "site", "pagefind/") == large, sql
        assert pages_found(public) == pages_found(tmp_path / f"fresh{number}"), sql
    gone = whole.keys() - pages_found(public).keys()
    assert {page.partition("/")[0] for page in gone} == {"contradiction", "dispute"}
    assert len(gone) == 2


def test_the_index_is_left_alone_where_nothing_to_be_found_changed(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    before = (public / "site" / "pagefind" / "pagefind-entry.json").stat().st_ino
    change(copy, "UPDATE documents SET last_seen = '2026-07-01T00:00:00Z'")
    assert publish(copy, public, watch, LATER).changed
    assert "1 July 2026" in (public / "site" / "document" / "d1ledger.html").read_text(encoding="utf-8")
    assert (public / "site" / "pagefind" / "pagefind-entry.json").stat().st_ino == before


def test_a_site_without_an_index_gets_a_whole_one(
    tmp_path: Path, copy: Path, watch: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pagefind may be installed later: then pages that are taken over are to be found, too."""
    public, change_one = tmp_path / "public", "UPDATE documents SET title = 'Another headline' WHERE id = 'd5gorge'"
    with monkeypatch.context() as without:
        without.setattr("importlib.util.find_spec", lambda name: None)
        assert not publish(copy, public, watch, NOW).search
    change(copy, change_one)
    over = publish(copy, public, watch, LATER)
    assert over.search
    assert over.reused > 20
    publish(copy, tmp_path / "fresh", watch, LATER)
    assert digests(public / "site") == digests(tmp_path / "fresh" / "site")


def test_no_such_day(tmp_path: Path, copy: Path, watch: Topic) -> None:
    with pytest.raises(DayInvalid, match="2026-13-01"):
        publish(copy, tmp_path / "public", watch, NOW, as_of="2026-13-01")


def test_a_killed_build_is_cleared_away(tmp_path: Path, copy: Path, watch: Topic) -> None:
    left = tmp_path / "public" / "snapshots" / ".building-1" / "site"
    left.mkdir(parents=True)
    (left / "index.html").write_text("half", encoding="utf-8")
    publish(copy, tmp_path / "public", watch, NOW)
    assert not left.parent.exists()


def test_a_failed_build_leaves_the_old_snapshot(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    before = digests(public / "site")
    change(copy, "UPDATE claims SET qualifiers = 'not json' WHERE id = 'c01'")
    with pytest.raises(ValueError, match="Expecting value"):
        publish(copy, public, watch, LATER)
    assert digests(public / "site") == before


def test_the_working_database_may_be_open_for_writing(tmp_path: Path, copy: Path, watch: Topic) -> None:
    writer = sqlite3.connect(copy)
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("UPDATE entities SET name = 'Not yet' WHERE id = 'company-quellmark'")  # not committed
    publish(copy, tmp_path / "public", watch, NOW)
    writer.rollback()
    writer.close()
    assert "Quellmark" in (tmp_path / "public" / "site" / "company" / "quellmark.html").read_text(encoding="utf-8")


def test_no_database_is_an_error_that_says_what_to_do(tmp_path: Path, watch: Topic) -> None:
    with pytest.raises(InputMissing, match="distillwatch run"):
        publish(tmp_path / "none.db", tmp_path / "public", watch, NOW)


def test_a_folder_in_the_way_is_not_deleted(tmp_path: Path, copy: Path, watch: Topic) -> None:
    mine = tmp_path / "public" / "site" / "mine.html"
    mine.parent.mkdir(parents=True)
    mine.write_text("keep", encoding="utf-8")
    with pytest.raises(InputMissing, match="move it away"):
        publish(copy, tmp_path / "public", watch, NOW)
    assert mine.read_text(encoding="utf-8") == "keep"


def test_an_empty_database_gives_a_whole_site(tmp_path: Path, watch: Topic) -> None:
    from distillwatch.graph.store import open_store

    store = open_store(tmp_path / "knowledge.db")
    store.conn.close()
    report = publish(tmp_path / "knowledge.db", tmp_path / "public", watch, NOW)
    assert report.dead_links == ()
    assert (tmp_path / "public" / "site" / "index.html").is_file()


@pytest.mark.skipif(os.name != "posix", reason="hard links are checked by inode")
def test_unchanged_files_are_taken_over(tmp_path: Path, copy: Path, watch: Topic) -> None:
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    before = (public / "site" / "methodology.html").stat().st_ino
    change(copy, "UPDATE entities SET name = 'Quellmark Renamed' WHERE id = 'company-quellmark'")
    publish(copy, public, watch, LATER)
    assert (public / "site" / "methodology.html").stat().st_ino == before


def test_dead_links_are_found_down_to_the_fragment() -> None:
    links = Links()
    links.add(
        "a/one.html",
        '<a href="../two.html#here">1</a><a href="../two.html#gone">2</a><a href="no.html">3</a><a href="#self">4</a>'
        '<p id="self"></p><a href="https://elsewhere.example/">5</a><a href="../db/x">6</a><a href="/two.html">7</a>'
        '<a href="#nothing">8</a><a href="../db/knowledge.db">9</a><a href="../../up.html">10</a>',
    )
    assert links.dead({"a/one.html": (), "two.html": anchors('<p class="anchor" id="here">')}) == [
        "a/one.html → #nothing",
        "a/one.html → ../up.html",
        "a/one.html → a/no.html",
        "a/one.html → two.html#gone",
    ]


def test_a_page_that_is_gone_is_missed_by_the_pages_that_stay(
    tmp_path: Path, copy: Path, watch: Topic, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = tmp_path / "public"
    publish(copy, public, watch, NOW)
    monkeypatch.setattr("distillwatch.site.pages.sources.pages", lambda reader: iter(()))
    change(copy, "UPDATE runs SET version = '9'")
    report = publish(copy, public, watch, LATER)
    assert report.reused > 10
    assert any(link.endswith(" → source/ledger.html") for link in report.dead_links)
