"""The only plug-in mechanism: every module of a package that defines a given name, in module order."""

from __future__ import annotations

import importlib
import pkgutil


def load(package: str, name: str) -> dict[str, object]:
    """Module name → that module's `name`, for each module of `package` that has one.

    A module without it raises AttributeError: a rule or page that the registry cannot see is a defect, not a choice.
    """
    root = importlib.import_module(package)
    modules = sorted(m.name for m in pkgutil.iter_modules(root.__path__) if not m.ispkg)
    return {module: getattr(importlib.import_module(f"{package}.{module}"), name) for module in modules}
