"""Running what is due, again and again."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from pytest_httpserver import HTTPServer

from distillwatch.commands.context import Context
from distillwatch.commands.schedule import contact_line, loop, options
from distillwatch.topic import bundled
from tests.crawlers.crawling import article, feed

Cli = Callable[..., Any]


def test_the_loop_goes_on_until_it_is_told_to_stop_and_lets_a_run_finish() -> None:
    stop = threading.Event()
    finished: list[int] = []
    said: list[str] = []

    def run() -> int:
        if len(finished) == 2:
            stop.set()  # the signal comes in the middle of the third run
        finished.append(len(finished))
        return 0

    loop(run, stop, 0.001, lambda: 1.0, said.append)
    assert finished == [0, 1, 2]
    assert len(said) == 3


@pytest.mark.parametrize("kind", ["systemd", "cron", "github"])
def test_printed_files_call_what_is_due(kind: str, cli: Cli, tmp_path: Path) -> None:
    done = cli("--home", tmp_path / "a home", "schedule", "--print", kind, "--minutes", "20")
    assert done.status == 0
    assert "run --due" in done.out
    assert "20" in done.out


def test_the_workflow_is_yaml(cli: Cli) -> None:
    steps = yaml.safe_load(cli("schedule", "--print", "github").out)["jobs"]["run"]["steps"]
    run = next(step for step in steps if "run --due" in step.get("run", ""))
    # A run that lost a page ends with 1, and what it collected is kept all the same.
    after = run["run"].removeprefix(".venv/bin/distillwatch run --due")
    ends = [subprocess.run(["bash", "-ec", f"(exit {n}){after}"], check=False).returncode for n in (0, 1)]
    assert ends == [0, 0] and subprocess.run(["bash", "-ec", f"(exit 2){after}"], check=False).returncode != 0
    assert (steps[-1]["uses"], steps[-1]["if"]) == ("actions/cache/save@v4", "always()")


def test_a_number_of_minutes_that_does_not_divide_the_hour_is_refused(cli: Cli) -> None:
    done = cli("schedule", "--print", "cron", "--minutes", "45")
    assert (done.status, "divides 60" in done.err) == (2, True)


@pytest.mark.parametrize("topic", [None, bundled("sample")])
def test_a_run_is_handed_the_topic_only_where_one_was_given(topic: Path | None, tmp_path: Path) -> None:
    context = Context(tmp_path, topic, as_json=False, clock=lambda: datetime.now(UTC))
    handed = options(context)
    assert (handed[0], "--topic" in handed) == ("--home", topic is not None)
    context.trust_clock = True
    assert "--trust-clock" in options(context)


def test_the_units_are_ini_with_the_sections_that_systemd_wants(cli: Cli) -> None:
    text = cli("schedule", "--print", "systemd").out
    service, timer = text.split("# distillwatch.timer")
    for part, sections in ((service, {"Unit", "Service"}), (timer, {"Unit", "Timer", "Install"})):
        parsed = configparser.ConfigParser(interpolation=None)
        parsed.optionxform = str  # type: ignore[assignment,method-assign]  # unit files keep the case of their keys
        parsed.read_string(part)
        assert set(parsed.sections()) == sections


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze on this machine")
def test_systemd_finds_nothing_wrong(cli: Cli, tmp_path: Path) -> None:
    service, timer = cli("schedule", "--print", "systemd").out.split("# distillwatch.timer")
    (tmp_path / "distillwatch.service").write_text(service)
    (tmp_path / "distillwatch.timer").write_text(timer)
    units = [str(tmp_path / "distillwatch.service"), str(tmp_path / "distillwatch.timer")]
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert "distillwatch" not in done.stderr, done.stderr


def due(cli: Cli, tmp_path: Path, kind: str, server: HTTPServer) -> tuple[str, Path]:
    """(what is printed for a home whose name needs quoting, the home) of a topic whose one source is off the topic."""
    server.expect_request("/feed.xml").respond_with_data(feed("/p"), content_type="application/rss+xml")
    server.expect_request("/p").respond_with_data(article("Boats", "The ferry sailed. " * 20), content_type="text/html")
    server.expect_request("/robots.txt").respond_with_data("", status=404)
    folder, home = tmp_path / "topic", tmp_path / "a home, 100% of it"
    folder.mkdir()
    words = bundled("vocabulary").as_posix()
    (folder / "topic.toml").write_text(
        f'id = "quay"\ntitle = "Quay"\ndescription = "Boats."\nvocabulary = "{words}"\n', encoding="utf-8"
    )
    (folder / "entities.tsv").write_text("name\tkind\taliases\towner\n", encoding="utf-8")
    (folder / "sources.tsv").write_text(
        "id\tname\tkind\turl\ttier\tdocument_kind\toptions\n"
        f"quay\tQuay\tfeed\t{server.url_for('/feed.xml')}\tpress\tnews\tallow_private=1\n",
        encoding="utf-8",
    )
    done = cli("--home", home, "--topic", folder, "schedule", "--print", kind)
    assert done.status == 0, done.err
    return done.out, home


def test_the_line_of_the_crontab_runs(cli: Cli, tmp_path: Path, httpserver: HTTPServer) -> None:
    text, home = due(cli, tmp_path, "cron", httpserver)
    (line,) = [line for line in text.splitlines() if not line.startswith("#")]
    minute, *rest, command = line.split(" ", 5)
    assert (minute, rest) == ("*/15", ["*"] * 4)
    done = subprocess.run(["/bin/sh", "-c", command.replace(r"\%", "%")], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 off topic" in done.stdout
    assert (home / "public" / "site" / "index.html").exists()


def test_the_command_of_the_unit_runs(cli: Cli, tmp_path: Path, httpserver: HTTPServer) -> None:
    text, home = due(cli, tmp_path, "systemd", httpserver)
    unit = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    words = [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(unit["ExecStart"])]
    done = subprocess.run(words, cwd=unit["WorkingDirectory"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (home / "public" / "site" / "index.html").exists()


@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("cron", "DISTILLWATCH_CONTACT=https://quay.example/a b"),
        ("systemd", 'Environment="DISTILLWATCH_CONTACT=https://quay.example/a b"'),
    ],
)
def test_the_contact_goes_along(kind: str, line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISTILLWATCH_CONTACT", "https://quay.example/a b")
    assert contact_line(kind) == f"{line}\n"
    monkeypatch.delenv("DISTILLWATCH_CONTACT")
    assert contact_line(kind) == ""
