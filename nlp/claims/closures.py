"""Accounts closed that the sentence gives no owner: "Norvane shut those accounts down", on a page about one user.

A page that charges one house with the use of another's models, and goes on that the other closed "the accounts", means
the accounts of the one that it charges.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.frames import evoked
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.lineage import TRAINED
from distillwatch.nlp.claims.scene import Scene, referent
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.tallies import ACCESSED
from distillwatch.nlp.clauses import agents, patients
from distillwatch.nlp.parse import Token
from distillwatch.records import Claim

RESTRICTED = "restricted"
DEFINITE = frozenset({"the", "those", "these", "all", "every", "both", "each"})


def users_of(claims: Iterable[Claim], scene: Scene) -> dict[str, Referent]:
    """Name of a house → the one house that the page charges with using or copying its models."""
    found: dict[str, dict[str, Referent]] = {}
    for claim in claims:
        user = _house(claim.subject_id, scene)
        used = _house(claim.object_id, scene)
        charged = claim.predicate in {ACCESSED, TRAINED} and claim.polarity == "+"
        if charged and user is not None and used is not None and user.id != used.id:
            found.setdefault(used.name, {})[user.id] = user
    return {name: next(iter(users.values())) for name, users in found.items() if len(users) == 1}


def _house(entity_id: str | None, scene: Scene) -> Referent | None:
    """The company of an entity: itself, or whose model it is."""
    entity = scene.entities.get(entity_id or "")
    if entity is None:
        return None
    if entity.kind in {"model", "product"}:
        entity = scene.by_name.get(entity.owner.casefold()) if entity.owner else None
    return referent(entity, entity.name) if entity is not None and entity.kind in {"company", "group"} else None


def drafts(sentence: Sentence, users: dict[str, Referent], lexicon: Lexicon) -> Iterator[Draft]:
    """A draft for each verb of closing that has "the accounts" for its object and one of the houses for its doer."""
    for verb in sentence.verbs:
        closing = (t for t, frame in lexicon.verbs.get(sentence.lemma(verb), ()) if frame.predicate == RESTRICTED)
        if not any(evoked(trigger, verb, sentence) for trigger in closing):
            continue
        doers = {r.id: r for a in agents(verb) for r in entities(a, sentence, lexicon, "staff")}
        if len(doers) == 1 and any(_the_accounts(p, set(doers), sentence, lexicon) for p in patients(verb)):
            doer = next(iter(doers.values()))
            user = users.get(doer.name)
            if user is not None:
                yield Draft(predicate=RESTRICTED, trigger=verb, subject=doer, object=user)


def _the_accounts(noun: Token, doers: set[str], sentence: Sentence, lexicon: Lexicon) -> bool:
    """ "The accounts", "those accounts", "every account that it could tie to the campaign": nobody's by name."""
    if sentence.lemma(noun) not in lexicon.words("accounts") or noun.i in sentence.refs:
        return False
    named = [r for t in noun.subtree for r in sentence.refs.get(t.i, ()) if r.kind in {"company", "group"}]
    if any(r.id not in doers for r in named):
        return False
    if any(p.dep_ == "prep" and p.lower_ in {"of", "at", "from"} for p in noun.children):
        return False  # "the accounts of a school"
    before = [c for c in noun.children if c.i < noun.i]
    return any(c.lower_ in DEFINITE for c in before) and not any(c.dep_ == "poss" for c in before)
