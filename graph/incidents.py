"""Incidents: documents and claims grouped by who is said to have done what to whom, and when. Never by title.

Threads (one pair of actor and target at one time) are joined where texts tell them together: in one sentence or in
neighbouring blocks, or in mostly the same documents. One document may tell of several incidents; one that says nothing
of the kind belongs to none. Pure; rows and stable ids are in `incident_rows.py`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec import Struct

from distillwatch.graph.acts import Act
from distillwatch.graph.threads import Thread, threads

TOLD_TOGETHER = 0.5
"""Share of the smaller thread's documents that tell two threads in one sentence, from which they are one affair."""
SAME_COVERAGE = 0.5
"""Jaccard similarity of their documents from which two threads of one side are one affair."""
SAME_TARGET = 0.6
"""Share of the smaller thread's documents (three at least) that tell both, from which two actors that are said to have
turned to one target at one time are one affair."""
MAIN = 0.18
"""Share of a document's weight from which it is about the incident rather than mentions it: a page on the three affairs
of a year gives each a third or less, a passing reminder is one claim of ten."""
SAID_PLAINLY, SAID_AS_OPINION, IMAGINED = 4, 2, 1
"""Weights of claims: what is told as having happened counts more than opinions, and these more than "if" and "will"."""
_OPENING = 2  # the first blocks that say anything of the kind
_MOST_PER_DOCUMENT = 60  # a page that names more pairs is a register; its sentences join nothing


class Incident(Struct, frozen=True, kw_only=True):
    """One affair. `roles` says for each of its claims whether it is seed, consequence, response or context."""

    threads: tuple[Thread, ...]
    roles: dict[str, str]  # claim id → role
    acts: tuple[Act, ...]
    documents: dict[str, str]  # document id → "main" or "mention"


def incidents(acts: Sequence[Act]) -> list[Incident]:
    """Group the acts; the result does not depend on their order."""
    found = threads(sorted(acts, key=lambda a: (a.document, a.sentence, a.claim)))
    groups = _with_loose(_joined([t for t in found if not t.loose]), [t for t in found if t.loose])
    return _with_documents(_attached([g for g in groups if _is_incident(g)], acts), acts)


def _is_incident(group: Sequence[Thread]) -> bool:
    """Whether somebody named is said to have acted, and it is more than a maker's plain word about its own work."""
    acts = [act for thread in group for act in thread.acts]
    return any(t.founding for t in group) and any(a.contested or a.role != "act" for a in acts)


