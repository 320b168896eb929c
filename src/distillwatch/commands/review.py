"""`review`: what waits for a human, and the decisions that humans make. A decision is a row, never an edit."""

from __future__ import annotations

import csv
import getpass
from pathlib import Path
from typing import Annotated

import msgspec
import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, reading, settle_topic
from distillwatch.errors import InputMissing, TopicInvalid
from distillwatch.records import Decision
from distillwatch.topic import DECISIONS

LISTED = dict.fromkeys(("contradictions", "entities"), "`distillwatch review list` prints the ids")
SERVED = "`distillwatch serve` shows the table with its ids"
COLUMNS = ("target_table", "target_id", "decision", "value", "reason", "author", "decided_at")
Reason = Annotated[str, typer.Option(help="Why; it is published with the decision.")]
Author = Annotated[
    str,
    typer.Option(help="Who decides; the login name when left out.", envvar="DISTILLWATCH_AUTHOR", show_default=False),
]


def register(app: typer.Typer) -> None:
    """Add the command with its sub-commands."""
    review = typer.Typer(help="List what waits for a human; confirm, dismiss, merge, split.", no_args_is_help=True)
    app.add_typer(review, name="review")

    @review.command("list")
    def list_(context: typer.Context) -> None:
        """Open contradictions and proposed entities."""
        waiting(context.obj)

    @review.command()
    def confirm(context: typer.Context, flag: str, reason: Reason, author: Author = "") -> None:
        """Confirm a contradiction."""
        decide(context.obj, "contradictions", flag, "confirm", "", reason, author)

    @review.command()
    def dismiss(context: typer.Context, flag: str, reason: Reason, author: Author = "") -> None:
        """Dismiss a contradiction; it stays on record with the reason."""
        decide(context.obj, "contradictions", flag, "dismiss", "", reason, author)

    @review.command()
    def merge(context: typer.Context, entity: str, other: str, reason: Reason, author: Author = "") -> None:
        """Say that two entities are the same."""
        decide(context.obj, "entities", entity, "same", other, reason, author)

    @review.command()
    def split(context: typer.Context, entity: str, other: str, reason: Reason, author: Author = "") -> None:
        """Say that two entities are not the same."""
        decide(context.obj, "entities", entity, "not_same", other, reason, author)

    @review.command()
    def establish(context: typer.Context, entity: str, reason: Reason, author: Author = "") -> None:
        """Say that a proposed name is what it is taken for."""
        decide(context.obj, "entities", entity, "establish", "", reason, author)

    @review.command()
    def doubt(context: typer.Context, entity: str, reason: Reason, author: Author = "") -> None:
        """Say that a name is to stay proposed, however many texts use it."""
        decide(context.obj, "entities", entity, "doubt", "", reason, author)

    @review.command()
    def join(context: typer.Context, incident: str, other: str, reason: Reason, author: Author = "") -> None:
        """Say that two incidents are one; the address of the other leads to the first from then on."""
        decide(context.obj, "incidents", incident, "same", other, reason, author)

    @review.command()
    def apart(context: typer.Context, incident: str, other: str, reason: Reason, author: Author = "") -> None:
        """Say that two incidents are never to be joined, whatever further coverage tells."""
        decide(context.obj, "incidents", incident, "not_same", other, reason, author)

    @review.command()
    def part(context: typer.Context, incident: str, entity: str, reason: Reason, author: Author = "") -> None:
        """Say that what an incident tells of one actor or target is an incident of its own."""
        decide(context.obj, "incidents", incident, "part", entity, reason, author, value_table="entities")

    @review.command()
    def rename(context: typer.Context, incident: str, title: str, reason: Reason, author: Author = "") -> None:
        """Give an incident another title."""
        decide(context.obj, "incidents", incident, "rename", title, reason, author, value_table="")

    @review.command()
    def settle(context: typer.Context, prediction: str, outcome: str, reason: Reason, author: Author = "") -> None:
        """Say that a prediction (the id of its claim) was met, failed or is void."""
        settled = DECISIONS["predictions"]
        if outcome not in settled:
            raise typer.BadParameter(f"{outcome!r} is not one of {', '.join(settled)}", param_hint="outcome")
        decide(context.obj, "predictions", prediction, outcome, "", reason, author)


