"""The layout holds together: every package is listed, every link leads to its folder, no file grows without bound."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
STAGES = ("crawlers", "nlp", "graph", "site")


def test_every_package_is_listed_for_the_wheel() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {"distillwatch", "distillwatch.commands", "distillwatch.data"}
    for stage in STAGES:
        for init in (ROOT / stage).rglob("__init__.py"):
            found.add("distillwatch." + ".".join(init.parent.relative_to(ROOT).parts))
    assert found == listed


def test_links_lead_to_the_stage_folders() -> None:
    for name in (*STAGES, "data"):
        link = ROOT / "src" / "distillwatch" / name
        assert link.is_symlink() and not link.readlink().is_absolute()
        assert link.resolve() == ROOT / name


def test_no_module_is_longer_than_400_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in ROOT.rglob("*.py")
        if ".venv" not in path.parts and "build" not in path.parts
        if (lines := path.read_text(encoding="utf-8").count("\n")) > 400
    }
    assert long == {}


def test_locks_pin_every_distribution_with_hashes_and_name_no_address() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = [line for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")]
        assert len(pins) > 50
        assert all(line.rstrip().endswith("\\") for line in pins), "a pin without hashes"
        assert "://" not in text and "--index" not in text and "--find-links" not in text


def test_imports_flow_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports"))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_what_was_collected_outlives_a_clean_checkout() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (removed,) = [line.split() for line in makefile.splitlines() if line.startswith("\trm ")]
    assert not {"data", "data/build", "data/build/archive"} & set(removed)


def test_every_phony_target_has_a_rule() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (named,) = [line.split()[1:] for line in makefile.splitlines() if line.startswith(".PHONY:")]
    assert [name for name in named if f"\n{name}:" not in makefile] == []
