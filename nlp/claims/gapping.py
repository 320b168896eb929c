"""Clauses whose verb is left out: "Norvane held 3,150 accounts, Tarsil 1,900 and Quellmark, a start-up, 420"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.amounts import Amount, parse_quantity
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.quantities import Quantity
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
# what stands between such a name and a figure in words: "and Quellmark for nearly four million"
LINK = re.compile(
    r"(?:,\s[^,;:.\d]{3,50},)?\s(?:for|with|had|at|made|ran)?\s?(?:a further|another|only|just|the other)?\s?"
)
JOINED = re.compile(r"(?:\band|\bwhile|\bbut|[,;])\s(?:the\s)?$")
LAST = re.compile(r"(?<![.,])[.,]+$")


def claims_of(claims: Sequence[Claim], sentence: Sentence) -> Iterator[Claim]:
    """What the sentence says of further names by a bare figure each, in the words of its first claim with a figure."""
    model = next((c for c in claims if c.quantity is not None and c.subject_id), None)
    if model is None or model.quantity is None or len({c.predicate for c in claims if c.quantity is not None}) != 1:
        return
    taken = {c.subject_id for c in claims if c.predicate == model.predicate} | {model.object_id, model.speaker_id}
    others = figures_of_others(sentence)
    for start, end, referents in sentence.known:
        who = referents[0]
        if who.id in taken or not _fits(who, model):
            continue
        told = others.get(end)
        figure = told.text if told is not None else _figure(sentence.document_text, start, end, sentence)
        quantity = told.quantity if told is not None and told.quantity.unit else _of_unit(figure, model.quantity.unit)
        if quantity is None or quantity.unit != model.quantity.unit:
            continue
        taken.add(who.id)
        yield structs.replace(model, subject_id=who.id, subject_text=who.text, quantity=quantity)


def figures_of_others(sentence: Sentence) -> dict[int, Amount]:
    """End of a name → the figure that a clause without a verb gives it: "…, and Quellmark for nearly four million"."""
    found: dict[int, Amount] = {}
    text = sentence.document_text
    for start, end, _ in sentence.known:
        if JOINED.search(text, max(sentence.start, start - 10), start) is None:
            continue
        link = LINK.match(text, end, sentence.end)
        amount = next((a for a in sentence.amounts.values() if link is not None and a.start == link.end()), None)
        if amount is not None:
            found[end] = amount
    return found


def _of_unit(figure: str, unit: str) -> Quantity | None:
    return parse_quantity(figure, language="en", unit=unit) if figure else None


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
