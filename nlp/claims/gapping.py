"""Clauses whose verb is left out: "Norvane held 3,150 accounts, Tarsil 1,900 and Quellmark, a start-up, 420"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.amounts import parse_quantity
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.records import Claim

FIGURE = (
    r"(?:(?:about|some|around|roughly|nearly|almost|over|more than|at least|another|upwards of)\s)?\d[\d.,]{0,20}"
    r"(?:\s?(?:k|m|bn|thousand|million|billion)\b)?(?:\sor more)?"
)
# "…, Tarsil 1,900", "and Quellmark, a start-up in Leipzig, 420", "Tarsil with 1,900", "that of Tarsil at 1,900"
AFTER = re.compile(
    rf"(?:['’]s?)?(?:,\s[^,;:.\d]{{3,50}},)?\s(?:with\s|had\s|at\s|was\s|is\s)?(?P<figure>{FIGURE})(?=[\s,.;)]|$)"
)
# "…, 3.4 million or more to Tarsil, and upwards of 150,000 to Quellmark"
BEFORE = re.compile(rf"(?P<figure>{FIGURE})\s(?:to|by|from|for|at)\s$")
LAST = re.compile(r"(?<![.,])[.,]+$")


def claims_of(claims: Sequence[Claim], sentence: Sentence) -> Iterator[Claim]:
    """What the sentence says of further names by a bare figure each, in the words of its first claim with a figure."""
    model = next((c for c in claims if c.quantity is not None and c.subject_id), None)
    if model is None or model.quantity is None or len({c.predicate for c in claims if c.quantity is not None}) != 1:
        return
    taken = {c.subject_id for c in claims if c.predicate == model.predicate} | {model.object_id, model.speaker_id}
    for start, end, referents in sentence.known:
        who = referents[0]
        if who.id in taken or not _fits(who, model):
            continue
        figure = _figure(sentence.document_text, start, end, sentence)
        quantity = parse_quantity(figure, language="en", unit=model.quantity.unit) if figure else None
        if quantity is None or quantity.unit != model.quantity.unit:
            continue
        taken.add(who.id)
        yield structs.replace(model, subject_id=who.id, subject_text=who.text, quantity=quantity)


def _fits(who: Referent, model: Claim) -> bool:
    kinds = {"model"} if model.predicate in {"has_parameters", "scored"} else {"company", "group", "agency"}
    return who.kind in kinds


def _figure(text: str, start: int, end: int, sentence: Sentence) -> str:
    """The bare figure behind a name, or in front of "to" and the name; one with a unit of its own is another matter."""
    after = AFTER.match(text, end, sentence.end)
    if after is not None:
        rest = text[after.end() : after.end() + 20].lstrip(" ,")
        if (
            not rest
            or re.match(r"(?:and|or|according|while|but|in|by|,|\.|;|\)|[A-Z])", rest)
            or text[after.end()] in ",.;)"
        ):
            return LAST.sub("", after["figure"])
    before = BEFORE.search(text, sentence.start, start)
    return before["figure"] if before is not None and before.end() == start else ""
