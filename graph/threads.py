"""Threads: claims about one actor and one target that speak of the same time. Incidents are made of threads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from distillwatch.graph.acts import Act

Key = tuple[str, str]  # roots of actor and target, "" for a side that is not known

GAP_DAYS = 180
"""Coverage of one affair comes in bursts; half a year of silence ends it unless the texts name the same models."""
_PAIRED = ("act", "measure", "rule")


class Thread(Struct, frozen=True):
    """Acts of one pair at one time. `documents` are those in which the pair stands."""

    key: Key
    acts: tuple[Act, ...]

    @property
    def loose(self) -> bool:
        """Whether who acted is not named, or only as a collective, so that it may be part of several affairs."""
        named = {p.root for a in self.acts for p in (*a.actors, *a.targets) if not p.loose}
        return self.key[0] not in named or not self.key[1]

    @property
    def documents(self) -> frozenset[str]:
        """Ids of the documents that tell of it."""
        return frozenset(act.document for act in self.acts)

    @property
    def founding(self) -> bool:
        """Whether a named actor is said to have done something to a named target: consequences alone found nothing."""
        return all(self.key) and any(a.role == "act" and a.real for a in self.acts)

    def tells(self, documents: frozenset[str]) -> int:
        """How many of its documents are among these."""
        return len(self.documents & documents)


class _Telling(Struct, frozen=True):
    """What one document says of one pair."""

    day: str  # of the thing told, else of publication
    anchored: bool  # whether the text gives the day
    things: frozenset[str]  # models and products named, finer than the pair
    acts: tuple[Act, ...]


def threads(acts: Sequence[Act]) -> list[Thread]:
    """Split the acts of each pair by time. Linear but for sorting; the order of the input does not matter."""
    told: dict[Key, dict[str, list[Act]]] = defaultdict(lambda: defaultdict(list))
    for act in acts:
        if act.role in _PAIRED:
            for key in keys(act):
                told[key][act.document].append(act)
    found: list[Thread] = []
    for key in sorted(told):
        tellings = sorted((_telling(key, a) for a in told[key].values()), key=lambda t: (t.day, t.acts[0].document))
        groups: list[list[_Telling]] = []
        last: list[str] = []  # the latest day of each group that is told as news, not as history
        for telling in tellings:
            near = next((i for i in reversed(range(len(groups))) if _days(last[i], telling.day) <= GAP_DAYS), None)
            home = near if near is not None else _looked_back_on(groups, telling)
            if home is None:
                groups.append([telling])
                last.append(telling.day)
                continue
            groups[home].append(telling)
            if home == near:
                last[home] = telling.day
        found.extend(Thread(key, tuple(act for telling in group for act in telling.acts)) for group in groups)
    return found


def keys(act: Act) -> list[Key]:
    """The pairs of firms that an act is about; none for what a firm does with its own things."""
    actors = sorted({p.root for p in act.actors}) or [""]
    targets = sorted({p.root for p in act.targets}) or [""]
    return [(a, t) for a in actors for t in targets if a != t]


def _telling(key: Key, acts: list[Act]) -> _Telling:
    days = [act.when for act in acts if act.when]
    things = {p.id for act in acts for p in (*act.actors, *act.targets) if p.root in key and p.id != p.root}
    return _Telling(min(days) if days else acts[0].published, bool(days), frozenset(things), tuple(acts))


def _looked_back_on(groups: list[list[_Telling]], telling: _Telling) -> int | None:
    """The latest earlier thread that a document without a date of its own tells again, by the models that it names."""
    if telling.anchored:
        return None
    told = (any(telling.things & earlier.things for earlier in group) for group in reversed(groups))
    return next((len(groups) - 1 - i for i, same in enumerate(told) if same), None)


def _days(a: str, b: str) -> int:
    return abs((date.fromisoformat(b) - date.fromisoformat(a)).days)
