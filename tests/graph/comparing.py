"""A small invented world for tests of comparing: an accuser, an accused with a model and a spokesman."""

from __future__ import annotations

from typing import Any

import msgspec

from distillwatch.quantities import Quantity
from distillwatch.records import Claim, Document, Entity
from distillwatch.topic import Topic
from tests.graph.builders import claim, document, entity

NORVANE = entity("company", "Norvane")
OSTRA = entity("model", "Ostra", owner="Norvane")
TARSIL = entity("company", "Tarsil")
MIREL = entity("model", "Mirel", owner="Tarsil")
LANTZ = entity("person", "Ivo Lantz", owner="Tarsil")
ALL = (NORVANE, OSTRA, TARSIL, MIREL, LANTZ)
USED = "trained_on_outputs_of"


def small_world(topic: Topic) -> Topic:
    """The topic with these actors and without decisions."""
    return msgspec.structs.replace(topic, entities=ALL, decisions=())


def page(key: str, published: str = "2026-04-20", **fields: Any) -> Document:
    """A page whose paragraphs are all different, from an outlet of its own."""
    lines = (" ".join(f"{key}{n}{word}" for word in range(12)) + f" on {published}." for n in range(4))
    return document(key, *lines, published=published, **{"outlet": f"Outlet {key}", **fields})


def alleged(on: Document, subject: Entity = TARSIL) -> Claim:
    """The accusation, in the second paragraph."""
    return claim(on, 1, subject, USED, OSTRA, speaker=NORVANE, speech_act="alleges")


def denied(on: Document, subject: Entity = TARSIL) -> Claim:
    """The denial, in the third."""
    return claim(on, 2, subject, USED, OSTRA, speaker=LANTZ, speech_act="denies", polarity="-")


def size(on: Document, billions: float, of: Entity = MIREL) -> Claim:
    """A figure, in the fourth."""
    return claim(on, 3, of, "has_parameters", quantity=Quantity(billions * 1e9, billions * 1e9, "parameters"))
