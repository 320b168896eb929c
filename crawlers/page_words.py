"""The word lists of `page_words.toml`, read once: they are constants that happen to be easier to read as data."""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import Any, Final

_TABLE: Final[dict[str, Any]] = tomllib.loads(
    resources.files("distillwatch.crawlers").joinpath("page_words.toml").read_text("utf-8")
)


def word_list(section: str, name: str) -> tuple[str, ...]:
    """The words of a white-space separated list, in order."""
    return tuple(_TABLE[section][name].split())


def rows(section: str, name: str) -> tuple[str, ...]:
    """The strings of an array, in order."""
    return tuple(_TABLE[section][name])


def any_of(section: str, name: str) -> str:
    """One alternation of the patterns of an array; NUMBER stands for a number in digits or as a word."""
    return "(?:" + "|".join(rows(section, name)).replace("NUMBER", _TABLE["lines"]["number"]) + ")"


def pattern(section: str, name: str, *, before: str = "", after: str = "") -> re.Pattern[str]:
    """`any_of` between `before` and `after`, without regard to case."""
    return re.compile(before + any_of(section, name) + after, re.IGNORECASE)
