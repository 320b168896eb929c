"""List items without a verb: "Tarsil: over 3 million exchanges" says what the item or the line above it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec import structs

from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import is_passive, is_verb, obliques, prepositions, subjects
from distillwatch.records import Claim

BACK = 6  # segments that a list may lie behind the line that it spells out
CREDITS = frozenset({"attribute", "ascribe", "credit", "assign", "trace", "link"})
ORIGINS = frozenset({"come", "stem", "originate"})
SHARES = frozenset({"account", "make", "contribute"})
NAMED = re.compile(r"\s{0,9}(?:[:–—-]|\()\s*")


def claims_of(
    sentences: Sequence[Sentence], claims: Mapping[int, Sequence[Claim]], lexicon: Lexicon
) -> Iterator[tuple[int, Claim]]:
    """(sentence index, claim) for each item that names somebody and a figure; `claims` are those found so far."""
    given: dict[int, list[Claim]] = {i: list(c) for i, c in claims.items()}
    for index, sentence in enumerate(sentences):
        if given.get(index) or not sentence.amounts:
            continue
        who = _head(sentence) if sentence.segment.kind == "list_item" else _credited(sentence)
        if who is None:
            continue
        for amount in sentence.amounts.values():
            unit = amount.quantity.unit.partition(" per ")[0]
            counted = amount.quantity
            if unit in {"parameters", "active parameters"} and who.kind == "model":
                claim = _like(None, sentence, who, "has_parameters")
            else:
                model = _model(index, unit, sentences, given, lexicon)
                if model is None or model.quantity is None or model.object_id == who.id:
                    continue
                counted = counted if unit else structs.replace(counted, unit=model.quantity.unit)
                claim = _like(model, sentence, who, model.predicate)
            teller = _crediting(sentence)
            if teller is not None:  # "X attributes 3 million of them to Y": X's own charge
                claim = structs.replace(claim, speaker_id=teller.id, speaker_text=teller.text, speech_act="alleges")
            claim = structs.replace(claim, quantity=counted)
            given.setdefault(index, []).append(claim)
            yield index, claim
            break


def _credited(sentence: Sentence) -> Referent | None:
    """Whose share it is: "of those exchanges 3 million were attributed to X", "X accounted for 3 million of them"."""
    for token in sentence.verbs:
        lemma = sentence.lemma(token)
        if lemma in CREDITS and is_verb(token):
            found = obliques(token, frozenset({"to", "on"}))
        elif lemma in ORIGINS and is_verb(token):  # "14 million of those came from X"
            found = obliques(token, frozenset({"from"}))
        elif lemma in SHARES and is_verb(token) and any(p.lower_ in {"for", "up", "of"} for p in prepositions(token)):
            found = subjects(token)
        else:
            continue
        for noun in found:
            if noun.i in sentence.refs and sentence.refs[noun.i][0].kind in {"company", "group", "agency"}:
                return sentence.refs[noun.i][0]
    return None


def _crediting(sentence: Sentence) -> Referent | None:
    """The house that gives a share to somebody."""
    verbs = (t for t in sentence.verbs if sentence.lemma(t) in CREDITS and not is_passive(t))
    tellers = (r for verb in verbs for s in subjects(verb) for r in sentence.refs.get(s.i, ()))
    return next((r for r in tellers if r.kind in {"company", "agency", "group"}), None)


def _head(sentence: Sentence) -> Referent | None:
    """The name that a verbless item begins with, set off by a colon or dash."""
    first = min(sentence.refs, default=None)
    if first is None:
        return None
    start, end = sentence.source(sentence.doc[first])
    text = sentence.document_text
    lead = text[sentence.start : start].strip(" \t●•▪*–—-0123456789.)")
    if lead or not NAMED.match(text, end, sentence.end):
        return None
    finite = [t for t in sentence.doc if is_verb(t) and t.tag_ in {"VBD", "VBZ", "VBP", "MD"} and t.dep_ == "ROOT"]
    return None if finite else sentence.refs[first][0]


def _model(
    index: int,
    unit: str,
    sentences: Sequence[Sentence],
    claims: Mapping[int, Sequence[Claim]],
    lexicon: Lexicon,
) -> Claim | None:
    """The nearest statement above that carries a figure in the same kind of unit."""
    here = sentences[index].segment.position
    for before in range(index - 1, -1, -1):
        if here - sentences[before].segment.position > BACK:
            return None
        for claim in claims.get(before, ()):
            units = lexicon.tables["carried"].get(claim.predicate, ())
            if claim.quantity is not None and claim.object_id and (unit in units or (not unit and units)):
                return claim
    return None


def _like(model: Claim | None, sentence: Sentence, who: Referent, predicate: str) -> Claim:
    evidence = sentence.document_text[sentence.start : sentence.end]
    if model is None:
        speaker = sentence.speaker
        return Claim(
            segment=sentence.segment.position,
            start=sentence.start,
            end=sentence.end,
            evidence=evidence,
            subject_id=who.id,
            subject_text=who.text,
            predicate=predicate,
            speaker_id=speaker.id if speaker else None,
            speaker_text=sentence.speaker_text,
        )
    return structs.replace(
        model,
        segment=sentence.segment.position,
        start=sentence.start,
        end=sentence.end,
        evidence=evidence,
        subject_id=who.id,
        subject_text=who.text,
        when=None,
        qualifiers={},
    )
