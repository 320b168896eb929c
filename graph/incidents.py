"""Incidents: documents and claims grouped by who is said to have done what to whom, and when. Never by title.

Threads (one pair of actor and target at one time) are joined into affairs; what goes with them is attached. One
document may tell of several incidents; one that says nothing of the kind belongs to none. Pure; `incident_rows` stores.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from msgspec import Struct

from distillwatch.graph.acts import Act
from distillwatch.graph.attaching import Members
from distillwatch.graph.incident_decisions import Ruling, kept_apart, ruled
from distillwatch.graph.joining import joined
from distillwatch.graph.threads import Thread, threads

MAIN = 0.18
"""Share of a document's weight from which it is about the incident rather than mentions it: a page on the three affairs
of a year gives each a third or less, a passing reminder is one claim of ten."""
SAID_PLAINLY, SAID_AS_OPINION, IMAGINED = 4, 2, 1
"""Weights of claims: what is told as having happened counts more than opinions, and these more than "if" and "will"."""
_OPENING = 2  # the first blocks that say anything of the kind


class Incident(Struct, frozen=True, kw_only=True):
    """One affair. `roles` says for each of its claims whether it is seed, consequence, response or context."""

    threads: tuple[Thread, ...]
    roles: dict[str, str]  # claim id → role
    acts: tuple[Act, ...]
    documents: dict[str, str]  # document id → "main" or "mention"


def incidents(acts: Sequence[Act], decided: Sequence[Ruling] = ()) -> list[Incident]:
    """Group the acts, and then as people decided; the result does not depend on the order of the acts."""
    ordered = sorted(acts, key=lambda a: (a.document, a.sentence, a.claim))
    found, apart = kept_apart(threads(ordered), decided)
    groups = [group for group in ruled(joined(found, apart), decided) if _is_incident(group)]
    members = Members(groups)
    members.attach(ordered)
    weights = weigh(ordered)
    total: Counter[str] = Counter()
    for act in ordered:
        total[act.document] += weights[act.claim]
    told = []
    for number, group in enumerate(groups):
        own = members.acts(number)
        roles = {act.claim: _role(act) for act in own}
        documents = _documents(own, weights, total)
        told.append(Incident(threads=tuple(group), roles=roles, acts=tuple(own), documents=documents))
    return told


def weigh(acts: Sequence[Act]) -> dict[str, int]:
    """How much of its document each claim makes up when incidents share it. A text says in its headline and its opening
    what it is about, so these count double; an answer counts half of a statement."""
    blocks: dict[str, set[int]] = defaultdict(set)
    for act in acts:
        blocks[act.document].add(act.segment)
    opening = {document: sorted(found)[:_OPENING][-1] for document, found in blocks.items()}
    weights = {}
    for act in acts:
        said = IMAGINED if not act.real else SAID_AS_OPINION if act.speech_act == "opines" else SAID_PLAINLY
        early = act.headline or act.segment <= opening[act.document]
        weights[act.claim] = max(1, said // 2) if act.role == "response" else said * (2 if early else 1)
    return weights


def _is_incident(group: Sequence[Thread]) -> bool:
    """Whether somebody named is said to have acted, and it is more than a maker's plain word about its own work."""
    acts = [act for thread in group for act in thread.acts]
    return any(t.founding for t in group) and any(a.contested or a.role != "act" for a in acts)


def _documents(own: Sequence[Act], weights: dict[str, int], total: Counter[str]) -> dict[str, str]:
    """Whether each document is about the incident or mentions it; without the act itself it must be half of it."""
    told: Counter[str] = Counter()
    for act in own:
        told[act.document] += weights[act.claim]
    seeded = {a.document for a in own if a.role == "act" and a.real}
    seeded |= {a.document for a in own if a.role in ("sanction", "letter") and a.real and a.polarity == "+"}
    documents = {}
    for document in sorted(told):
        share = told[document] / total[document]
        main = share >= MAIN if document in seeded else share > 0.5
        documents[document] = "main" if main else "mention"
    return documents


def _role(act: Act) -> str:
    if act.role in ("act", "sanction"):
        return "seed" if act.real else "context"
    return "response" if act.role == "response" else "consequence"
