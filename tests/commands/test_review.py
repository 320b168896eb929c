"""Decisions: written as rows, applied by the next run, published with their reason."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from distillwatch.commands.context import Context
from distillwatch.commands.review import append, decide
from distillwatch.errors import InputMissing
from distillwatch.records import Decision
from distillwatch.topic import bundled, load_topic

Cli = Callable[..., Any]


@pytest.fixture
def work(sample_home: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A home and a topic of their own, both copies of the sample's."""
    home, topics = tmp_path / "home", tmp_path / "topics"
    shutil.copytree(sample_home, home, symlinks=True)
    shutil.copytree(bundled("sample"), topics / "sample")
    shutil.copytree(bundled("vocabulary"), topics / "vocabulary")
    return home, topics / "sample"


def status(home: Path, flag: str) -> tuple[str, str]:
    connection = sqlite3.connect(home / "knowledge.db")
    try:
        row = connection.execute("SELECT status, reason FROM contradictions WHERE id = ?", (flag,)).fetchone()
    finally:
        connection.close()
    return row[0], row[1]


def test_a_proposed_name_is_listed_with_what_speaks_for_it(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    done = cli("--home", home, "--topic", topic, "review", "list")
    proposed = cli("--home", home, "--topic", topic, "--json", "review", "list").summary["proposed"]
    assert proposed and all(entity["evidence"] for entity in proposed)
    assert any("the recogniser" in entity["evidence"] for entity in proposed)
    for entity in proposed:
        assert f"{entity['name']} ({entity['evidence']})" in done.out


def test_a_decision_establishes_a_proposed_name(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    listed = cli("--home", home, "--topic", topic, "--json", "review", "list").summary["proposed"]
    name = listed[0]["id"]

    def waiting() -> set[str]:
        assert cli("--home", home, "--topic", topic, "link").status == 0
        return {e["id"] for e in cli("--home", home, "--topic", topic, "--json", "review", "list").summary["proposed"]}

    assert name in waiting()
    assert cli("--home", home, "--topic", topic, "review", "establish", name, "--reason", "its own site").status == 0
    assert name not in waiting()


def test_a_dismissed_flag_stays_on_record_with_its_reason(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    listed = cli("--home", home, "--topic", topic, "--json", "review", "list").summary
    flag = listed["contradictions"][0]["id"]
    reason = "the second figure\tis for both firms"
    done = cli("--home", home, "--topic", topic, "review", "dismiss", flag, "--reason", reason, "--author", "ada")
    assert done.status == 0, done.err
    decision = load_topic(topic).decisions[-1]
    assert (decision.target_id, decision.decision, decision.author) == (flag, "dismiss", "ada")
    assert decision.reason == "the second figure is for both firms"
    assert cli("--home", home, "--topic", topic, "compare").status == 0
    assert status(home, flag)[0] == "dismissed"
    assert "both firms" in status(home, flag)[1]
    still = cli("--home", home, "--topic", topic, "--json", "review", "list").summary["contradictions"]
    assert flag not in {row["id"] for row in still}


def test_an_unknown_id_is_refused(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    done = cli("--home", home, "--topic", topic, "review", "confirm", "nothing", "--reason", "because")
    assert done.status == 2
    assert "no row 'nothing' in contradictions" in done.err


def test_two_names_of_one_company_are_merged_and_nothing_is_lost(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    connection = sqlite3.connect(home / "knowledge.db")
    first, second = (
        row[0] for row in connection.execute("SELECT id FROM entities WHERE kind = 'company' ORDER BY id LIMIT 2")
    )
    claims = connection.execute("SELECT count(*) FROM claims").fetchone()
    connection.close()
    arguments = ("review", "merge", first, second, "--reason", "one firm, renamed", "--author", "ada")
    assert cli("--home", home, "--topic", topic, *arguments).status == 0
    assert cli("--home", home, "--topic", topic, "link").status == 0
    connection = sqlite3.connect(home / "knowledge.db")
    canonical = {
        row[0] for row in connection.execute("SELECT canonical_id FROM entities WHERE id IN (?, ?)", (first, second))
    }
    assert len(canonical) == 1
    assert connection.execute("SELECT count(*) FROM claims").fetchone() == claims
    connection.close()


def test_an_incident_is_renamed_and_a_prediction_settled_by_commands(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    connection = sqlite3.connect(home / "knowledge.db")
    incident = connection.execute("SELECT id FROM incidents WHERE kind != 'policy' ORDER BY id").fetchone()[0]
    prediction = connection.execute("SELECT claim_id FROM predictions ORDER BY 1").fetchone()
    connection.close()
    why = ("--reason", "as the parties call it", "--author", "ada")
    assert cli("--home", home, "--topic", topic, "review", "rename", incident, "The\tharbour affair", *why).status == 0
    if prediction is not None:
        settled = cli("--home", home, "--topic", topic, "review", "settle", prediction[0], "void", *why)
        assert settled.status == 0, settled.err
        assert cli("--home", home, "--topic", topic, "review", "settle", prediction[0], "maybe", *why).status == 2
    assert cli("--home", home, "--topic", topic, "review", "part", incident, "company-nobody", *why).status == 2
    assert cli("--home", home, "--topic", topic, "review", "join", incident, "nothing", *why).status == 2
    assert cli("--home", home, "--topic", topic, "link").status == 0
    connection = sqlite3.connect(home / "knowledge.db")
    assert connection.execute("SELECT title FROM incidents WHERE id = ?", (incident,)).fetchone() == (
        "The harbour affair",
    )
    if prediction is not None:
        status = connection.execute("SELECT status FROM predictions WHERE claim_id = ?", prediction).fetchone()
        assert status == ("void",)
    connection.close()


@pytest.mark.parametrize(
    ("way", "said"),
    [
        (("part", "affair", "stranger"), "takes no part in"),
        (("part", "law", "party"), "is the course of a policy"),
        (("join", "affair", "law"), "is the course of a policy"),
        (("apart", "law", "affair"), "is the course of a policy"),
    ],
)
def test_a_decision_that_would_change_nothing_is_refused(
    way: tuple[str, ...], said: str, work: tuple[Path, Path], cli: Cli
) -> None:
    home, topic = work
    connection = sqlite3.connect(home / "knowledge.db")
    affair, law, party, stranger = (
        connection.execute(sql).fetchone()[0]
        for sql in (
            "SELECT id FROM incidents WHERE kind != 'policy' ORDER BY id",
            "SELECT id FROM incidents WHERE kind = 'policy' ORDER BY id",
            "SELECT id FROM entities WHERE status = 'registered' AND kind = 'company' ORDER BY id",
            "SELECT id FROM entities WHERE id NOT IN (SELECT entity_id FROM incident_entities) ORDER BY id",
        )
    )
    connection.close()
    named = {"affair": affair, "law": law, "party": party, "stranger": stranger}
    before = (topic / "decisions.tsv").read_bytes()
    what = (way[0], *(named[one] for one in way[1:]))
    done = cli("--home", home, "--topic", topic, "review", *what, "--reason", "x", "--author", "ada")
    assert (done.status, said in done.err) == (2, True), done.err
    assert (topic / "decisions.tsv").read_bytes() == before


def test_a_merged_name_waits_no_more(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    options = ("--home", home, "--topic", topic)
    proposed = cli(*options, "--json", "review", "list").summary["proposed"]
    name = next(entity for entity in proposed if entity["kind"] == "person")
    connection = sqlite3.connect(home / "knowledge.db")
    sql = "SELECT id FROM entities WHERE kind = 'person' AND status = 'registered' ORDER BY id"
    (registered,) = connection.execute(sql).fetchone()
    connection.close()
    merge = ("review", "merge", name["id"], registered, "--reason", "a slip", "--author", "ada")
    assert cli(*options, *merge).status == 0
    assert cli(*options, "link").status == 0
    left = {entity["id"] for entity in cli(*options, "--json", "review", "list").summary["proposed"]}
    assert left == {entity["id"] for entity in proposed} - {name["id"]}


def test_two_incidents_are_kept_apart_by_a_command(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    sql = "SELECT id, title FROM incidents WHERE kind != 'policy' AND moved_to IS NULL ORDER BY id LIMIT 2"
    connection = sqlite3.connect(home / "knowledge.db")
    (one, _), (other, _) = before = connection.execute(sql).fetchall()
    connection.close()
    review = ("--home", home, "--topic", topic, "review")
    why = ("--reason", "two letters, a year apart", "--author", "ada")
    assert cli(*review, "apart", one, "nothing", *why).status == 2
    assert cli(*review, "apart", one, other, *why).status == 0
    decision = load_topic(topic).decisions[-1]
    assert (decision.target_table, decision.decision, decision.value) == ("incidents", "not_same", other)
    assert cli("--home", home, "--topic", topic, "link").status == 0
    connection = sqlite3.connect(home / "knowledge.db")
    assert connection.execute(sql).fetchall() == before
    assert connection.execute("SELECT reason FROM decisions WHERE target_id = ?", (one,)).fetchone()[0] == why[1]
    connection.close()


def decision(target: str = "f1") -> Decision:
    return Decision(
        target_table="contradictions",
        target_id=target,
        decision="dismiss",
        reason="both firms",
        author="ada",
        decided_at="2026-03-01T00:00:00Z",
    )


def read(folder: Path) -> tuple[Decision, ...]:
    words = bundled("vocabulary").as_posix()
    (folder / "topic.toml").write_text(f'id = "quay"\ntitle = "Quay"\nvocabulary = "{words}"\n', encoding="utf-8")
    return load_topic(folder).decisions


@pytest.mark.parametrize(
    "stood",
    [
        "",
        "target_table\ttarget_id\tdecision\tvalue\treason\tauthor\tdecided_at\n"
        "entities\tcompany-a\tsame\tcompany-b\trenamed\tada\t2026-02-01T00:00:00Z",  # no line end behind it
        "decided_at\tauthor\ttarget_table\ttarget_id\tdecision\treason\tvalue\n",
        "\ufefftarget_table\ttarget_id\tdecision\tvalue\treason\tauthor\tdecided_at\r\n",  # from a spreadsheet
    ],
)
def test_a_decision_is_a_row_of_its_own_whatever_stood_in_the_table(stood: str, tmp_path: Path) -> None:
    (tmp_path / "decisions.tsv").write_text(stood, encoding="utf-8")
    append(tmp_path / "decisions.tsv", decision())
    append(tmp_path / "decisions.tsv", decision("f2"))
    assert read(tmp_path)[-2:] == (decision(), decision("f2"))


def test_a_decision_goes_to_the_topic_that_the_home_holds(sample_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[tuple[Path, str]] = []
    monkeypatch.setattr("distillwatch.commands.review.append", lambda file, row: written.append((file, row.author)))
    connection = sqlite3.connect(sample_home / "knowledge.db")
    flag = connection.execute("SELECT id FROM contradictions ORDER BY id LIMIT 1").fetchone()[0]
    connection.close()
    context = Context(sample_home, None, as_json=False, clock=lambda: datetime.now(UTC))
    decide(context, "contradictions", flag, "dismiss", "", "both firms", "ada\nof the desk")
    assert written == [(bundled("sample") / "decisions.tsv", "ada of the desk")]


def nobody() -> str:
    raise KeyError("getpwuid(): uid not found: 4711")


@pytest.mark.parametrize(
    ("decided", "reason", "author", "said"),
    [
        (("contradictions", "flag", "dismiss", ""), " \t", "ada", "--reason is empty"),
        (("contradictions", "flag", "dismiss", ""), "both firms", " ", "say who decides with --author"),
        (("incidents", "flag", "rename", " "), "as both call it", "ada", "the title is empty"),
    ],
)
def test_a_row_that_could_not_be_read_again_is_not_written(
    decided: tuple[str, str, str, str],
    reason: str,
    author: str,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("getpass.getuser", nobody)
    context = Context(tmp_path, tmp_path, as_json=False, clock=lambda: datetime.now(UTC))
    with pytest.raises(InputMissing, match=said):
        decide(context, *decided, reason, author, value_table="" if decided[0] == "incidents" else None)
    assert list(tmp_path.iterdir()) == []


def test_one_thing_is_not_merged_with_itself(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    done = cli("--home", home, "--topic", topic, "review", "merge", "company-a", "company-a", "--reason", "x")
    assert (done.status, "stands twice" in done.err) == (2, True)


def test_an_incident_that_is_not_there_is_not_said_to_be_listed(work: tuple[Path, Path], cli: Cli) -> None:
    home, topic = work
    done = cli("--home", home, "--topic", topic, "review", "rename", "nothing", "A title", "--reason", "x")
    assert (done.status, "distillwatch serve" in done.err) == (2, True)
