"""What leaves the knowledge base can be read by others, and by ourselves."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from distillwatch.graph.exports import formats
from distillwatch.topic import bundled

Cli = Callable[..., Any]


@pytest.mark.parametrize("name", sorted(formats()))
def test_every_format_writes_something(name: str, sample_home: Path, tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "out"
    done = cli("--home", sample_home, "--json", "export", name, out)
    assert done.status == 0, done.err
    assert done.summary["export"]["rows"] > 0
    files = [out] if out.is_file() else [f for f in out.rglob("*") if f.is_file()]
    assert files and all(file.stat().st_size for file in files)


def test_an_unknown_format_names_the_known_ones(sample_home: Path, tmp_path: Path, cli: Cli) -> None:
    done = cli("--home", sample_home, "export", "papyrus", tmp_path / "out")
    assert done.status == 2
    assert "graphml" in done.err


@pytest.mark.parametrize(
    ("format_name", "names", "status", "said"),
    [
        ("graphml", ("Huaixu Technology", "Norvane"), 0, " claims"),
        ("gexf", ("company-huaixu-technology", "Norvane"), 0, " claims"),
        ("graphml", ("Huaixu Technology", "Nobody & Sons"), 2, "'Nobody & Sons' is the name of nobody here"),
        ("csv", ("Huaixu Technology", "Norvane"), 2, "--between is for networks: gexf, graphml"),
    ],
)
def test_the_chain_between_two_names_is_told_and_written(
    format_name: str, names: tuple[str, str], status: int, said: str, sample_home: Path, tmp_path: Path, cli: Cli
) -> None:
    done = cli("--home", sample_home, "export", format_name, tmp_path / "out", "--between", *names)
    assert (done.status, said in done.out + done.err) == (status, True), done.out + done.err
    assert (tmp_path / "out").exists() == (status == 0)


def test_claims_of_a_file_are_judged_without_extraction(tmp_path: Path, cli: Cli) -> None:
    out = tmp_path / "pairs.jsonl"
    labels = bundled("sample") / "labels" / "gold.jsonl"
    done = cli("--topic", bundled("sample"), "compare", "--claims", labels, out)
    assert done.status == 0, done.err
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert {row["label"] for row in rows} == {"contradiction", "compatible", "cannot_compare"}
    assert all(row["why"] and row["rule"] and row["kind"] for row in rows)


def test_the_sample_holds_its_floor(cli: Cli) -> None:
    done = cli("evaluate", bundled("sample") / "labels")
    assert done.status == 0, done.err
