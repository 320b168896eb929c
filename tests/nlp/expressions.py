"""Every regular expression that reading compiles, and hostile strings made of an expression's own words.

Run as a program it prints them as JSON: it watches the compiler of `re` while the modules are imported, the lexicons of
both topics loaded, and a text read in each language. So nothing that is kept in a table or built on the way is missed.
"""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from re import _constants as ops  # type: ignore[attr-defined] # as in nlp/prefilter.py: no public way to the parts
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

TEXT = "Norvane alleges that Huaixu trained Linmo 2 on 24,000 answers of March 3, 2026. 该公司表示 2026年3月3日。"
# a checkout may have the package's name, and an environment may lie in it: only what is in the package is ours
PACKAGE = Path(importlib.util.find_spec("distillwatch").submodule_search_locations[0])  # type: ignore[union-attr, index]
ENDS = {ops.CATEGORY_DIGIT: "1", ops.CATEGORY_SPACE: " ", ops.CATEGORY_NOT_WORD: " "}
PLAIN = ("a", "A", "1", " ", "Aa ", "a ", "1,", ".", "人")


def compiled() -> list[tuple[str, int, str]]:
    """(pattern, flags, the line that compiles it) of each."""
    answer = subprocess.run([sys.executable, __file__], capture_output=True, check=True, text=True)
    return [(pattern, flags, where) for pattern, flags, where in json.loads(answer.stdout)]


def fragments(pattern: str, flags: int) -> list[str]:
    """Strings of which a hostile text may consist: its beginning, its words, what words are made of."""
    sample, inner = _parts(parser.parse(pattern, flags & ~re.DEBUG))
    own = {sample, sample[:-1], sample[: len(sample) // 2], sample + " ", *inner, *(part + " " for part in inner)}
    chosen = sorted(part for part in own - {""} if len(part) < 200)
    step = max(1, len(chosen) // 16)  # an expression of hundreds of words gives every so many
    return [*chosen[::step], *PLAIN]


def _parts(items: Iterable[tuple[Any, Any]]) -> tuple[str, list[str]]:
    """A string that the items may match, and the words in them."""
    sample, words = "", []
    for op, value in items:
        inner: list[str] = []
        one = ""
        if op is ops.LITERAL:
            one = chr(value)
        elif op is ops.IN:
            one = _member(value)
        elif op in (ops.ANY, ops.NOT_LITERAL):
            one = "x"
        elif op is ops.SUBPATTERN:
            one, inner = _parts(value[3])
        elif op is ops.ATOMIC_GROUP:
            one, inner = _parts(value)
        elif op is ops.BRANCH:
            branches = [_parts(branch) for branch in value[1]]
            one, inner = branches[0][0], [word for first, more in branches for word in (first, *more)]
        elif op in (ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT):
            body, inner = _parts(value[2])
            one = body * max(1, min(value[0], 3))
            inner = [*inner, body]
        elif op in (ops.ASSERT, ops.ASSERT_NOT):
            inner = _parts(value[1])[1]
        sample += one
        words += inner
    return sample, [*words, sample]


def _member(items: list[tuple[Any, Any]]) -> str:
    kind, value = items[0]
    if kind is ops.NEGATE:
        return "x"
    if kind is ops.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is ops.RANGE else ENDS.get(value, "a")


def _watch() -> dict[tuple[str, int], str]:
    """Each expression that code of the package compiles from now on → where."""
    from re import _compiler  # type: ignore[attr-defined] # the one place that all of `re` compiles at

    found: dict[tuple[str, int], str] = {}
    compile_one = _compiler.compile

    def watched(pattern: Any, flags: int = 0) -> Any:
        made = compile_one(pattern, flags)
        frame = sys._getframe(1)
        while frame.f_back is not None and "/re/" in frame.f_code.co_filename:
            frame = frame.f_back
        place = Path(frame.f_code.co_filename)
        if place.is_relative_to(PACKAGE) and isinstance(pattern, str):
            found.setdefault((pattern, made.flags), f"{place.relative_to(PACKAGE)}:{frame.f_lineno}")
        return made

    _compiler.compile = watched
    return found


def main() -> None:
    """Print them."""
    found = _watch()
    import importlib
    import pkgutil

    import distillwatch.nlp
    from distillwatch.nlp.extract import Extractor
    from distillwatch.nlp.model import load_model
    from distillwatch.records import Document, Segment
    from distillwatch.topic import bundled, load_topic

    for module in pkgutil.walk_packages(distillwatch.nlp.__path__, "distillwatch.nlp."):
        importlib.import_module(module.name)
    nlp = load_model()
    segment = Segment(position=0, kind="paragraph", start=0, end=len(TEXT))
    for name in ("distillation", "sample"):
        extractor = Extractor(load_topic(bundled(name)), nlp)
        for language in ("en", "fr", "de", "es", "zh", "ja", "ko"):
            extractor.extract(
                Document(
                    id="d", source_id="s", url="u", kind="news", language=language, title="", text=TEXT,
                    segments=(segment,),
                )
            )  # fmt: skip
    json.dump([[pattern, flags, where] for (pattern, flags), where in found.items()], sys.stdout)


if __name__ == "__main__":
    main()
