"""Labelled sets: pages with their entities, dates and claims, judged pairs and groups, as three files in a folder.

The same format serves labels made by hand (`gold.jsonl`, `pairs.jsonl`, `groups.json`) and what the system found.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from distillwatch.dates import Precision
from distillwatch.errors import LabelsInvalid
from distillwatch.quantities import Approx
from distillwatch.records import EntityKind, Hedge, Polarity, SpeechAct

_T = TypeVar("_T")


class LabelledEntity(Struct, frozen=True):
    """An entity that a page names."""

    name: str
    kind: EntityKind


class LabelledDate(Struct, frozen=True):
    """A date expression of a page."""

    text: str = ""
    start: str | None = None
    end: str | None = None
    precision: str | None = None


class LabelledQuantity(Struct, frozen=True):
    """A figure as an interval."""

    low: float | None = None
    high: float | None = None
    unit: str | None = None
    approx: Approx | None = None


class LabelledWhen(Struct, frozen=True):
    """The days a claim tells of; `event` says which of its days, where that is not plain."""

    start: str | None = None
    end: str | None = None
    precision: Precision | None = None
    event: str | None = None


class LabelledClaim(Struct, frozen=True, kw_only=True):
    """A claim with canonical names. What follows `evidence` are qualifiers that scorers may leave out."""

    id: str
    subject: str | None
    predicate: str
    object: str | None
    speaker: str | None = None
    speech_act: SpeechAct = "asserts"
    polarity: Polarity | None = "+"
    hedge: Hedge | None = "none"
    quantity: LabelledQuantity | None = None
    when: LabelledWhen | None = None
    evidence: str = ""
    to: str | None = None
    route: str | None = None
    role: str | None = None
    scope: str | None = None
    student: str | None = None
    term: str | None = None
    vote: str | None = None
    only: str | bool | None = None

    def qualifiers(self) -> dict[str, str]:
        """The qualifiers that apply, by name."""
        names = ("to", "route", "role", "scope", "student", "term", "vote", "only")
        found = {name: str(value) for name in names if (value := getattr(self, name))}
        return found | ({"event": self.when.event} if self.when and self.when.event else {})


class LabelledPage(Struct, frozen=True, kw_only=True):
    """One page with all that is labelled on it."""

    id: str
    url: str = ""
    outlet: str = ""
    kind: str = "news"
    lang: str = ""
    title: str = ""
    byline: str | None = None
    published: str | None = None
    file: str | None = None
    entities: tuple[LabelledEntity, ...] = ()
    dates: tuple[LabelledDate, ...] = ()
    claims: tuple[LabelledClaim, ...] = ()


class LabelledPair(Struct, frozen=True, kw_only=True):
    """A judged pair: (page id, claim id) twice."""

    a: tuple[str, str]
    b: tuple[str, str]
    label: str
    kind: str
    why: str = ""
    rule: str | None = None


class Groups(Struct, frozen=True):
    """Which pages copy which (the original first) and which tell of which incident."""

    copies: tuple[tuple[str, ...], ...] = ()
    incidents: dict[str, tuple[str, ...]] = {}


class Labels(Struct, frozen=True):
    """A labelled set."""

    pages: tuple[LabelledPage, ...]
    pairs: tuple[LabelledPair, ...] = ()
    groups: Groups = Groups()

    def page(self, page_id: str) -> LabelledPage | None:
        """The page of that id."""
        return next((p for p in self.pages if p.id == page_id), None)


def read_labels(folder: Path) -> Labels:
    """A labelled set; only `gold.jsonl` must be there. Raises LabelsInvalid naming the file and line."""
    if not (folder / "gold.jsonl").is_file():
        raise LabelsInvalid(f"{folder}: holds no gold.jsonl; a labelled set is a folder with that file")
    groups = folder / "groups.json"
    return Labels(
        pages=tuple(_lines(folder / "gold.jsonl", LabelledPage)),
        pairs=tuple(_lines(folder / "pairs.jsonl", LabelledPair)) if (folder / "pairs.jsonl").exists() else (),
        groups=_decode(groups.read_bytes(), Groups, str(groups)) if groups.exists() else Groups(),
    )


def write_labels(labels: Labels, folder: Path) -> int:
    """Write the three files; returns the number of claims. Fields that do not apply are null."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_lines(folder / "gold.jsonl", labels.pages)
    _write_lines(folder / "pairs.jsonl", labels.pairs)
    groups = msgspec.json.format(msgspec.json.encode(labels.groups), indent=1)
    (folder / "groups.json").write_bytes(groups + b"\n")
    return sum(len(page.claims) for page in labels.pages)


def _write_lines(file: Path, rows: Sequence[Struct]) -> None:
    file.write_bytes(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))


def _lines(file: Path, kind: type[_T]) -> list[_T]:
    lines = file.read_bytes().split(b"\n")
    return [_decode(line, kind, f"{file}:{number}") for number, line in enumerate(lines, start=1) if line.strip()]


def _decode(raw: bytes, kind: type[_T], where: str) -> _T:
    try:
        return msgspec.json.decode(raw, type=kind)
    except msgspec.DecodeError as error:
        raise LabelsInvalid(f"{where}: {error}") from error
