"""One whole run over the sample newsroom, shared by the tests that look at what it left behind."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

Cli = Callable[..., "Done"]


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str

    @property
    def summary(self) -> dict[str, Any]:
        """The JSON summary."""
        return dict(json.loads(self.out))


def _run(*arguments: object) -> Done:
    command = [sys.executable, "-m", "distillwatch.cli", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def cli() -> Cli:
    """Runs the command line in a process of its own."""
    return _run


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after `run --sample`."""
    home = tmp_path_factory.mktemp("sample")
    done = _run("--home", home, "run", "--sample")
    assert done.status == 0, done.out + done.err
    return home
