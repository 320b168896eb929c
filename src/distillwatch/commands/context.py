"""What every command is handed: home, topic, clock, and how to speak to whoever started it."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

import typer
from sqlite_utils import Database

from distillwatch.config import Home
from distillwatch.errors import ClockWrong, DistillwatchError
from distillwatch.topic import Topic, bundled, load_topic

T = TypeVar("T")
_WRITTEN = "2025-01-01"
_ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")  # controls, and turns of direction


class TopicMixed(DistillwatchError):
    """A home that holds another topic."""


class Context:
    """Opened once by the command line and passed to the command; the clock can be set from outside."""

    def __init__(self, home: Path, topic: Path | None, *, as_json: bool, clock: Callable[[], datetime]) -> None:
        self.home = Home(home)
        self.topic_given = topic is not None
        self.topic_folder = topic or bundled("distillation")
        self.as_json = as_json
        self.clock = clock
        self.trust_clock = False
        self.summary: dict[str, Any] = {}
        self.losses: list[str] = []

    @cached_property
    def topic(self) -> Topic:
        """The topic, read on first use."""
        return load_topic(self.topic_folder)

    def use_topic(self, folder: Path) -> None:
        """Turn to another topic."""
        self.topic_given = True
        self.topic_folder = folder
        self.__dict__.pop("topic", None)

    @property
    def now(self) -> str:
        """The time by the context's clock, ISO 8601 UTC to the second."""
        return self.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def say(self, line: str) -> None:
        """A line for a person; on standard error when standard output carries JSON."""
        print(_visible(line), file=sys.stderr if self.as_json else sys.stdout, flush=True)

    def lost(self, line: str) -> None:
        """Something is missing from the result: say so and end with a status other than 0."""
        self.losses.append(line)
        print(f"lost: {_visible(line)}", file=sys.stderr, flush=True)

    def record(self, stage: str, figures: dict[str, Any]) -> None:
        """Keep a stage's figures for the summary and say them."""
        self.summary[stage] = figures
        shown = ", ".join(_figure(key.replace("_", " "), value) for key, value in figures.items() if _plain(value))
        self.say(f"{stage:8} {shown}")

    def progress(self, items: Iterable[T], label: str, total: int) -> Iterator[T]:
        """The items, under a progress bar where somebody watches a terminal."""
        if self.as_json or not sys.stderr.isatty():
            yield from items
            return
        from rich.console import Console
        from rich.progress import track

        yield from track(items, description=label, total=total, console=Console(stderr=True))

    def finish(self) -> None:
        """Print the JSON summary if asked for, and leave with 1 when something was lost."""
        if self.as_json:
            print(json.dumps({**self.summary, "lost": self.losses}, ensure_ascii=False, indent=1, default=str))
        if self.losses:
            raise typer.Exit(1)


def program_version() -> str:
    """The installed version of this package."""
    return version("distillwatch")


@contextmanager
def writing(context: Context, command: str) -> Iterator[Database]:
    """The knowledge base open for writing under the home's lock, with a row in `runs` for what happens inside."""
    from distillwatch.graph.connection import explained
    from distillwatch.graph.lock import hold
    from distillwatch.graph.runs import finish_run, start_run
    from distillwatch.graph.store import open_store

    with hold(context.home.lock, f"distillwatch {command}", context.now), explained(str(context.home.database)):
        db = open_store(context.home.database)
        try:
            settle_topic(context, db)
            with db.conn:
                db.conn.execute("INSERT OR IGNORE INTO metadata (key, value) VALUES ('topic', ?)", (context.topic.id,))
            if not context.trust_clock:
                check_clock(context.now, str(db.conn.execute("SELECT max(started_at) FROM runs").fetchone()[0] or ""))
            run_id = start_run(db, command, program_version(), context.now)
            context.summary["run"] = run_id
            try:
                yield db
            except DistillwatchError as error:
                finish_run(db, run_id, "failed", context.now, {**context.summary, "error": str(error)})
                raise
            finish_run(db, run_id, "incomplete" if context.losses else "ok", context.now, context.summary)
        finally:
            db.close()


@contextmanager
def reading(context: Context) -> Iterator[Database]:
    """The knowledge base open for reading; a file that is damaged or cannot be read is told with the remedy."""
    from distillwatch.graph.connection import explained
    from distillwatch.graph.store import open_store

    with explained(str(context.home.database)):
        db = open_store(context.home.database, readonly=True)
        try:
            yield db
        finally:
            db.close()


def settle_topic(context: Context, db: Database) -> None:
    """A home holds one topic: what is invented for the sample never stands beside what is said of real companies.

    Where no topic was given on the command line, the one that the home holds is used if the package carries it.
    Raises TopicMixed when another topic was given than the home holds.
    """
    held = next((row["value"] for row in db.query("SELECT value FROM metadata WHERE key = 'topic'")), None)
    if held not in (None, context.topic.id):
        if context.topic_given or not (bundled(held) / "topic.toml").is_file():
            raise TopicMixed(
                f"{context.home.root} holds the topic {held!r}; give its folder with --topic, or another --home"
            )
        context.use_topic(bundled(held))


def check_clock(now: str, last: str) -> None:
    """Raise ClockWrong where the time is before this program was written, or a day before the last run or more."""
    if now < _WRITTEN:
        raise ClockWrong(f"the clock of this machine says {now}; set it right and run again (nothing was changed)")
    if last and datetime.fromisoformat(now) + timedelta(days=1) < datetime.fromisoformat(last):
        raise ClockWrong(
            f"the clock of this machine says {now}, but a run was recorded at {last}: set the clock right and run "
            "again, or, if it was wrong then, say --trust-clock (nothing was changed)"
        )


def _visible(line: str) -> str:
    """A line whose control characters are written out: addresses and reasons come from strangers, and a terminal obeys
    what it is sent.
    """
    return _ORDERS.sub(lambda found: found[0].encode("unicode_escape").decode(), line)


def _figure(name: str, value: object) -> str:
    """A count with what it counts, else what has a value with its value: "3 copies", "search yes", "format csv"."""
    if isinstance(value, bool):
        return f"{name} {'yes' if value else 'no'}"
    return f"{value} {name}" if isinstance(value, int | float) else f"{name} {value}"


def _plain(value: object) -> bool:
    return isinstance(value, int | float | str) and value != ""
