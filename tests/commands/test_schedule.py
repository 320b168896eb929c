"""Running what is due, again and again."""

from __future__ import annotations

import configparser
import shutil
import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from distillwatch.commands.schedule import loop

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
    workflow = yaml.safe_load(cli("schedule", "--print", "github").out)
    assert workflow["jobs"]["run"]["steps"][-1]["run"].endswith("run --due")


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
