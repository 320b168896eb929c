"""What people type wrong: one line that names the thing and the remedy, status 2, and nothing changed."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from distillwatch import cli as command_line
from distillwatch.commands.context import Context
from distillwatch.errors import DistillwatchError
from distillwatch.topic import bundled

Cli = Callable[..., Any]


def said(error: str) -> str:
    """The one line of an error."""
    assert "Traceback" not in error, error
    (line,) = error.strip().splitlines()
    return line


@pytest.mark.parametrize(
    "arguments",
    [
        ("run", "--sample"),
        ("collect", "--files", __file__),
    ],
)
def test_a_home_that_cannot_be_made_is_named(arguments: tuple[str, ...], cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    done = cli("--home", tmp_path / "file", *arguments)
    assert done.status == 2
    assert str(tmp_path / "file") in said(done.err)


def test_an_export_into_a_folder_that_is_not_there_is_named(cli: Cli, sample_home: Path, tmp_path: Path) -> None:
    done = cli("--home", sample_home, "export", "jsonl", tmp_path / "none" / "out.jsonl")
    assert done.status == 2
    assert "none/out.jsonl: No such file or directory" in said(done.err)


@pytest.mark.parametrize("more", [("--sample",), ("--due",), ("--source", "a")])
def test_files_are_read_in_the_place_of_sources_and_not_beside_them(
    more: tuple[str, ...], cli: Cli, tmp_path: Path
) -> None:
    done = cli("--home", tmp_path / "home", "run", "--files", __file__, *more)
    assert done.status == 2
    assert "leave out --sample, --due and --source" in said(done.err)


@pytest.mark.parametrize(
    ("error", "shown"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "free some space"),
        (PermissionError(errno.EACCES, "Permission denied", "/quay"), "/quay: Permission denied; give another path"),
    ],
)
def test_what_the_machine_refuses_is_told(
    error: OSError, shown: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused() -> None:
        raise error

    monkeypatch.setattr(command_line, "app", refused)
    with pytest.raises(SystemExit) as left:
        command_line.main()
    assert left.value.code == 2
    assert shown in said(capsys.readouterr().err)


def test_an_error_that_nobody_foresaw_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(command_line, "app", broken)
    with pytest.raises(OSError, match="Input/output"):
        command_line.main()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("file:a\x1b[31mb.html is empty", "file:a\\x1b[31mb.html is empty"),
        ("a\x9b2J\x07", "a\\x9b2J\\x07"),
        ("exe.\u202egnp", "exe.\\u202egnp"),
        ("豆包 – «\u202fé\u00a0»\nanother line", "豆包 – «\u202fé\u00a0»\nanother line"),
    ],
)
def test_what_strangers_wrote_gives_a_terminal_no_orders(
    line: str, shown: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = Context(tmp_path, None, as_json=False, clock=lambda: datetime.now(UTC))
    context.say(line)
    context.lost(line)
    said = capsys.readouterr()
    assert (said.out, said.err) == (f"{shown}\n", f"lost: {shown}\n")
    assert context.losses == [line]


def test_a_port_that_is_taken_or_none_is_named(cli: Cli, sample_home: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = cli("--home", sample_home, "serve", "--port", taken.getsockname()[1])
    assert done.status == 2
    assert "say --port 0 for a free port" in said(done.err)
    assert cli("--home", sample_home, "serve", "--port", 99999).status == 2


def test_a_labelled_set_may_be_named_from_inside(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What lies beside the set (a newsroom, a floor) is found from "." as well."""
    asked: list[Path] = []

    def stop(context: object, folder: Path, **options: object) -> None:
        asked.append(folder)
        raise DistillwatchError("far enough")

    monkeypatch.setattr("distillwatch.commands.evaluate.score", stop)
    monkeypatch.chdir(bundled("sample") / "labels")
    monkeypatch.setattr("sys.argv", ["distillwatch", "evaluate", "."])
    with pytest.raises(SystemExit):
        command_line.main()
    assert asked == [(bundled("sample") / "labels").resolve()]
    assert "far enough" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments", [("status",), ("export", "csv", "out"), ("review", "list"), ("link",), ("publish", "--to", "apart")]
)
def test_a_damaged_database_is_named_with_the_remedy(
    arguments: tuple[str, ...], cli: Cli, sample_home: Path, tmp_path: Path
) -> None:
    raw = bytearray((sample_home / "knowledge.db").read_bytes())
    page = 4096
    for start in range(4 * page, len(raw) - page, 2 * page):  # every other page behind the first ones
        raw[start : start + page] = b"\xa5" * page
    (tmp_path / "knowledge.db").write_bytes(raw)
    done = cli("--home", tmp_path, *(tmp_path / a if a in ("out", "apart") else a for a in arguments))
    assert done.status == 2, done.out
    assert "it is damaged; move it away" in said(done.err)


def test_figures_of_a_stage_are_told_with_their_names(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    context = Context(tmp_path, None, as_json=False, clock=lambda: datetime.now(UTC))
    context.record("stage", {"new_pages": 3, "changed": True, "search": False, "to": "out", "left": [1], "note": ""})
    assert capsys.readouterr().out == "stage    3 new pages, changed yes, search no, to out\n"
    assert context.summary["stage"]["new_pages"] == 3
