"""What goes with an incident besides the act: answers, measures, breaches of terms, letters, told in its documents."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Sequence

from distillwatch.graph.acts import Act
from distillwatch.graph.threads import GAP_DAYS, Thread, days_between


class Telling:
    """What one document tells of one group: its acts, their sides, their speakers, and where they stand."""

    def __init__(self) -> None:
        self.acts: dict[str, Act] = {}
        self.sides: set[str] = set()
        self.speakers: set[str] = set()
        self._segments: list[int] = []

    def add(self, act: Act) -> None:
        """One more act."""
        self.acts[act.claim] = act
        self.sides |= {p.root for p in (*act.actors, *act.targets)}
        self.speakers |= {act.speaker} - {""}
        insort(self._segments, act.segment)

    def distance(self, segment: int) -> int:
        """How many blocks the nearest act stands away."""
        at = bisect_left(self._segments, segment)
        return min(abs(near - segment) for near in self._segments[max(0, at - 1) : at + 1])


class Members:
    """The acts of each group, by document, growing while further acts are attached."""

    def __init__(self, groups: Sequence[Sequence[Thread]]) -> None:
        self._groups = groups
        self._told: list[dict[str, Telling]] = [defaultdict(Telling) for _ in groups]
        self._holds: dict[str, list[int]] = defaultdict(list)
        self._home: dict[str, int] = {}
        for number, group in enumerate(groups):
            for thread in group:
                for act in thread.acts:
                    self._add(number, act)

    def attach(self, acts: Sequence[Act]) -> None:
        """Put each act that no thread holds where it belongs, if anywhere. What concerns a policy only is left out."""
        letters: dict[tuple[str, str], list[Act]] = defaultdict(list)
        for act in acts:
            if act.claim in self._home or act.role == "policy":
                continue
            if act.role == "letter" and act.actors:
                letters[act.actors[0].root, act.words.casefold().rpartition(" ")[2]].append(act)
            home = self._fitting(act)
            if home is not None:
                self._add(home, act)
        for sent in letters.values():
            home = self._home_of_letter(sent)
            if home is not None:
                for act in [a for a in sent if a.claim not in self._home and self._in_time(home, a)]:
                    self._add(home, act)

    def acts(self, number: int) -> list[Act]:
        """All acts of one group, document by document."""
        return [act for document in sorted(self._told[number]) for act in self._told[number][document].acts.values()]

    def _add(self, number: int, act: Act) -> None:
        if act.document not in self._told[number]:
            self._holds[act.document].append(number)
        self._told[number][act.document].add(act)
        self._home[act.claim] = number

    def _fitting(self, act: Act) -> int | None:
        """The group that the same document tells with most of the act's parties, the nearest of them in the text."""
        parties = {p.root for p in (*act.actors, *act.targets)} | ({act.speaker} - {""})
        scored = []
        for number in self._holds.get(act.document, ()):
            here = self._told[number][act.document]
            shared = 2 * len(parties & here.sides) + len(parties & here.speakers)
            if shared:
                scored.append((-shared, here.distance(act.segment), number))
        return min(scored)[2] if scored else None

    def _home_of_letter(self, sent: Sequence[Act]) -> int | None:
        """Where a letter belongs that several documents tell of: to the incident that they put it in, else to the one
        that half of them tell beside it. So a page that only tells of the letter is found too."""
        put = Counter(self._home[act.claim] for act in sent if act.claim in self._home)
        if put:
            return min(put, key=lambda n: (-put[n], n))
        documents = {act.document for act in sent}
        beside = Counter(n for document in documents for n in self._holds.get(document, ()))
        best = min(beside, key=lambda n: (-beside[n], n), default=None)
        return best if best is not None and beside[best] > 1 and 2 * beside[best] >= len(documents) else None

    def _in_time(self, number: int, act: Act) -> bool:
        """Whether the act falls into the time of the group: every year has its letters."""
        dated = [t for t in self._groups[number] if t.dated]
        day = act.when or act.published
        if not dated or not (act.when or act.dated):
            return True
        first, last = min(t.first for t in dated), max(t.last for t in dated)
        return days_between(day, first) <= GAP_DAYS and days_between(last, day) <= GAP_DAYS
