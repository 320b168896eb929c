"""`schedule`: run what is due, again and again; or print the files that let the system do so."""

from __future__ import annotations

import os
import random
import shlex
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Literal

import typer

from distillwatch.commands.collect import CONTACT
from distillwatch.commands.context import Context

SYSTEMD = """\
# distillwatch.service
[Unit]
Description=distillwatch: collect what is due and publish
After=network-online.target
Wants=network-online.target

[Service]
Type=oneshot
WorkingDirectory={folder}
{contact}ExecStart={command}
# Status 1 means that something was lost; the ledger says what, and the snapshot is whole.
SuccessExitStatus=1

# distillwatch.timer
[Unit]
Description=distillwatch: every {minutes} minutes

[Timer]
OnCalendar=*:0/{minutes}
RandomizedDelaySec={jitter}
Persistent=true

[Install]
WantedBy=timers.target
"""
CRON = """\
# crontab: every {minutes} minutes; a run that is still going makes the next one say so and leave
{contact}*/{minutes} * * * * cd {folder} && {command}
"""
GITHUB = """\
# .github/workflows/distillwatch.yml
name: distillwatch
on:
  schedule:
    - cron: "*/{minutes} * * * *"
  workflow_dispatch:
concurrency: distillwatch
jobs:
  run:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with:
          python-version: "3.12"
      - uses: actions/cache/restore@v4
        with:
          path: data/build
          key: distillwatch-${{{{ github.run_id }}}}
          restore-keys: distillwatch-
      - run: make .make/run
      # Status 1 means that something was lost; the ledger says what, and the snapshot is whole.
      - run: .venv/bin/distillwatch run --due || test $? -eq 1
        env:
          DISTILLWATCH_CONTACT: ${{{{ vars.DISTILLWATCH_CONTACT }}}}
      # Whatever came of it: what was collected is kept for the next run.
      - uses: actions/cache/save@v4
        if: always()
        with:
          path: data/build
          key: distillwatch-${{{{ github.run_id }}}}
"""
FILES = {"systemd": SYSTEMD, "cron": CRON, "github": GITHUB}


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def schedule(
        context: typer.Context,
        show: Annotated[
            Literal["systemd", "cron", "github"] | None, typer.Option("--print", help="Print files and leave.")
        ] = None,
        minutes: Annotated[int, typer.Option(min=1, max=59, help="How often to look what is due.")] = 15,
    ) -> None:
        """Run what is due every few minutes; or, with --print, the files that have the system do it."""
        command = [sys.executable, "-m", "distillwatch.cli", *options(context.obj), "run", "--due"]
        if show:
            if 60 % minutes:
                raise typer.BadParameter(
                    f"{minutes}: these count within each hour; give a number that divides 60", param_hint="--minutes"
                )
            jitter = minutes * 60 // 10
            words, folder = (
                (unit_line(command), str(Path.cwd()).replace("%", "%%"))
                if show == "systemd"
                else (shlex.join(command).replace("%", r"\%"), shlex.quote(str(Path.cwd())).replace("%", r"\%"))
            )
            print(
                FILES[show].format(
                    command=words, folder=folder, minutes=minutes, jitter=jitter, contact=contact_line(show)
                ),
                end="",
            )
            return
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        loop(
            lambda: subprocess.run(command, check=False).returncode,
            stop,
            minutes * 60.0,
            random.random,
            context.obj.say,
        )


def contact_line(show: str) -> str:
    """The line that hands on the contact of this environment, "" where it holds none: the topic then has to."""
    contact = os.environ.get(CONTACT, "").strip()
    if not contact:
        return ""
    if show == "systemd":
        return f"Environment={unit_line([f'{CONTACT}={contact}'])}\n"
    return f"{CONTACT}={contact}\n"


def unit_line(command: list[str]) -> str:
    """A command as systemd reads it: quoted by double quotes, with its own meaning of % and $ taken away."""
    quoted = (word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$") for word in command)
    return " ".join(f'"{word}"' if any(c in word for c in " \t\"'\\;") else word for word in quoted)


def options(context: Context) -> list[str]:
    """The shared options that make another process work on the same home and topic.

    Where no topic was given none is handed on: a run takes the one that its home holds.
    """
    topic = ["--topic", str(context.topic_folder.resolve())] if context.topic_given else []
    trust = ["--trust-clock"] if context.trust_clock else []
    return ["--home", str(context.home.root.resolve()), *topic, *trust]


def loop(
    run: Callable[[], int],
    stop: threading.Event,
    seconds: float,
    chance: Callable[[], float],
    say: Callable[[str], None],
) -> None:
    """Call `run` until `stop` is set, about every `seconds` (up to a tenth later, so that many hosts do not march in
    step). A run that is going when `stop` is set is let finish. What is due is decided by the run, so time asleep is
    caught up by the first run after it.
    """
    while not stop.is_set():
        status = run()
        pause = seconds * (1 + 0.1 * chance())
        say(f"run ended with status {status}; next look in {pause / 60:.0f} minutes")
        stop.wait(pause)
