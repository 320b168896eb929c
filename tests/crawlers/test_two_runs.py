"""Two runs on one home at once: the second names the first and leaves everything as it is."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from distillwatch.graph.lock import hold


def test_the_second_run_says_who_holds_the_home(tmp_path: Path) -> None:
    home, page = tmp_path / "home", tmp_path / "page.html"
    page.write_text("<html><body><h1>Boats</h1><p>Norvane counted the boats of the port on Monday.</p></body></html>")
    command = [
        str(Path(sys.executable).with_name("distillwatch")),
        "--home",
        str(home),
        "collect",
        "--files",
        str(page),
    ]
    with hold(home / "run.lock", "distillwatch run", "2026-11-01T08:00:00Z"):
        second = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert second.returncode not in (0, 1)
    assert f"`distillwatch run`, process {os.getpid()}" in second.stderr
    assert "Traceback" not in second.stderr
    assert not (home / "archive").exists()
    assert not (home / "knowledge.db").exists()
    third = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert third.returncode == 0, third.stderr
