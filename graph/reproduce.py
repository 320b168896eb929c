"""A flag made anew by one SQL statement, from the claims as they are stored and without any of the project's code.

The statement reads both claims and their texts, widens figures and dates to what their words leave open, follows owners
and families, and says in `recomputed` whether the columns that decide the flag's rule differ: 1 where they do, 0 where
they do not, NULL where the rule rests on words of the evidence, which stand beside it.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources


@lru_cache(maxsize=1)
def statement() -> str:
    """The statement, with `:id` for the id of a flag; to be run on the published database as it stands."""
    return resources.files("distillwatch.graph").joinpath("reproduce.sql").read_text(encoding="utf-8").strip()


def of_flag(flag_id: str) -> str:
    """The statement for one flag, to be pasted into a query.

    Raises ValueError for what is no id.
    """
    if not flag_id.isalnum():
        raise ValueError(f"{flag_id!r} is no id of a flag")
    return statement().replace(":id", f"'{flag_id}'") + ";"
