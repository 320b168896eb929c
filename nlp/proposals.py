"""The first, quick pass: which unregistered names each text proposes by itself, before any other text is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from distillwatch.nlp.names import NameFinder
from distillwatch.nlp.names.recogniser import Recogniser
from distillwatch.records import Document, Entity
from distillwatch.topic import load_topic


def propose(documents: Iterable[Document], topic: Path) -> Iterator[tuple[str, tuple[Entity, ...]]]:
    """(document id, entities) of each document: only names are read, so this costs a sixth of the reading."""
    loaded = load_topic(topic)
    finder = NameFinder(loaded.entities, loaded.vocabulary, recogniser=Recogniser())
    for document in documents:
        try:
            yield document.id, finder.find(document).proposed
        except Exception:  # what breaks here breaks the full reading too, which says so; here it proposes nothing
            yield document.id, ()