def waiting(context: Context) -> None:
    """Print the identifiers that the other sub-commands take."""
    with reading(context) as db:
        flags = list(
            db.query(
                "SELECT c.id, c.kind, c.status, m.explanation FROM contradictions c JOIN comparisons m "
                "ON m.id = c.comparison_id WHERE c.status IN ('open', 'reopened') ORDER BY c.opened_at, c.id"
            )
        )
        proposed = list(
            db.query(
                "SELECT id, kind, name, documents, evidence FROM ("
                # of the mentions the surest, whose reason says most; a name that is another's is settled
                "SELECT e.id, e.kind, e.name, count(DISTINCT m.document_id) AS documents, max(m.score), "
                "m.reason AS evidence FROM entities e JOIN entities x ON x.canonical_id = e.id "
                "JOIN mentions m ON m.entity_id = x.id "
                "WHERE e.status = 'proposed' AND e.canonical_id = e.id GROUP BY e.id) "
                "ORDER BY documents DESC, id"
            )
        )
    context.summary.update(contradictions=flags, proposed=proposed)
    for flag in flags:
        context.say(f"{flag['id']}  {flag['kind']:12} {flag['explanation']}")
    for entity in proposed:
        found = f"proposed {entity['kind']}, in {entity['documents']} documents: {entity['name']}"
        context.say(f"{entity['id']}  {found} ({entity['evidence']})")
    if not (flags or proposed):
        context.say("nothing waits: no contradiction is open and no name is proposed")
    context.finish()


def decide(
    context: Context,
    table: str,
    target: str,
    decision: str,
    value: str,
    reason: str,
    author: str,
    value_table: str | None = None,
) -> None:
    """Append a decision to the topic's `decisions.tsv`; the next run applies it.

    `value_table` holds the row that `value` names: the table of the target when None, no table when empty. Raises
    InputMissing where there is no such row, both are one, or no reason, title or author is given (a row without them
    could not be read again), and for what would change nothing.
    """
    if value == target:
        raise InputMissing(f"{target!r} stands twice; name the two that the decision is about")
    value, reason, author = _line(value), _line(reason), _line(author) or _login()
    if not reason:
        raise InputMissing("--reason is empty; say why, it is published with the decision")
    if value_table == "" and not value:
        raise InputMissing("the title is empty; give the words that the incident is to be called by")
    with reading(context) as db:
        settle_topic(context, db)  # the decision goes into the tables of the topic that the home holds
        for where, identity in ((table, target), (table if value_table is None else value_table, value)):
            key = "claim_id" if where == "predictions" else "id"
            if where and identity and not db.table(where).count_where(f"{key} = ?", [identity]):
                raise InputMissing(f"no row {identity!r} in {where}; {LISTED.get(where, SERVED)}")
        if table == "incidents" and decision != "rename":
            check_incidents(db, target, decision, value)
    row = Decision(
        target_table=table, target_id=target, decision=decision, value=value, reason=reason, author=author,
        decided_at=context.now,
    )  # fmt: skip
    append(context.topic.folder / "decisions.tsv", row)
    context.record("review", {"decided": f"{decision} {target} {value}".strip(), "by": row.author})
    context.finish()


def check_incidents(db: Database, target: str, decision: str, value: str) -> None:
    """Raise InputMissing where a decision to join or part incidents would change nothing: the course of a policy is
    told by itself, and nothing can be parted that an incident does not tell of.
    """
    from distillwatch.graph.policies import KIND

    for incident in (target,) if decision == "part" else (target, value):
        (kind,) = db.conn.execute("SELECT kind FROM incidents WHERE id = ?", (incident,)).fetchone()
        if kind == KIND:
            raise InputMissing(f"{incident} is the course of a policy, which stands by itself; it can only be renamed")
    told = """SELECT 1 FROM incident_entities i JOIN entities e ON e.canonical_id = i.entity_id
              WHERE i.incident_id = ? AND e.id = ?"""
    if decision == "part" and db.conn.execute(told, (target, value)).fetchone() is None:
        raise InputMissing(f"{value} takes no part in {target}; its page names who does")


def append(file: Path, decision: Decision) -> None:
    """One more row at the end of a decisions table, with its header if the file is new or empty.

    A table written by hand may have its columns in another order, or no line end behind its last row. Raises
    TopicInvalid where a column is missing.
    """
    text = file.read_text(encoding="utf-8-sig") if file.exists() else ""  # spreadsheets write a mark in front
    columns = text.split("\n", 1)[0].rstrip("\r").split("\t") if text else COLUMNS
    missing = set(COLUMNS) - set(columns)
    if missing:
        raise TopicInvalid(f"{file}: the header has no column {', '.join(sorted(missing))}")
    with file.open("a", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
        if not text:
            writer.writerow(COLUMNS)
        elif not text.endswith("\n"):
            handle.write("\n")
        fields = msgspec.structs.asdict(decision)
        writer.writerow([fields.get(column, "") for column in columns])


def _login() -> str:
    """The login name. Raises InputMissing where the machine knows none, as in a container of an unnamed user."""
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:
        raise InputMissing("this machine knows no login name for you; say who decides with --author") from error


def _line(words: str) -> str:
    """Words as they stand in a cell: on one line, without tabs."""
    return " ".join(words.split())
