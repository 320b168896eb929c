"""Counts of use that name only the user: "Norvane sent 13 million of the prompts", on a page about one model's misuse.

A page that tells of one model being queried goes on in figures and leaves the model out. Where all its other claims of
use and copying are about models of one house, that is whose model a bare count is about.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.amounts import Amount
from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.gapping import figures_of_others
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.lineage import MODELS, TRAINED
from distillwatch.nlp.claims.measure import is_whole
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.clauses import agents, is_verb, obliques, owners, patients
from distillwatch.nlp.parse import Token
from distillwatch.quantities import Quantity
from distillwatch.records import Claim

ACCESSED = "accessed"
WHOLE = re.compile(
    r"\bof (?:the|a|an?) (?:total|overall|combined)(?: of)?\s$", re.I
)  # "13 of the total 16 million prompts"
VEHICLES = frozenset(
    "account campaign operation attack effort activity network scheme company firm lab laboratory developer".split()
)
LEAST = 1000  # a smaller bare number may count anything
USERS = frozenset({"company", "group"})
SHARES = frozenset("part share count number total tally volume contribution traffic use usage portion figure".split())
ESTIMATING = frozenset({"put", "estimate", "place", "reckon", "set"})


def target_of(claims: Iterable[Claim], scene: Scene) -> Referent | None:
    """The model that a page's claims of use and copying are about, the oftenest named; None where houses differ."""
    told: Counter[str] = Counter(
        c.object_id for c in claims if c.predicate in {ACCESSED, TRAINED} and c.object_id and c.polarity == "+"
    )
    known = [scene.entities[i] for i, _ in told.most_common() if i in scene.entities]
    models = [e for e in known if e.kind in MODELS]
    if not models or len({e.owner or e.name for e in known}) != 1:
        return None
    return referent(models[0], models[0].name)


def drafts(
    sentence: Sentence, target: Referent | None, charged: Referent | None, told: Sequence[Claim], lexicon: Lexicon
) -> Iterator[Draft]:
    """A draft for each count of prompts, accounts and the like that a verb gives its user, and no claim `told` has.

    `charged` is whom the page charges with the use: "these accounts", "the operations", "the companies" are theirs.
    """
    figures = [c.quantity for c in told]
    units = set(lexicon.tables["carried"][ACCESSED]) - {"percent"}
    of_others = {a.start for a in figures_of_others(sentence).values()}
    for index, amount in sorted(sentence.amounts.items()):
        if is_whole(amount, sentence) or (amount.start in of_others and len(sentence.amounts) > 1):
            continue
        counted = _counted(amount, sentence, units)
        if counted.unit.partition(" per ")[0] not in units or counted in figures:
            continue
        if WHOLE.search(sentence.document_text, max(amount.start - 20, sentence.start), amount.start):
            continue
        trigger, users = _put(sentence.doc[index], sentence, lexicon)
        if trigger is None:
            trigger, users = _user(sentence.doc[index], sentence, lexicon, charged)
        named = [r for _, found in sorted(sentence.refs.items()) for r in found if r.kind in MODELS]
        for user in users:
            others = [r for r in named if user.name not in {r.owner, r.name}]
            whose = others[0] if others else target
            if trigger is not None and whose is not None and user.name not in {whose.owner, whose.name}:
                speaker, act = _told_by(trigger, user, sentence)
                yield Draft(
                    predicate=ACCESSED,
                    trigger=trigger,
                    subject=user,
                    object=whose,
                    quantity=counted,
                    speaker=speaker,
                    speech_act=act,
                )


def _counted(amount: Amount, sentence: Sentence, units: set[str]) -> Quantity:
    """The figure with its unit, for a bare one that of the only other count: "X 13 million prompts, Y three"."""
    given = amount.quantity
    if given.unit or max(given.low or 0, given.high or 0) < LEAST:
        return given
    others = {a.quantity.unit.partition(" per ")[0] for a in sentence.amounts.values()} & units - {"accounts"}
    return structs.replace(given, unit=next(iter(others))) if len(others) == 1 else given


def _theirs(noun: Token, sentence: Sentence) -> bool:
    """ "These accounts", "the campaigns", "the firms", with nothing that says whose."""
    before = {c.lower_ for c in noun.children if c.i < noun.i}
    if noun.i in sentence.refs or noun.lemma_.lower() not in VEHICLES or not before & {"the", "these", "those"}:
        return False
    return not any(t.i in sentence.refs for t in noun.subtree)


def charged_of(claims: Iterable[Claim], target: Referent | None, scene: Scene) -> Referent | None:
    """Whom a page charges with using or copying the target's models: the one house, else all of them as a group."""
    if target is None:
        return None
    house = target.owner or target.name
    told = {
        c.subject_id: c.object_id
        for c in claims
        if c.predicate in {ACCESSED, TRAINED} and c.polarity == "+" and c.subject_id and c.object_id
    }
    known = [(scene.entities[s], scene.entities[o]) for s, o in told.items() if {s, o} <= scene.entities.keys()]
    users = [s for s, o in known if s.kind in USERS and house in {o.name, o.owner}]
    if len(users) > 1 and any(u.kind == "group" for u in users):
        return None
    if len(users) == 1:
        return referent(users[0], users[0].name)
    group = scene.group([u.name for u in users]) if len(users) > 1 else None
    return referent(group, group.name) if group is not None else None


def _put(figure: Token, sentence: Sentence, lexicon: Lexicon) -> tuple[Token | None, list[Referent]]:
    """ "Put the part of X at 15 million exchanges", "estimates X's share at 3 million": the verb, and X."""
    verb = next((a for a in figure.ancestors if is_verb(a)), None)
    if verb is None or sentence.lemma(verb) not in ESTIMATING or figure not in _under(verb, "at"):
        return None, []
    shares = [p for p in patients(verb) if p.lemma_.lower() in SHARES]
    whose = [o for p in shares for o in owners(p)]
    users = [r for o in whose for r in entities(o, sentence, lexicon, "linked") if r.kind in USERS]
    between = {r.id for i, found in sentence.refs.items() if verb.i < i < figure.i for r in found if r.kind in USERS}
    return (verb, users) if users and between <= {u.id for u in users} else (None, [])


def _under(verb: Token, word: str) -> list[Token]:
    return [t for o in obliques(verb, frozenset({word})) for t in (o, *o.children)]


def _told_by(verb: Token, user: Referent, sentence: Sentence) -> tuple[Referent | None, str]:
    """Who puts another's share at a figure, and how: a party alleges it, a text of nobody's reports it."""
    if sentence.lemma(verb) not in ESTIMATING:
        return None, ""
    tellers = [r for a in agents(verb) for r in sentence.refs.get(a.i, ())]
    others = [r for r in tellers if r.id != user.id]
    act = "" if len(others) < len(tellers) else "alleges" if others else "reports"
    return next(iter(others), None), act


def _user(
    figure: Token, sentence: Sentence, lexicon: Lexicon, charged: Referent | None
) -> tuple[Token | None, list[Referent]]:
    """The nearest verb over a figure whose doer is known, and the doer; nobody where the verb tells of a finding."""
    for verb in figure.ancestors:
        if not is_verb(verb):
            continue
        if sentence.lemma(verb) in lexicon.speech or sentence.lemma(verb) in lexicon.words("finding"):
            return None, []
        users = [r for a in agents(verb) for r in entities(a, sentence, lexicon, "linked") if r.kind in USERS]
        if users:
            return verb, users
        if charged is not None and any(_theirs(a, sentence) for a in agents(verb)):
            return verb, [charged]
    return None, []
