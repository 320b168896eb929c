"""Which threads are one affair: told in one breath, by mostly the same documents, or against the same target."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations

from distillwatch.graph.threads import Thread

TOLD_TOGETHER = 0.5
"""Share of the smaller thread's documents that tell two threads in one sentence, from which they are one affair."""
SAME_COVERAGE = 0.5
"""Jaccard similarity of their documents from which two threads of one side are one affair."""
SAME_TARGET = 0.6
"""Share of the smaller thread's documents (three at least) that tell both, from which two actors that are said to have
turned to one target at one time are one affair."""
_MOST_PER_DOCUMENT = 60  # a page that names more pairs is a register: it joins nothing


def joined(threads: Sequence[Thread], apart: Sequence[tuple[Thread, Thread]] = ()) -> list[list[Thread]]:
    """Groups of threads that are one affair. Those without a named actor are added last and join no two groups.

    `apart`: pairs that people decided are never one; what would join them is left with the first it goes with.
    """
    groups = _components([t for t in threads if not t.loose], apart)
    return _with_loose(groups, [t for t in threads if t.loose], apart)


def _components(threads: Sequence[Thread], apart: Sequence[tuple[Thread, Thread]]) -> list[list[Thread]]:
    parent = list(range(len(threads)))
    place = {id(thread): i for i, thread in enumerate(threads)}
    barred = [(place[id(a)], place[id(b)]) for a, b in apart if id(a) in place and id(b) in place]

    def top(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in _pairs(threads):
        x, y = sorted((top(a), top(b)))
        if any({top(one), top(other)} == {x, y} for one, other in barred):
            continue
        parent[y] = x
    groups: dict[int, list[Thread]] = defaultdict(list)
    for i, thread in enumerate(threads):
        groups[top(i)].append(thread)
    return list(groups.values())


def _pairs(threads: Sequence[Thread]) -> Iterator[tuple[int, int]]:
    """Numbers of threads that are one affair, found document by document: never all against all."""
    together: Counter[tuple[int, int]] = Counter()
    sentences: Counter[tuple[int, int]] = Counter()
    blocks: Counter[tuple[int, int]] = Counter()
    for document, numbers in sorted(_holders(threads).items()):
        for a, b in combinations(numbers if len(numbers) <= _MOST_PER_DOCUMENT else (), 2):
            one, other = threads[a], threads[b]
            if (one.key[0] == other.key[0] or one.key[1] == other.key[1]) and one.near(other):
                together[a, b] += 1
                sentences[a, b] += _in_one_sentence(one, other, document)
                blocks[a, b] += _in_neighbouring_blocks(one, other, document)
    for (a, b), count in sorted(together.items()):
        one, other = threads[a], threads[b]
        smaller = min(len(one.told), len(other.told))
        both = len(one.told) + len(other.told) - len(one.told.keys() & other.told.keys())
        nowhere_else = both == smaller and blocks[a, b] >= TOLD_TOGETHER * smaller
        same_coverage = smaller > 1 and count >= SAME_COVERAGE * both
        same_target = smaller > 2 and one.key[1] == other.key[1] and count >= SAME_TARGET * smaller
        if sentences[a, b] >= TOLD_TOGETHER * smaller or nowhere_else or same_coverage or same_target:
            yield a, b


def _in_one_sentence(a: Thread, b: Thread, document: str) -> bool:
    return not {act.sentence for act in a.told[document]}.isdisjoint(act.sentence for act in b.told[document])


def _in_neighbouring_blocks(a: Thread, b: Thread, document: str) -> bool:
    around = {act.segment + step for act in a.told[document] for step in (-1, 0, 1)}
    return not around.isdisjoint(act.segment for act in b.told[document])


def _with_loose(
    groups: list[list[Thread]], loose: Sequence[Thread], apart: Sequence[tuple[Thread, Thread]]
) -> list[list[Thread]]:
    """Put each loose thread ("labs of that country") into the one group that its documents tell most of.

    It never joins two groups: being unnamed, it would bridge affairs that have nothing to do with each other. Loose
    threads without such a group are joined among themselves.
    """
    told = [Counter(act.document for thread in group for act in thread.acts) for group in groups]
    keys = [{(i, t.key[i]) for t in group for i in (0, 1) if t.key[i]} for group in groups]
    holds: dict[str, list[int]] = defaultdict(list)
    for number, documents in enumerate(told):
        for document in documents:
            holds[document].append(number)
    alone: list[Thread] = []
    result = [list(group) for group in groups]
    for thread in loose:
        shared: Counter[int] = Counter()
        acts: Counter[int] = Counter()
        for document in thread.told:
            for number in holds.get(document, ()):
                shared[number] += 2
                acts[number] += told[number][document]
        for number in [n for n in shared if _barred(thread, result[n], apart)]:
            del shared[number]
        for number in shared:  # a side in common counts half a document
            shared[number] += not keys[number].isdisjoint(enumerate(thread.key))
        if shared:
            result[min(shared, key=lambda n: (-shared[n], -acts[n], n))].append(thread)
        else:
            alone.append(thread)
    return result + _components(alone, apart)


def _barred(thread: Thread, group: Sequence[Thread], apart: Sequence[tuple[Thread, Thread]]) -> bool:
    """Whether a group holds a thread that this one is never to be joined with."""
    never = [b if a is thread else a for a, b in apart if thread is a or thread is b]
    return any(one is other for one in never for other in group)


def _holders(threads: Sequence[Thread]) -> dict[str, list[int]]:
    holds: dict[str, list[int]] = defaultdict(list)
    for number, thread in enumerate(threads):
        for document in thread.told:
            holds[document].append(number)
    return holds
