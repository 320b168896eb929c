"""Which reader read a document: a hash of all that its outcome depends on, so that no change can go unnoticed."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import metadata
from pathlib import Path

import msgspec

import distillwatch
from distillwatch.ids import hash_id
from distillwatch.nlp.model import PIPELINE, VERSION, model_folder
from distillwatch.topic import Topic, bundled

# The modules outside this package that reading goes through.
SHARED = (
    "dates.py",
    "errors.py",
    "ids.py",
    "lexicon.py",
    "prefilter.py",
    "quantities.py",
    "records.py",
    "topic.py",
    "workers.py",
)


def reader_version(topic: Topic) -> str:
    """The version that stands in each row: code, model, spaCy, lexicons and registry. Takes no loading of the model.

    Two versions are equal only where the same text gives the same extraction. Raises InputMissing without the model.
    """
    registry = msgspec.json.encode(topic.entities).decode()
    digest = hash_id(
        _code(), _model(), metadata.version("spacy"), _lexicons(topic.vocabulary.folder), registry, length=12
    )
    return f"rules-{digest}+{PIPELINE}-{VERSION}"


@cache
def _code() -> str:
    """Hash of the modules as they are when first asked for, which is what the process runs."""
    package = Path(distillwatch.__path__[0])
    return _hashed([*sorted((package / "nlp").rglob("*.py")), *(package / name for name in SHARED)], package)


@cache
def _model() -> str:
    folder = model_folder()
    return _hashed(sorted(f for f in folder.rglob("*") if f.is_file()), folder)


def _lexicons(folder: Path) -> str:
    """The topic's vocabulary, and the bundled one, whose dates and quantities are those of every topic."""
    return hash_id(*(_hashed(sorted(one.rglob("*.toml")), one) for one in (folder, bundled("vocabulary"))))


def _hashed(files: list[Path], root: Path) -> str:
    digests = ((f.relative_to(root).as_posix(), hashlib.sha256(f.read_bytes()).hexdigest()) for f in files)
    return hash_id(*(part for pair in digests for part in pair))
