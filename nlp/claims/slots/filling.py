"""Filling the slots of a rule: by kind, side, preposition and house, and only where one way is left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.slots.candidates import Candidate, antecedent_of, clause_of
from distillwatch.nlp.claims.slots.evidence import evidence
from distillwatch.nlp.claims.slots.rules import Rule, Rules, Slot
from distillwatch.nlp.claims.slots.scope import doubtful, idle
from distillwatch.nlp.claims.slots.values import literal
from distillwatch.nlp.claims.slots.ways import Filling, acting, parties
from distillwatch.nlp.claims.stance import manner
from distillwatch.nlp.clauses import is_passive
from distillwatch.nlp.parse import Token


def filled(rule: Rule, candidates: Sequence[Candidate], sentence: Sentence, rules: Rules) -> Iterator[Draft]:
    """The drafts of the first evidence word, or of each figure, whose slots can be filled in one way without doubt."""
    for found in evidence(rule, sentence, rules.lexicon.speech):
        filling = _only(rule, found.word, candidates, sentence)
        if filling is None or doubtful(found.trigger, filling.tokens, sentence, rules, spent=rule.negated):
            continue
        if found.quantity is not None and len(filling.subjects) > 1 and len(sentence.amounts) > 1:
            continue  # "A and B scored 81 and 79 percent"
        text = literal(rule, found.word, sentence)
        if (rule.literal or rule.conduct) and not text:
            continue
        exclusive = any(idle(t) and t.lower_ == "nothing" for t in sentence.doc)
        restrictive = exclusive and manner(found.trigger, sentence, rules.lexicon).polarity == "-"
        for subject in filling.subjects:
            for object_ in filling.objects or (None,):
                yield Draft(
                    predicate=rule.predicate,
                    trigger=found.trigger,
                    subject=subject,
                    object=object_,
                    object_text=text,
                    quantity=found.quantity,
                    affirmed=rule.negated or restrictive,
                    slotted=True,
                )
        if found.quantity is None:
            return


def _only(rule: Rule, word: Token, candidates: Sequence[Candidate], sentence: Sentence) -> Filling | None:
    """The one way to fill the slots, from the clause of the word or else from the sentence; None for several."""
    clause = clause_of(word)
    about = [structs.replace(c, lead="", head=True) for c in candidates if antecedent_of(c, sentence.doc[clause])]
    inside = sorted([*about, *(c for c in candidates if c.clause == clause)], key=_place)
    for scope in (inside, candidates) if rule.sentence else (inside,):
        ways = {w.key(): w for w in _ways(rule, word, scope)}
        if rule.learner:
            ways = parties(ways.values(), active=not is_passive(word))
        if len(ways) > 1 and scope is inside:
            heads = {k: w for k, w in ways.items() if w.head}
            ways = heads if len(heads) == 1 else ways
        if len(ways) == 1:
            one = next(iter(ways.values()))
            return acting(word, one, candidates) if rule.learner else one
        if ways:
            return None
    return None


def _ways(rule: Rule, word: Token, scope: Sequence[Candidate]) -> Iterator[Filling]:
    subjects = _fitting(rule.subject, word, scope)
    if rule.object is None:
        for who, one in subjects:
            yield Filling(who, (), (one.at,), one.lead, one.head)
        return
    objects = _fitting(rule.object, word, scope)
    for who, one in subjects:
        for whom, other in objects:
            if one is other or _ids(who) & _ids(whom):
                continue
            if rule.within == "any" or _related(who, whom) == (rule.within == "house"):
                yield Filling(who, whom, (one.at, other.at), one.lead, one.head)


def _fitting(slot: Slot, word: Token, scope: Sequence[Candidate]) -> list[tuple[tuple[Referent, ...], Candidate]]:
    found: list[tuple[tuple[Referent, ...], Candidate]] = []
    for one in scope:
        who = tuple(r for r in one.who if r.kind in slot.kinds)
        if not who or one.speaks:
            continue
        if slot.side and (one.at < word.i) != (slot.side == "before"):
            continue
        if slot.leads and one.lead not in slot.leads:
            continue
        if slot.bound and one.bound not in (-1, word.i):
            continue
        if (slot.stuff and slot.stuff not in one.stuff) or (slot.owned and not all(r.owner for r in who)):
            continue
        found.append((who, one))
    if slot.near and found:
        found = [min(found, key=lambda f: abs(f[1].at - word.i))]
    return found


def _ids(who: Iterable[Referent]) -> set[str]:
    return {r.id for r in who}


def _related(who: Iterable[Referent], whom: Iterable[Referent]) -> bool:
    """Whether two slots share a house, or the name of one begins with that of the other."""
    ours, theirs = ({n for r in of for n in (r.name, r.owner) if n} for of in (who, whom))
    return any(a == b or a.startswith(f"{b} ") or b.startswith(f"{a} ") for a in ours for b in theirs)


def _place(candidate: Candidate) -> int:
    return candidate.at