def _joined(found: Sequence[Thread]) -> list[list[Thread]]:
    """Threads that are told as one affair, transitively."""
    parent = list(range(len(found)))

    def top(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in _pairs(found):
        x, y = sorted((top(a), top(b)))
        parent[y] = x
    groups: dict[int, list[Thread]] = defaultdict(list)
    for i, thread in enumerate(found):
        groups[top(i)].append(thread)
    return list(groups.values())


def _pairs(found: Sequence[Thread]) -> Iterator[tuple[int, int]]:
    """Numbers of threads that are told as one affair."""
    holds: dict[str, list[int]] = defaultdict(list)
    for number, thread in enumerate(found):
        for document in thread.documents:
            holds[document].append(number)
    together: Counter[tuple[int, int]] = Counter()
    sentences: Counter[tuple[int, int]] = Counter()
    blocks: Counter[tuple[int, int]] = Counter()
    for document in sorted(holds):
        numbers = holds[document]
        if len(numbers) > _MOST_PER_DOCUMENT:
            continue
        for a, b in combinations(numbers, 2):
            one_side = found[a].key[0] == found[b].key[0] or found[a].key[1] == found[b].key[1]
            if one_side and found[a].near(found[b]):
                together[a, b] += 1
                sentences[a, b] += _near(found[a], found[b], document, sentence=True)
                blocks[a, b] += _near(found[a], found[b], document, sentence=False)
    for (a, b), count in sorted(together.items()):
        smaller = min(len(found[a].documents), len(found[b].documents))
        both = len(found[a].documents | found[b].documents)
        nowhere_else = both == smaller and blocks[a, b] >= TOLD_TOGETHER * smaller
        same_coverage = smaller > 1 and count >= SAME_COVERAGE * both
        same_target = smaller > 2 and found[a].key[1] == found[b].key[1] and count >= SAME_TARGET * smaller
        if sentences[a, b] >= TOLD_TOGETHER * smaller or nowhere_else or same_coverage or same_target:
            yield a, b


def _near(a: Thread, b: Thread, document: str, *, sentence: bool) -> bool:
    """Whether a document tells both in one sentence, or else in neighbouring blocks."""
    left = [act for act in a.acts if act.document == document]
    right = [act for act in b.acts if act.document == document]
    if sentence:
        return any(x.sentence == y.sentence for x in left for y in right)
    return any(abs(x.segment - y.segment) <= 1 for x in left for y in right)


def _with_loose(groups: list[list[Thread]], loose: Sequence[Thread]) -> list[list[Thread]]:
    """Put each loose thread ("labs of that country") into the one group that its documents tell most of.

    It never joins two groups: being unnamed, it would bridge affairs that have nothing to do with each other. Loose
    threads without such a group are joined among themselves.
    """
    covers = [frozenset(d for t in group for d in t.documents) for group in groups]
    holds: dict[str, list[int]] = defaultdict(list)
    for number, documents in enumerate(covers):
        for document in documents:
            holds[document].append(number)
    alone: list[Thread] = []
    result = [list(group) for group in groups]
    for thread in loose:
        near = sorted({number for document in thread.documents for number in holds.get(document, ())})
        if near:
            best = max(near, key=lambda n: (*_told_with(thread, groups[n], covers[n]), -n))
            result[best].append(thread)
        else:
            alone.append(thread)
    return result + _joined(alone)


def _told_with(thread: Thread, group: Sequence[Thread], documents: frozenset[str]) -> tuple[int, int]:
    """How much a group is told beside a thread: documents in common, a side in common, then acts in those documents."""
    side = any(thread.key[i] and thread.key[i] == other.key[i] for other in group for i in (0, 1))
    told = sum(act.document in thread.documents for other in group for act in other.acts)
    return 2 * thread.tells(documents) + side, told


def _attached(groups: Sequence[Sequence[Thread]], acts: Sequence[Act]) -> list[tuple[Sequence[Thread], list[Act]]]:
    """Each group with the letters, responses and consequences that its documents tell beside its own acts."""
    own: list[dict[str, Act]] = [{a.claim: a for t in g for a in t.acts} for g in groups]
    in_document: dict[str, list[int]] = defaultdict(list)
    for number, claims in enumerate(own):
        for document in sorted({a.document for a in claims.values()}):
            in_document[document].append(number)
    taken = {claim for claims in own for claim in claims}
    letters: dict[tuple[str, str], list[Act]] = defaultdict(list)
    for act in acts:
        if act.claim in taken or act.role == "policy":
            continue
        if act.role == "letter":
            letters[_letter(act)].append(act)
        fitting = _fitting(act, in_document.get(act.document, ()), own)
        if fitting is not None:
            own[fitting][act.claim] = act
    for sent in letters.values():
        home = _home(sent, in_document, own)
        if home is not None:
            own[home].update({act.claim: act for act in sent if not any(act.claim in claims for claims in own)})
    return [(group, list(claims.values())) for group, claims in zip(groups, own, strict=True)]


def _home(sent: Sequence[Act], in_document: Mapping[str, list[int]], own: Sequence[Mapping[str, Act]]) -> int | None:
    """Where a letter belongs that several documents tell of: to the incident that they put it in, else to the one that
    half of them tell beside it. So a page that only tells of the letter is found too."""
    put = Counter(n for act in sent for n, claims in enumerate(own) if act.claim in claims)
    if put:
        return min(put, key=lambda n: (-put[n], n))
    documents = {act.document for act in sent}
    beside = Counter(n for document in documents for n in in_document.get(document, ()))
    best = min(beside, key=lambda n: (-beside[n], n), default=None)
    return best if best is not None and beside[best] > 1 and 2 * beside[best] >= len(documents) else None


def _letter(act: Act) -> tuple[str, str]:
    sender = act.actors[0].root if act.actors else ""
    return sender, act.words.casefold().rpartition(" ")[2]


def _fitting(act: Act, candidates: Iterable[int], own: Sequence[Mapping[str, Act]]) -> int | None:
    """The incident of the same document that a letter, answer or measure belongs to: by parties, then by nearness."""
    parties = {p.root for p in (*act.actors, *act.targets)} | ({act.speaker} - {""})
    scored = []
    for number in candidates:
        here = [a for a in own[number].values() if a.document == act.document]
        sides = {p.root for a in here for p in (*a.actors, *a.targets)}
        speakers = {a.speaker for a in here} - {""}
        shared = 2 * len(parties & sides) + len(parties & speakers)
        distance = min((abs(a.segment - act.segment) for a in here), default=0)
        if shared:
            scored.append((-shared, distance, number))
    return min(scored)[2] if scored else None


def _with_documents(grouped: Iterable[tuple[Sequence[Thread], list[Act]]], acts: Sequence[Act]) -> list[Incident]:
    """Decide for each document which incidents it is about and which it only mentions."""
    weights = weigh(acts)
    total: Counter[str] = Counter()
    for act in acts:
        total[act.document] += weights[act.claim]
    found = []
    for group, members in grouped:
        told: Counter[str] = Counter()
        for act in members:
            told[act.document] += weights[act.claim]
        seeded = {a.document for a in members if a.role in ("act", "sanction", "letter") and a.real}
        documents = {}
        for document in sorted(told):
            share = told[document] / total[document]
            main = share >= MAIN if document in seeded else share > 0.5
            documents[document] = "main" if main else "mention"
        roles = {act.claim: _role(act) for act in members}
        found.append(Incident(threads=tuple(group), roles=roles, acts=tuple(members), documents=documents))
    return found


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


def _role(act: Act) -> str:
    if act.role in ("act", "sanction"):
        return "seed" if act.real else "context"
    return "response" if act.role == "response" else "consequence"
