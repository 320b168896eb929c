"""A floor under quality: pinned scores of one labelled set, below which a change must not go without being said."""

from __future__ import annotations

import tomllib
from math import floor
from pathlib import Path

from msgspec import Struct

from distillwatch.errors import LabelsInvalid
from distillwatch.graph.evaluate import Scores
from distillwatch.ids import text_hash

_PARTS = ("gold.jsonl", "pairs.jsonl", "groups.json")
_SLACK = 0.01  # the parser's last digits differ between processors, and with them a claim or two


class Floor(Struct, frozen=True):
    """The pinned scores (higher is better) and the labels that they were measured on."""

    labels: str
    scores: dict[str, float]


def measured(scores: Scores) -> dict[str, float]:
    """The scores that are guarded, each from 0 to 1, cut to three places so that they can be written down."""
    claims, pairs = scores.claims, scores.pairs
    values = {
        "pages": (scores.pages - len(scores.missing)) / scores.pages if scores.pages else 0.0,
        "published date": scores.published.share,
        "language": scores.language.share,
        **{f"entities {kind} f1": rate.f1 for kind, rate in scores.entities.items()},
        "dates f1": scores.dates.f1,
        "claims precision": claims.core.p,
        "claims recall": claims.core.r,
        "claims every slot f1": claims.full.f1,
        "contradictions found": pairs.found.share,
        "contradictions kind right": pairs.kind_right / pairs.found.right if pairs.found.right else 0.0,
        "look-alikes left alone": 1.0 - pairs.look_alikes.right / max(pairs.look_alikes.of, 1),
        "flags precision": pairs.precision,
        "copies f1": scores.copies.f1,
        "incidents f1": scores.incidents.f1,
    }
    return {name: floor(value * 1000 + 1e-9) / 1000 for name, value in values.items()}


def labels_digest(folder: Path) -> str:
    """Hash of a labelled set's files."""
    files = (folder / part for part in _PARTS)
    return text_hash("\0".join(f.read_text(encoding="utf-8") if f.exists() else "" for f in files))[:16]


def read_floor(file: Path) -> Floor:
    """The pinned scores; raises LabelsInvalid when the file is missing or is no floor."""
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        return Floor(str(table["labels"]), {str(k): float(v) for k, v in table["scores"].items()})
    except FileNotFoundError as error:
        raise LabelsInvalid(f"{file} is missing; write it by evaluating with the flag that raises the floor") from error
    except (tomllib.TOMLDecodeError, KeyError, ValueError, AttributeError) as error:
        raise LabelsInvalid(f"{file}: is not a floor file ({error})") from error


def below(pinned: Floor, scores: dict[str, float], digest: str) -> list[str]:
    """One line for each score under its floor; other labels than those of the floor are said too."""
    lines = [
        f"{name}: {scores.get(name, 0.0):.3f} is under the floor of {value:.3f}"
        for name, value in pinned.scores.items()
        if scores.get(name, 0.0) < value - _SLACK
    ]
    if digest != pinned.labels:
        lines.append("the labels have changed since the floor was set; evaluate and raise or lower it")
    return lines


def raised(pinned: Floor | None, scores: dict[str, float], digest: str) -> Floor:
    """The floor lifted to what was reached; no score of the same labels goes down."""
    old = pinned.scores if pinned and pinned.labels == digest else {}
    return Floor(digest, {name: max(value, old.get(name, 0.0)) for name, value in scores.items()})


def lowered(scores: dict[str, float], digest: str) -> Floor:
    """The floor set to what was reached, also where that is less."""
    return Floor(digest, dict(scores))


def write_floor(file: Path, new: Floor) -> None:
    """Write the floor file."""
    lines = ["# Scores below which a change may not go; written by `evaluate`, read by the tests.", ""]
    lines += [f'labels = "{new.labels}"', "", "[scores]", *(f'"{k}" = {v:.3f}' for k, v in new.scores.items())]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
