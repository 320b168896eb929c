"""The command line. Heavy libraries are imported inside the commands, so `--help` and `status` stay quick."""

from __future__ import annotations

import errno
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from distillwatch.commands import (
    collect,
    compare,
    evaluate,
    export,
    extract,
    link,
    parse,
    publish,
    review,
    run,
    schedule,
    serve,
    status,
)
from distillwatch.commands.context import Context
from distillwatch.config import DEFAULT_HOME
from distillwatch.errors import DistillwatchError

app = typer.Typer(
    name="distillwatch",
    help="Who says what about whose model was distilled, and where the sources contradict each other.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
STAGES = (run, collect, parse, extract, link, compare, publish)
for command in (*STAGES, serve, schedule, status, review, evaluate, export):
    command.register(app)


@app.callback()
def options(
    context: typer.Context,
    home: Annotated[
        Path, typer.Option(help="Folder of the archive, the database and the snapshot.", envvar="DISTILLWATCH_HOME")
    ] = DEFAULT_HOME,
    topic: Annotated[
        Path | None, typer.Option(help="Topic folder; the one that ships when left out.", envvar="DISTILLWATCH_TOPIC")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a machine-readable summary.")] = False,
    trust_clock: Annotated[
        bool, typer.Option("--trust-clock", help="Go on although an earlier run has a later time.")
    ] = False,
) -> None:
    """Read the options that all commands share."""
    context.obj = Context(home, topic, as_json=as_json, clock=lambda: datetime.now(UTC))
    context.obj.trust_clock = trust_clock


def main() -> None:
    """Entry point: an error that we foresaw is one line and status 2, never a traceback.

    So is a file or folder that the machine does not let us read or write, and a disk without room.
    """
    try:
        app()
    except DistillwatchError as error:
        _leave(str(error))
    except OSError as error:
        if error.filename is not None:
            _leave(f"{error.filename}: {error.strerror}; give another path, or check who owns it and what lies there")
        if error.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        _leave(f"{error.strerror}: free some space and run the same command again")


def _leave(message: str) -> NoReturn:
    print(f"distillwatch: {message}", file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
