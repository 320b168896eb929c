"""Claims from a labelled file: the whole format, clear errors, and how well the rules do on the labelled sets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from distillwatch.errors import InputMissing, LabelsInvalid
from distillwatch.graph.claims_file import compare_claims
from distillwatch.topic import Topic, bundled

CLAIM = {"id": "c1", "subject": "Mirel", "predicate": "has_parameters", "object": None, "speech_act": "asserts"}


def write(folder: Path, *pages: Mapping[str, Any], groups: Mapping[str, Any] | None = None) -> Path:
    file = folder / "gold.jsonl"
    file.write_text("".join(json.dumps(p) + "\n" for p in pages), encoding="utf-8")
    if groups is not None:
        (folder / "groups.json").write_text(json.dumps(groups), encoding="utf-8")
    return file


def page(key: str, billions: float, **fields: Any) -> dict[str, Any]:
    quantity = {"low": billions * 1e9, "high": billions * 1e9, "unit": "parameters", "approx": "exact"}
    claim = {**CLAIM, "quantity": quantity, "evidence": f"Mirel has {billions} billion parameters."}
    return {
        "id": key,
        "outlet": f"Outlet {key}",
        "kind": "news",
        "published": "2026-04-20",
        "claims": [claim],
        **fields,
    }


def test_a_row_is_a_row_of_pairs_with_its_reason(tmp_path: Path, topic: Topic) -> None:
    rows = compare_claims(write(tmp_path, page("p1", 137), page("p2", 173)), topic)
    assert [(r["a"], r["b"], r["label"], r["kind"], r["rule"]) for r in rows] == [
        (["p1", "c1"], ["p2", "c1"], "contradiction", "numeric", "numeric")
    ]
    assert "137,000,000,000" in rows[0]["why"] and "Outlet p2" in rows[0]["why"]


def test_names_that_no_registry_knows_are_compared_as_written(tmp_path: Path, topic: Topic) -> None:
    one, other = page("p1", 137), page("p2", 173)
    other["claims"][0]["subject"] = "  MIREL "
    assert len(compare_claims(write(tmp_path, one, other), topic)) == 1
    other["claims"][0]["subject"] = "Mirel 2"
    assert compare_claims(write(tmp_path, one, other), topic) == []


def test_copies_and_incidents_beside_the_file_are_used(tmp_path: Path, topic: Topic) -> None:
    file = write(
        tmp_path, page("p1", 137), page("p2", 173), groups={"copies": [["p1", "p2"]], "incidents": {"x": ["p1"]}}
    )
    assert [row["severity"] for row in compare_claims(file, topic)] == ["drift"]


OWNS = {"id": "c1", "subject": "X", "predicate": "owns", "object": "Y"}


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({**OWNS, "hedge": "maybe"}, "hedge"),
        ({**OWNS, "subject": None}, "p1, claim c1: needs a subject"),
        ({**OWNS, "when": {"start": "May"}}, "May"),
        ({**OWNS, "quantity": {"low": 2, "high": 1}}, "upside down"),
    ],
)
def test_a_bad_claim_is_named(tmp_path: Path, topic: Topic, claim: dict[str, Any], message: str) -> None:
    with pytest.raises(LabelsInvalid, match=message):
        compare_claims(write(tmp_path, {"id": "p1", "claims": [claim]}), topic)


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2026-04-20T07:00:00Z", "(2026-04-20)"),
        ("2026-04", "(2026-04)"),
        ("2026", "(2026)"),
        (None, "Outlet p1 137,000"),
    ],
)
def test_a_day_month_or_year_of_publication_is_read(
    published: str | None, shown: str, tmp_path: Path, topic: Topic
) -> None:
    rows = compare_claims(write(tmp_path, page("p1", 137, published=published), page("p2", 173)), topic)
    assert shown in rows[0]["why"]


def test_a_day_of_publication_that_is_none_is_named(tmp_path: Path, topic: Topic) -> None:
    with pytest.raises(LabelsInvalid, match=r"page p1: published is 'soon enough'; write a day"):
        compare_claims(write(tmp_path, page("p1", 137, published="soon enough")), topic)


@pytest.mark.parametrize(("line", "message"), [("{", "gold.jsonl:1"), ('{"id": "p1", "kind": "poem"}', "poem")])
def test_a_bad_line_is_named(tmp_path: Path, topic: Topic, line: str, message: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(LabelsInvalid, match=message):
        compare_claims(file, topic)


def test_a_missing_file_is_named(tmp_path: Path, topic: Topic) -> None:
    with pytest.raises(InputMissing, match="nowhere"):
        compare_claims(tmp_path / "nowhere.jsonl", topic)


def test_broken_groups_are_named(tmp_path: Path, topic: Topic) -> None:
    file = write(tmp_path, page("p1", 137))
    (tmp_path / "groups.json").write_text("[", encoding="utf-8")
    with pytest.raises(LabelsInvalid, match=r"groups.json"):
        compare_claims(file, topic)


def test_an_unknown_predicate_is_compared_by_what_it_says(tmp_path: Path, topic: Topic) -> None:
    pages = [page("p1", 137), page("p2", 173)]
    for one in pages:
        one["claims"][0]["predicate"] = "weighs"
    assert [row["kind"] for row in compare_claims(write(tmp_path, *pages), topic)] == ["numeric"]


def shares(rows: Sequence[Mapping[str, Any]], folder: Path) -> tuple[float, float]:
    """Contradictions found and look-alikes flagged, of the pairs that a labelled set judges."""
    flagged = {frozenset(((*r["a"],), (*r["b"],))) for r in rows if r["label"] == "contradiction"}
    pairs = [json.loads(line) for line in (folder / "pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    hits: dict[bool, list[bool]] = {True: [], False: []}
    for pair in pairs:
        hits[pair["label"] == "contradiction"].append(frozenset(((*pair["a"],), (*pair["b"],))) in flagged)
    return tuple(sum(found) / len(found) for found in (hits[True], hits[False]))  # type: ignore[return-value] # two of them


def test_the_sample_newsroom(sample_topic: Topic) -> None:
    folder = bundled("sample") / "labels"
    found, mistaken = shares(compare_claims(folder / "gold.jsonl", sample_topic), folder)
    assert found >= 0.95 and mistaken <= 0.02


@pytest.mark.parametrize("name", ["dev1", "dev2"])
def test_the_labelled_pages(shared_gold: Path, topic: Topic, name: str) -> None:
    folder = shared_gold / name
    found, mistaken = shares(compare_claims(folder / "gold.jsonl", topic), folder)
    assert found >= 0.90 and mistaken <= 0.02
