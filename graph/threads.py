"""Threads: claims about one actor and one target that speak of the same time. Incidents are made of threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain

from msgspec import Struct

from distillwatch.graph.acts import Act

Key = tuple[str, str]  # roots of actor and target, "" for a side that is not known

GAP_DAYS = 180
"""Coverage of one affair comes in bursts; half a year of silence ends it unless the texts name the same models."""
HISTORY_DAYS = 400
"""A text that looks back dates things less exactly: the same models within a good year are the same affair."""
_PAIRED = ("act", "measure", "sanction", "rule")


class Thread(Struct, frozen=True):
    """Acts of one pair at one time, by the document that tells them."""

    key: Key
    told: dict[str, tuple[Act, ...]]
    first: str  # the first and the last day of what is told as news
    last: str
    dated: bool  # whether any of its texts gives a day

    @property
    def loose(self) -> bool:
        """Whether who acted is not named, or only as a collective, so that it may be part of several affairs."""
        named = {p.root for a in self.acts for p in (*a.actors, *a.targets) if not p.loose}
        return self.key[0] not in named or not self.key[1]

    @property
    def acts(self) -> Iterator[Act]:
        """All acts, document by document."""
        return chain.from_iterable(self.told.values())

    @property
    def founding(self) -> bool:
        """Whether a named actor is said to have done something to a named target, or was put under controls for it.

        Other consequences, such as a lawsuit or a blocked account, found nothing by themselves: there are too many of
        other matters.
        """
        return all(self.key) and any(
            (a.role == "act" and a.real) or (a.role == "sanction" and a.real and a.polarity == "+") for a in self.acts
        )

    def near(self, other: Thread) -> bool:
        """Whether both speak of about the same time."""
        known = self.dated and other.dated
        return not known or days_between(min(self.last, other.last), max(self.first, other.first)) <= GAP_DAYS


class _Telling(Struct, frozen=True):
    """What one document says of one pair."""

    first: str  # days of the things told, else of publication
    last: str
    anchored: bool  # whether the text gives a day
    dated: bool  # whether it does, or its day of publication is known
    published: str
    things: frozenset[str]  # models and products named, finer than the pair
    acts: tuple[Act, ...]

    @property
    def history(self) -> bool:
        """Whether the text looks back."""
        return days_between(self.last, self.published) > GAP_DAYS


class _Group:
    """Tellings of one pair that belong together, growing in the order of time."""

    def __init__(self, telling: _Telling) -> None:
        self.tellings = [telling]
        self.first, self.last = telling.first, telling.last
        self.things = set(telling.things)
        self.history = telling.history
        self.dated = telling.dated

    def takes(self, telling: _Telling) -> bool:
        """Add a telling that goes on with the group, near in time or looking back on the same models."""
        gap = days_between(self.last, telling.first) if telling.dated and self.dated else 0
        same_things = bool(self.things & telling.things)
        dimly_dated = same_things and gap <= HISTORY_DAYS and (self.history or telling.history)
        if gap <= GAP_DAYS or dimly_dated:
            self.last = max(self.last, telling.last) if telling.dated else self.last
        elif telling.anchored or not same_things:
            return False  # an undated look back is taken, but does not prolong the group
        self.tellings.append(telling)
        self.things |= telling.things
        self.history = self.history and telling.history
        return True


def threads(acts: Sequence[Act]) -> list[Thread]:
    """Split the acts of each pair by time. Linear but for sorting; the order of the input does not matter."""
    told: dict[Key, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for act in acts:
        if act.role in _PAIRED:
            for key in keys(act):
                told[key][act.document].append(act)
    found: list[Thread] = []
    for key in sorted(told):
        tellings = sorted(
            (_telling(key, a) for a in told[key].values()),
            key=lambda t: (not t.dated, t.first, t.acts[0].document),  # what has no date goes with what has one
        )
        groups: list[_Group] = []
        for telling in tellings:
            if not any(group.takes(telling) for group in reversed(groups)):
                groups.append(_Group(telling))
        found += [
            Thread(key, {t.acts[0].document: t.acts for t in g.tellings}, g.first, g.last, g.dated) for g in groups
        ]
    return found


def cut(thread: Thread, one: str, other: str) -> list[Thread]:
    """The thread as two, around two of its documents: each further document goes with the one nearer in time."""
    tellings = {document: _telling(thread.key, list(acts)) for document, acts in thread.told.items()}
    parts: tuple[list[_Telling], list[_Telling]] = ([], [])
    for document, telling in tellings.items():
        far = [abs(days_between(tellings[centre].first, telling.first)) for centre in (one, other)]
        parts[document == other or (document != one and far[1] < far[0])].append(telling)
    return [_thread(thread.key, part) for part in parts]


def _thread(key: Key, tellings: Sequence[_Telling]) -> Thread:
    known = [t for t in tellings if t.dated] or tellings
    first, last = min(t.first for t in known), max(t.last for t in known)
    return Thread(key, {t.acts[0].document: t.acts for t in tellings}, first, last, known is not tellings)


def keys(act: Act) -> list[Key]:
    """The pairs of firms that an act is about; none for what a firm does with its own things."""
    actors = sorted({p.root for p in act.actors}) or [""]
    targets = sorted({p.root for p in act.targets}) or [""]
    return [(a, t) for a in actors for t in targets if a != t]


def days_between(earlier: str, later: str) -> int:
    """Days from one ISO day to a later one; negative when it is not later."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def _telling(key: Key, acts: list[Act]) -> _Telling:
    days = [day for act in acts if act.when for day in (act.when, act.until)]
    things = {p.id for act in acts for p in (*act.actors, *act.targets) if p.root in key and p.id != p.root}
    published = acts[0].published
    return _Telling(
        min(days, default=published),
        min(max(days, default=published), published),
        bool(days),
        bool(days) or acts[0].dated,
        published,
        frozenset(things),
        tuple(acts),
    )
