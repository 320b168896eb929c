"""References: pronouns and descriptions ("it", "the company", "the Hangzhou start-up", "its flagship model") resolved.

A reference is resolved where exactly one entity fits, and left out where none or several do: none beats a wrong one.
It is never counted as a mention.
"""

from __future__ import annotations

from distillwatch.nlp.names import Names
from distillwatch.nlp.references.lexicon import load_pointing
from distillwatch.nlp.references.resolution import Reference, Resolution
from distillwatch.records import Document
from distillwatch.topic import Vocabulary

__all__ = ["Reference", "References"]


class References:
    """Resolves the references of documents; built once for a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """The lexicon `references.toml` of the vocabulary."""
        self._languages, self._countries = load_pointing(vocabulary)

    def resolve(self, document: Document, names: Names) -> tuple[Reference, ...]:
        """The references of a document whose names are found, in order, none overlapping each other or a mention."""
        words = self._languages.get(document.language)
        if words is None:
            return ()
        return tuple(Resolution(document, names, words, self._countries).references())
