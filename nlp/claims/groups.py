""" "The three companies", "all three": counted groups, by the one list of that many that the page gives."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.parse import Token
from distillwatch.records import Claim

NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "3": 3, "4": 4, "5": 5, "6": 6}
COUNTED = frozenset({"accessed"})
EACH = re.compile(
    r"\b(?:each|apiece|respectively|jeweils|chacune?|respectivement|cada (?:un[oa]|empresa)|respectivamente)\b"
    r"|各自|分别|分別|それぞれ",
    re.IGNORECASE,
)
JOINT = re.compile(r",? (?:and|or|as well as|&) |, ")
# "X 1,900 and Y, a start-up in Z, 420": a list of names with a figure each
FIGURED = re.compile(r"(?:,[^,;.]{3,50},)?\s[^.;]{0,60}?\d[\d,.]*(?:\s?\w+)?")


def gather(sentences: Sequence[Sentence], tables: Sequence[Sequence[Referent]], scene: Scene, lexicon: Lexicon) -> None:
    """Add to every sentence's `refs` the groups that counted nouns mean, where the page lists one such group only.

    `tables` are the companies down the first column of each table.
    """
    lists = [list(members) for members in tables] + [members for s in sentences for members in _lists(s)]
    for sentence in sentences:
        for token in sentence.doc:
            number = _count(token, lexicon)
            if not number or token.i in sentence.refs:
                continue
            fitting = {frozenset(m.id for m in members): members for members in lists if len(members) == number}
            if len(fitting) == 1:
                names = [m.name for m in next(iter(fitting.values()))]
                sentence.refs[token.i] = (referent(scene.group(names), token.text),)


def share(claims: Sequence[Claim], scene: Scene) -> list[Claim]:
    """The claims, a count told of several companies at once given to the group of them: none of them made it alone.

    "Each" keeps it theirs; what is no count ("trained on X's answers") stays each one's own, without the figure.
    """
    told: dict[object, list[Claim]] = {}
    for claim in claims:
        if claim.quantity is not None and claim.subject_id in scene.entities and not EACH.search(claim.evidence):
            key = (claim.start, claim.predicate, claim.object_id, claim.quantity, claim.speaker_id, claim.polarity)
            told.setdefault(key, []).append(claim)
    joint = {id(c): one for one in told.values() if len({c.subject_id for c in one}) > 1 for c in one}
    shared: list[Claim] = []
    for claim in claims:
        members = joint.get(id(claim))
        if members is None or not any(scene.entities[c.subject_id or ""].kind == "company" for c in members):
            shared.append(claim)
        elif claim.predicate not in COUNTED:
            shared.append(structs.replace(claim, quantity=None))
        elif claim is members[0]:
            names = [scene.entities[c.subject_id or ""].name for c in members]
            group = scene.group(list(dict.fromkeys(names)))
            shared.append(structs.replace(claim, subject_id=group.id, subject_text=group.name))
    return shared


def _count(token: Token, lexicon: Lexicon) -> int:
    """How many a counted plural speaks of: "the three labs", "all three"; 0 for other words."""
    if token.tag_ == "NNS" and token.lemma_.lower() in lexicon.words("collectives"):
        return next((NUMBERS.get(c.lower_, 0) for c in token.children if c.dep_ == "nummod"), 0)
    if token.lower_ in NUMBERS and token.dep_ in {"nsubj", "nsubjpass", "pobj", "dobj"}:
        near = [t.lower_ for t in token.doc[max(token.i - 1, 0) : token.i]]
        return NUMBERS[token.lower_] if near in (["all"], ["the"]) else 0
    return 0


def _lists(sentence: Sentence) -> Iterator[list[Referent]]:
    """The enumerations of companies in a sentence, longest first."""
    chain: list[Referent] = []
    last = -1
    text = sentence.document_text
    for start, end, referents in sentence.known:
        one = referents[0]
        if one.kind != "company":
            continue
        gap = text[last:start] if last >= 0 else ""
        joined = last >= 0 and (JOINT.fullmatch(gap) or (re.search(r"\d", gap) and FIGURED.match(gap)))
        if not joined:
            yield from _whole(chain)
            chain = []
        if one.id not in {c.id for c in chain}:
            chain.append(one)
        last = end
    yield from _whole(chain)


def _whole(chain: list[Referent]) -> Iterator[list[Referent]]:
    if len(chain) > 2:
        yield list(chain)
