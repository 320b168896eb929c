"""Fixtures that every stage's tests share: the model once a session, the topics, a browser where there is one."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from spacy.language import Language

from distillwatch.nlp.model import load_model
from distillwatch.topic import Topic, bundled, load_topic

settings.register_profile("steady", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.load_profile("steady")

BROWSERS = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The pinned pipeline, loaded once."""
    return load_model()


@pytest.fixture(scope="session")
def topic() -> Topic:
    """The real topic, as shipped."""
    return load_topic(bundled("distillation"))


@pytest.fixture(scope="session")
def sample_topic() -> Topic:
    """The invented topic of the sample newsroom."""
    return load_topic(bundled("sample"))


@pytest.fixture(scope="session")
def shared_gold() -> Path:
    """Labelled pages that lie beside a developer's checkout; tests that read them skip where they are absent."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "gold"
    if not folder.is_dir():
        pytest.skip("the labelled pages do not lie beside this checkout")
    return folder


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Drive the machine's own Chromium; without one, fail in CI and skip elsewhere."""
    executable = next(filter(None, map(shutil.which, BROWSERS)), None)
    if executable is None:
        message = "no Chromium on this machine (Debian: apt-get install chromium)"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, "executable_path": executable, "args": flags}
