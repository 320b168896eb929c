"""One term, given two meanings that exclude each other. A broader and a narrower sense do not."""

import re
from difflib import SequenceMatcher

from distillwatch.graph.gates import Reason
from distillwatch.graph.statements import Judged, Statement, fold
from distillwatch.graph.wording import flag, halt, source
from distillwatch.graph.world import World

KIND = "definition"
VERSION = "3"
RULE = "definition"
_WORD = re.compile(r"\w+")
_ONE_WORD = 0.8  # "Organisation", "organización": one word in two languages


def judge(a: Statement, b: Statement, world: World) -> Judged | None:
    """Compare what two texts say that a term means, by the genus each definition rests on."""
    if a.predicate != "defines" or b.predicate != "defines" or not (a.affirmed and b.affirmed):
        return None
    if not all(s.act in ("asserts", "reports", "confirms") and s.hedge == "none" for s in (a, b)) or not _one_term(
        a, b, world
    ):
        return None
    if world.marks.has("broad", _gist(a)) or world.marks.has("broad", _gist(b)):
        reason = Reason("compatible", "scope", "a broader sense of the term against a narrower one")
        return halt(a, b, reason, rule=RULE, version=VERSION)
    x, y = world.marks.genera(_gist(a)), world.marks.genera(_gist(b))
    if len(x) != 1 or len(y) != 1 or x == y:
        return None
    why = f"One term, two meanings: in {source(a)} it is {x[0]} (“{_gist(a)}”), in {source(b)} {y[0]} (“{_gist(b)}”)."
    return flag(a, b, kind=KIND, rule=RULE, version=VERSION, why=why, confidence=0.85)


def term(statement: Statement) -> str:
    """The term that a definition is of, where the claim names it ("a term: what it means"); "" where not."""
    given = statement.qualifiers.get("term", "")
    head, colon, _ = statement.object_text.partition(":")
    return fold(given or (head if colon and len(head.split()) <= 4 else ""))


def _gist(statement: Statement) -> str:
    head, colon, rest = statement.object_text.partition(":")
    return rest.strip() if colon and len(head.split()) <= 4 else statement.object_text


def _names(statement: Statement, word: str) -> bool:
    """Whether the evidence holds a word, in any form or language that spells it nearly so."""
    said = fold(statement.evidence)
    return word[:5] in said or any(SequenceMatcher(None, w, word).ratio() >= _ONE_WORD for w in _WORD.findall(said))


def _one_term(a: Statement, b: Statement, world: World) -> bool:
    """The same term; a qualified one ("unauthorised …") is another, a longer name of it is not told apart from it."""
    x, y = term(a), term(b)
    if not (x and y):
        word = x or y
        return not word or all(_names(s, word.split()[-1]) for s in (a, b))
    if world.marks.classes("terms", x) & world.marks.classes("terms", y) and len(x.split()) == len(y.split()) == 1:
        return True
    words, others = {*x.split()}, {*y.split()}
    if words <= others or others <= words:
        return not world.marks.has("unlawful", " ".join(words ^ others))
    return SequenceMatcher(None, x, y).ratio() >= _ONE_WORD
