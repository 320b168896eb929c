"""On what kind of evidence a statement rests, as far as its own sentence says."""

from __future__ import annotations

from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent
from distillwatch.records import EvidenceClass


def evidence_class(evidence: str, lexicon: Lexicon, *, speaker: Referent | None, anonymous: bool) -> EvidenceClass:
    """The class whose words stand in the evidence, in the order of evidence.toml; else by who speaks."""
    text = evidence.casefold()
    if anonymous or any(phrase in text for phrase in lexicon.words("anonymous_phrases")):
        return "anonymous_source"
    for name, words in lexicon.tables["evidence"].items():
        if any(word in text for word in words):
            return name  # type: ignore[no-any-return] # the table's keys are evidence classes
    return "named_official" if speaker is not None and speaker.kind == "person" else "none_given"
