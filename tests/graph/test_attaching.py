"""What goes with an incident stands beside it."""

from __future__ import annotations

import pytest

from distillwatch.graph.acts import Act
from distillwatch.graph.attaching import Telling


def act(segment: int, speaker: str = "") -> Act:
    return Act(
        claim=f"c{segment}", document="d", segment=segment, sentence=segment, role="act", predicate="accessed",
        actors=(), targets=(), speaker=speaker, voice=speaker, published="2026-05-01", dated=True, when="", until="",
        precision="", speech_act="alleges", polarity="+", hedge="none", words="", headline=False,
    )  # fmt: skip


@pytest.mark.parametrize(("segment", "away"), [(0, 2), (2, 0), (5, 3), (6, 3), (8, 1), (9, 0), (25, 5), (31, 1)])
def test_the_nearest_act_of_a_telling(segment: int, away: int) -> None:
    telling = Telling()
    for place in (30, 2, 9):
        telling.add(act(place, speaker="norvane" if place == 9 else ""))
    assert telling.distance(segment) == away == min(abs(a.segment - segment) for a in telling.acts.values())
    assert telling.speakers == {"norvane"}
