"""On what kind of evidence a statement rests, as far as its own sentence says."""

from __future__ import annotations

import re
from collections.abc import Sequence

from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import EvidenceClass


def evidence_class(
    evidence: str, lexicon: Lexicon, *, speaker: Referent | None, anonymous: bool, comment: bool
) -> EvidenceClass:
    """The class whose words stand in the evidence, in the order of evidence.toml; else by who speaks.

    A named person is a named official anywhere but in a `comment`, whose author speaks for nobody.
    """
    text = evidence.casefold()
    if anonymous or any(phrase in text for phrase in lexicon.words("anonymous_phrases")):
        return "anonymous_source"
    for name, words in lexicon.tables["evidence"].items():
        if _stand_in(words, text):
            return name  # type: ignore[no-any-return] # the table's keys are evidence classes
    return "named_official" if speaker is not None and speaker.kind == "person" and not comment else "none_given"


def _stand_in(words: Sequence[str], text: str) -> bool:
    """Whether one of the words stands in a text; "resembl*" is whatever begins so."""
    for word in words:
        stem = word.rstrip("*")
        if stem in text and re.search(rf"\b{re.escape(stem)}" + ("" if word.endswith("*") else r"\b"), text):
            return True
    return False
