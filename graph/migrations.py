"""Schema steps: each is applied once, in its own transaction, and recorded in the file."""

from __future__ import annotations

import sqlite3
from importlib import resources

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("distillwatch")


@MIGRATIONS(name="0001 schema")
def _schema(db: Database) -> None:
    _apply(db, "schema.sql")


@MIGRATIONS(name="0002 comparison")
def _comparison(db: Database) -> None:
    _apply(db, "compare.sql")


@MIGRATIONS(name="0003 support")
def _support(db: Database) -> None:
    _apply(db, "support.sql")


@MIGRATIONS(name="0004 collecting")
def _collecting(db: Database) -> None:
    _apply(db, "collecting.sql")


@MIGRATIONS(name="0005 disputes")
def _disputes(db: Database) -> None:
    _apply(db, "disputes.sql")


@MIGRATIONS(name="0006 proposals")
def _proposals(db: Database) -> None:
    _apply(db, "proposals.sql")


@MIGRATIONS(name="0007 crowded blocks")
def _crowded(db: Database) -> None:
    _apply(db, "crowded.sql")


@MIGRATIONS(name="0008 regrouping")
def _regrouping(db: Database) -> None:
    _apply(db, "regroup.sql")


@MIGRATIONS(name="0009 life of a flag")
def _flag_life(db: Database) -> None:
    _apply(db, "flag_life.sql")


@MIGRATIONS(name="0010 reparsed")
def _reparsed(db: Database) -> None:
    _apply(db, "reparsed.sql")


@MIGRATIONS(name="0011 terms in force")
def _terms_in_force(db: Database) -> None:
    _apply(db, "terms_in_force.sql")


@MIGRATIONS(name="0012 said at")
def _said_at(db: Database) -> None:
    _apply(db, "said_at.sql")


@MIGRATIONS(name="0013 drift chains")
def _drift_chains(db: Database) -> None:
    _apply(db, "drift_chains.sql")


@MIGRATIONS(name="0014 told")
def _told(db: Database) -> None:
    _apply(db, "told.sql")


def _apply(db: Database, file: str) -> None:
    script = resources.files("distillwatch.graph").joinpath(file).read_text(encoding="utf-8")
    for statement in statements(script):
        db.conn.execute(statement)


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
