"""Schema steps: each is applied once, in its own transaction, and recorded in the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from importlib import resources

from sqlite_utils import Database, Migrations

_STEPS = (
    ("0001 schema", "schema.sql"),
    ("0002 comparison", "compare.sql"),
    ("0003 support", "support.sql"),
    ("0004 collecting", "collecting.sql"),
    ("0005 disputes", "disputes.sql"),
    ("0006 proposals", "proposals.sql"),
    ("0007 crowded blocks", "crowded.sql"),
    ("0008 regrouping", "regroup.sql"),
    ("0009 life of a flag", "flag_life.sql"),
    ("0010 reparsed", "reparsed.sql"),
    ("0011 terms in force", "terms_in_force.sql"),
    ("0012 said at", "said_at.sql"),
    ("0013 drift chains", "drift_chains.sql"),
    ("0014 told", "told.sql"),
)
"""Name and file of each step, in order. A step that was ever released never changes: another one follows it."""


def _step(file: str) -> Callable[[Database], None]:
    def apply(db: Database) -> None:
        script = resources.files("distillwatch.graph").joinpath(file).read_text(encoding="utf-8")
        for statement in statements(script):
            db.conn.execute(statement)

    return apply


def _made() -> Migrations:
    made = Migrations("distillwatch")
    for name, file in _STEPS:
        made(name=name)(_step(file))
    return made


MIGRATIONS = _made()


def newer(db: Database) -> list[str]:
    """Names of the steps in the file that this version does not know: it was written by a newer one."""
    known = {m.name for m in MIGRATIONS.applied(db)} | {m.name for m in MIGRATIONS.pending(db)}
    with Database(memory=True) as empty:
        ours = {m.name for m in MIGRATIONS.pending(empty)}
    return sorted(known - ours)


def statements(script: str) -> list[str]:
    """The single statements of a script. `executescript` would commit the open transaction, this does not."""
    found, rest = [], ""
    for line in script.splitlines(keepends=True):
        rest += line
        if sqlite3.complete_statement(rest):
            found.append(rest.strip())
            rest = ""
    return found
