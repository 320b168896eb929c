"""The word lists that linking and comparing read: what cannot be used is named with its file and entry."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from distillwatch.errors import TopicInvalid
from distillwatch.graph.credits import Cues
from distillwatch.graph.marks import Marks
from distillwatch.topic import Topic

BROKEN = "/(/"
SUM = {"kind": "share", "language": "en", "pattern": "{p}%% of {n} is {m}"}


@pytest.mark.parametrize(
    ("table", "entry", "said"),
    [
        ("marks", {"only": [BROKEN]}, "'.*' is no regular expression"),
        ("marks", {"only": []}, "a list of words is empty"),
        ("marks", {"only": "only"}, r"\$\.marks"),
        ("roles", {"chair": []}, "a list of words is empty"),
        ("votes", [BROKEN], "is no regular expression"),
        ("receiver", {"words": [BROKEN]}, "is no regular expression"),
        ("genus", [{"name": "a", "words": [BROKEN]}], "is no regular expression"),
        ("genus", [{"name": "a", "words": ["a"], "denied": ["b"]}], "unknown field `denied`"),
        ("opposites", [{"one": ["a"], "other": []}], "a list of words is empty"),
        ("seats", {"chair": ["agencies"]}, "Invalid enum value 'agencies'"),
        ("reckoning", [{**SUM, "kind": "sum"}], "Invalid enum value 'sum'"),
        ("reckoning", [{**SUM, "pattern": "({p}"}], "is no regular expression"),
        ("markz", {}, "unknown field `markz`"),
    ],
)
def test_a_word_list_of_the_rules_that_cannot_be_used_is_named(
    table: str, entry: object, said: str, topic: Topic
) -> None:
    lexicon: dict[str, Any] = deepcopy(topic.vocabulary.lexicon("compare"))
    lexicon[table] = entry
    with pytest.raises(TopicInvalid, match=rf"lexicon/compare\.toml: .*{said}"):
        Marks(lexicon)


def test_a_mark_that_a_rule_asks_for_has_to_be_there(topic: Topic) -> None:
    marks = Marks({**topic.vocabulary.lexicon("compare"), "marks": {"only": ["only"]}})
    assert marks.has("only", "It was the only one.")
    for ask in (lambda: marks.has("career", "An engineer."), lambda: marks.followed("career", " x")):
        with pytest.raises(TopicInvalid, match=r"compare\.toml: \[marks\] has no 'career'"):
            ask()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"copy": ["(NAME"]}, r"'\(NAME' is no regular expression"),
        ({"cites": 3}, r"\$\.cites"),
        ({"hint": []}, "unknown field `hint`"),
    ],
)
def test_a_line_of_credit_that_cannot_be_used_is_named(changed: dict[str, object], said: str, topic: Topic) -> None:
    with pytest.raises(TopicInvalid, match=rf"lexicon/credits\.toml: .*{said}"):
        Cues({**topic.vocabulary.lexicon("credits"), **changed})


@pytest.mark.parametrize(
    ("mark", "text", "rest"),
    [
        ("rejecting", "It was on 6 May, not on 5 May.", "It was on 6 May, ."),
        ("rejecting", "Am 6. Mai, nicht am 5. Mai.", "Am 6. Mai, . Mai."),
        ("rejecting", "A notice of 5 May.", "A notice of 5 May."),
        ("career", "the former Norvane engineer", "the "),
        ("career", "ex-Norvane staff", ""),
        ("career", "a panel of experts at Norvane", "a panel of experts at Norvane"),
    ],
)
def test_what_follows_a_mark_belongs_to_it(mark: str, text: str, rest: str, topic: Topic) -> None:
    tail = {"rejecting": r"[^.;\d]{0,20}\d[^.;]{0,20}", "career": r" ?(?:\w+[ -]){0,2}\w+"}[mark]
    assert Marks(topic.vocabulary.lexicon("compare")).followed(mark, tail).sub("", text) == rest
