"""An invented world of actors and a short way to say what a page tells: for tests of linking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from sqlite_utils import Database

from distillwatch.graph.link import link
from distillwatch.records import Claim, Document
from distillwatch.topic import Topic
from tests.graph.builders import NOW, claim, document, entity, put, store

NORVANE = entity("company", "Norvane")
OSTRA = entity("model", "Ostra", owner="Norvane")
QUELLMARK = entity("company", "Quellmark")
PELLAN = entity("model", "Pellan", owner="Quellmark")
TARSIL = entity("company", "Tarsil")
HUAIXU = entity("company", "Huaixu")
LABS = entity("group", "southern labs")
MINISTRY = entity("agency", "Ministry of Trade", owner="Vantry")
VANTRY = entity("country", "Vantry")
ORDER = entity("policy", "Order 7", owner="Ministry of Trade")
TERMS = entity("policy", "Norvane Terms", owner="Norvane")
SPOKESMAN = entity("person", "Ivo Lantz", owner="Quellmark")
ALL = (NORVANE, OSTRA, QUELLMARK, PELLAN, TARSIL, HUAIXU, LABS, MINISTRY, VANTRY, ORDER, TERMS, SPOKESMAN)
USED, ASKED = "trained_on_outputs_of", "accessed"


def world(topic: Topic) -> Topic:
    return msgspec.structs.replace(topic, entities=ALL, decisions=())


def page(key: str, lines: int = 4, published: str = "2026-04-20", **fields: Any) -> Document:
    """A page whose paragraphs are all different, so that no two pages are copies."""
    return document(key, *(f"Line {n} of the page {key} tells something of its own." for n in range(lines)),
                    published=published, **fields)  # fmt: skip


def told(on: Document, *claims: tuple[Any, ...], **fields: Any) -> tuple[Document, list[Claim]]:
    """A page with claims (segment, subject, predicate, object, {slots})."""
    made = []
    for segment, subject, predicate, obj, *slots in claims:
        made.append(claim(on, segment, subject, predicate, obj, **(slots[0] if slots else {})))
    return on, made


def linked(path: Path, topic: Topic, *pages: tuple[Document, list[Claim]]) -> Database:
    db = store(path, *ALL)
    for on, claims in pages:
        put(db, on, *claims)
    link(db, world(topic), NOW)
    return db


def groups(db: Database, role: str = "main") -> dict[str, set[str]]:
    """Title → files of the documents that tell of it."""
    found: dict[str, set[str]] = {}
    for title, file in db.conn.execute(
        """SELECT i.title, d.file FROM incident_documents r JOIN incidents i ON i.id = r.incident_id
           JOIN documents d ON d.id = r.document_id WHERE r.role = ?""",
        (role,),
    ):
        found.setdefault(title, set()).add(file.removesuffix(".html"))
    return found


ALLEGED = {"speech_act": "alleges", "speaker": NORVANE}
Q_TO_N = (1, QUELLMARK, USED, OSTRA, ALLEGED)
