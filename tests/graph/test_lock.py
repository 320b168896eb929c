"""One writer a home: the second is told who holds it, and a dead one never blocks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from distillwatch.errors import StoreLocked
from distillwatch.graph.lock import hold

HOLDER = """
import sys, time
from pathlib import Path
from distillwatch.graph.lock import hold
with hold(Path(sys.argv[1]), "distillwatch run --due", "2026-05-02T08:00:00Z"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_second_run_is_told_who_holds_the_home(tmp_path: Path) -> None:
    path = tmp_path / "home" / "run.lock"
    with (
        hold(path, "distillwatch run", "2026-05-02T08:00:00Z"),
        pytest.raises(StoreLocked, match=r"`distillwatch run`, process \d+ .* since 2026-05-02T08:00:00Z"),
        hold(path, "distillwatch link", "2026-05-02T08:01:00Z"),
    ):
        pass
    with hold(path, "distillwatch link", "2026-05-02T08:02:00Z"):
        assert b"distillwatch link" in path.read_bytes()
    assert path.read_bytes() == b""


def test_a_killed_holder_lets_go(tmp_path: Path) -> None:
    path = tmp_path / "run.lock"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None and other.stdout.readline() == "held\n"
        with pytest.raises(StoreLocked, match=str(other.pid)), hold(path, "distillwatch link", "2026-05-02T08:01:00Z"):
            pass
        other.kill()
        other.wait()
        with hold(path, "distillwatch link", "2026-05-02T08:02:00Z"):
            assert b"link" in path.read_bytes()
