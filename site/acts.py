"""Predicates and kinds of incident in words, made from the sentences that the vocabulary gives them."""

from __future__ import annotations

import re

from distillwatch.topic import Topic

_SLOT = re.compile(r"( (?:of|by|to|on|against))? ?\{(?:subject|object)\}")


def act(topic: Topic, predicate: str, model: bool = False) -> str:
    """What a predicate says without who and whom: "is looking into", "trained on what … produced"."""
    entry = topic.vocabulary.predicates.get(predicate)
    if entry is None:
        return predicate.replace("_", " ")
    reads = entry.clause("model" if model else "")
    bare = reads.replace("{subject}", "").replace("({object})", "").replace("{object}", "…")
    return bare.strip().removesuffix("…").rstrip(" ,:")


def affair(topic: Topic, kind: str) -> str:
    """A kind of incident without its names: "training on outputs", "lawsuit"; the bare kind where it has no title."""
    entry = topic.vocabulary.predicates.get(kind)
    bare = _SLOT.sub("", entry.title).strip() if entry else ""
    return bare or kind.replace("_", " ")
