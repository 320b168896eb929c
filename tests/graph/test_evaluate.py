"""Our scorer counts as the reference scorer does, and the floor guards what it counts."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from distillwatch.errors import LabelsInvalid
from distillwatch.graph.evaluate import as_json, evaluate, table
from distillwatch.graph.floor import below, labels_digest, lowered, measured, raised, read_floor, write_floor
from distillwatch.graph.labels import Groups, LabelledClaim, LabelledPage, Labels, read_labels, write_labels
from distillwatch.graph.scores.known_names import KnownNames, from_tables
from distillwatch.graph.scores.text import overlap, tokens
from distillwatch.topic import Topic, bundled

SAMPLE = bundled("sample") / "labels"


def damaged(labels: Labels, seed: int) -> Labels:
    """The labels as a weak system might give them: things missing, doubled, misnamed, ids and addresses changed."""
    dice = random.Random(seed)

    def claim(c: LabelledClaim) -> LabelledClaim:
        changes: list[dict[str, Any]] = [
            {"subject": "Somebody"},
            {"object": None},
            {"speaker": "unnamed sources"},
            {"polarity": "-"},
            {"quantity": None},
            {"when": None},
            {"evidence": c.evidence[: len(c.evidence) // 3]},
            {"predicate": "accessed"},
        ]
        return replace(c, **dice.choice(changes)) if dice.random() < 0.3 else c

    def page(p: LabelledPage) -> LabelledPage:
        claims = [claim(c) for c in p.claims if dice.random() < 0.8]
        claims += [replace(c, id=f"{c.id}-again") for c in p.claims if dice.random() < 0.1]
        found = replace(
            p,
            claims=tuple(claims),
            entities=tuple(e for e in p.entities if dice.random() < 0.8),
            dates=tuple(d for d in p.dates if dice.random() < 0.8),
            published=p.published if dice.random() < 0.8 else None,
        )
        how = dice.randrange(3)
        return (
            found
            if how == 0
            else replace(found, id=f"x{p.id}", **({} if how == 1 else {"url": "", "file": f"in/{p.id}.html"}))
        )

    pages = tuple(page(p) for p in labels.pages if dice.random() < 0.95)
    to = {p.id.removeprefix("x"): p.id for p in pages}
    pairs = tuple(
        replace(
            p,
            a=(to.get(p.a[0], p.a[0]), p.a[1]),
            b=(to.get(p.b[0], p.b[0]), p.b[1]),
            label="contradiction" if dice.random() < 0.4 else p.label,
            kind=dice.choice([p.kind, "numeric"]),
        )
        for p in labels.pairs
        if dice.random() < 0.8
    )
    incidents = {
        f"i{n % 3}": tuple(to.get(i, i) for i in ids) for n, ids in enumerate(labels.groups.incidents.values())
    }
    copies = (*((to.get(i, i) for i in g) for g in labels.groups.copies), tuple(p.id for p in pages[:3]))
    return Labels(pages, pairs, Groups(tuple(map(tuple, copies)), incidents))


def reference(score: Path, gold: Path, found: Path, tables: list[Path], out: Path) -> dict[str, object]:
    command = [sys.executable, str(score), str(gold), str(found), "--aliases", *map(str, tables), "--json", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    result: dict[str, object] = json.loads(out.read_text(encoding="utf-8"))
    return result


@pytest.mark.parametrize("part", ["dev1", "dev2", "sample"])
@pytest.mark.parametrize("seed", [None, 1])
def test_it_counts_as_the_reference_scorer_does(shared_gold: Path, tmp_path: Path, part: str, seed: int | None) -> None:
    score = shared_gold.parent / "score" / "score.py"
    folder = SAMPLE if part == "sample" else shared_gold / part
    tables = [SAMPLE.parent / "entities.tsv"] if part == "sample" else [
        shared_gold / "entities.tsv", folder / "entities-extra.tsv"
    ]  # fmt: skip
    gold = read_labels(folder)
    write_labels(gold if seed is None else damaged(gold, seed), tmp_path / "found")
    ours = as_json(evaluate(gold, read_labels(tmp_path / "found"), from_tables(tables)))
    by_language = ours.pop("claims per language")  # ours alone
    assert sum(rate["gold"] for rate in by_language.values()) == ours["claims: subject+predicate+object"]["gold"]
    theirs = reference(score, folder, tmp_path / "found", tables, tmp_path / "scores.json")
    assert json.loads(json.dumps(ours)) == theirs


def test_the_sample_labels_against_themselves_are_perfect(sample_topic: Topic) -> None:
    gold = read_labels(SAMPLE)
    scores = evaluate(gold, gold, from_tables([sample_topic.folder / "entities.tsv"]))
    assert (scores.claims.full.f1, scores.incidents.f1, scores.copies.f1, scores.entities["all kinds"].f1) == (
        1,
        1,
        1,
        1,
    )
    assert scores.pairs.found.share == 1.0 and scores.pairs.look_alikes.right == 0
    assert not any(scores.errors.values())
    printed = table(scores, errors=3)
    assert "claims: every slot" in printed and "F1 1.000" in printed


def test_mistakes_are_named(sample_topic: Topic) -> None:
    gold = read_labels(SAMPLE)
    scores = evaluate(gold, damaged(gold, 5), from_tables([sample_topic.folder / "entities.tsv"]))
    printed = table(scores, errors=2)
    assert "claim missed: " in printed and "company missed: " in printed and " << " in printed


@pytest.mark.parametrize(
    ("a", "b", "share"),
    [
        ("over 24,000 accounts", "24,000 accounts", 1.0),
        ("the cable", "a letter", 0.0),
        ("", "", 1.0),
        ("豆包大模型", "豆包", 1.0),
        (None, "x", 0.0),
    ],
)
def test_overlap(a: str | None, b: str | None, share: float) -> None:
    assert overlap(a, b) == share and overlap(b, a) == share


def test_tokens_split_numbers_from_words() -> None:
    assert tokens("Qwen2.5-14B 豆包") == ["qwen", "2", "5", "14", "b", "豆", "包"]


def test_names_know_firms_and_their_models() -> None:
    names = KnownNames([("Norvane", ["Norvane Labs"], ""), ("Ostra", [], "Norvane"), ("Pellan", [], "Quellmark")])
    assert names("NORVANE labs") == "norvane" and names("unknown") == "unknown"
    assert names.related("Ostra", "Norvane Labs") and not names.related("Ostra", "Pellan")


def test_labels_come_back_as_written_and_errors_name_the_line(tmp_path: Path) -> None:
    gold = read_labels(SAMPLE)
    write_labels(gold, tmp_path)
    assert read_labels(tmp_path) == gold
    (tmp_path / "gold.jsonl").write_text('{"id": "a"}\n{"id": "b", "claims": [{"id": "c1"}]}\n', encoding="utf-8")
    with pytest.raises(LabelsInvalid, match=r"gold\.jsonl:2: .*subject"):
        read_labels(tmp_path)
    with pytest.raises(LabelsInvalid, match=r"holds no gold\.jsonl"):
        read_labels(tmp_path / "nowhere")


def test_the_floor_rises_falls_and_holds(tmp_path: Path, sample_topic: Topic) -> None:
    gold, names = read_labels(SAMPLE), from_tables([sample_topic.folder / "entities.tsv"])
    good, bad = (measured(evaluate(gold, found, names)) for found in (gold, damaged(gold, 3)))
    digest, file = labels_digest(SAMPLE), tmp_path / "floor.toml"
    write_floor(file, raised(None, bad, digest))
    pinned = read_floor(file)
    assert pinned.scores == bad and below(pinned, good, digest) == []
    write_floor(file, raised(pinned, good, digest))
    pinned = read_floor(file)
    assert pinned.scores == good == raised(pinned, bad, digest).scores
    assert any(line.startswith("claims recall: ") for line in below(pinned, bad, digest))
    assert lowered(bad, digest).scores == bad
    assert below(pinned, good, "other labels") == [
        "the labels have changed since the floor was set; evaluate and raise or lower it"
    ]
    assert raised(pinned, bad, "other labels").scores == bad  # other labels are another floor
    with pytest.raises(LabelsInvalid, match="is missing"):
        read_floor(tmp_path / "none.toml")
    file.write_text("scores = 3", encoding="utf-8")
    with pytest.raises(LabelsInvalid, match="is not a floor file"):
        read_floor(file)
