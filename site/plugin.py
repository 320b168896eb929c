"""The Datasette plugin: bounds on readers' SQL, links from rows to the pages of the site, errors in one short line."""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Awaitable, Callable, Generator
from pathlib import Path
from traceback import walk_tb
from typing import Any

from datasette import Response
from datasette.utils import tilde_decode
from datasette.utils.asgi import Base400
from datasette.views.base import DatasetteError
from markupsafe import Markup
from pluggy import HookimplMarker

from distillwatch.site import limits, paths
from distillwatch.site.datasette_config import canned_queries
from distillwatch.site.env import NAVIGATION
from distillwatch.site.suggestions import missing

hookimpl = HookimplMarker("datasette")
LOG = logging.getLogger(__name__)
OWN = "distillwatch."  # modules of this project
NAMES = 300  # characters of an address that an error repeats

# A result column of that name holds ids of that thing.
COLUMNS = {
    "claim_id": paths.claim,
    "other_claim_id": paths.claim,
    "document_id": paths.document,
    "contradiction_id": paths.contradiction,
    "dispute_id": paths.dispute,
    "source_id": paths.source,
    "incident_slug": paths.incident,
}
PARTIES = ("entity_id", "subject_id", "object_id", "speaker_id", "owner_id", "family_id", "canonical_id", "policy_id")
# In a table, the column that leads to the row's own page.
TITLES = {
    "claims": "evidence",
    "documents": "title",
    "sources": "name",
    "contradictions": "kind",
    "disputes": "title",
    "incidents": "title",
    "entities": "name",
}


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Readers' SQL runs on every connection."""
    limits.bound(conn)


@hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str | None, datasette: Any
) -> Markup | None:
    """A link to the page of the site that tells of this row or id; None leaves the cell to Datasette.

    Ids that Datasette shows with the name behind them come as a dict and stay its own.
    """
    if not isinstance(value, str) or not value:
        return None
    if (
        table is None and column == "leads_to" and "table_name" in list(row.keys())
    ):  # of the search over all tables, with a slug for an incident
        return _link(datasette, database, row_path(str(row["table_name"]), {"id": value, "slug": value}), value)
    if column in COLUMNS or column in PARTIES:
        return _link(datasette, database, COLUMNS[column](value) if column in COLUMNS else _entity(value), value)
    if table is None:
        return None
    if TITLES.get(table) != column or "id" not in list(row.keys()):
        return None
    return _link(datasette, database, row_path(table, row), value if len(value) < 300 else f"{value[:300]}…")


@hookimpl
def prepare_jinja2_environment(env: Any) -> None:
    """What the templates of this package need."""
    env.filters["accessible"] = accessible
    env.globals["navigation"] = NAVIGATION


@hookimpl
def extra_template_vars(
    view_name: str, table: str | None, database: str | None, request: Any, datasette: Any
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """The frame of the site for each page; `site_page` for that of a row, where the site tells of it; `suggested` for
    that of a question, what can be asked.
    """
    frame = {"site_title": datasette.metadata("title"), "notice": datasette.metadata("notice")}

    async def variables() -> dict[str, Any]:
        question = request.url_vars.get("table", "") if request and database else ""
        if question in canned_queries():
            given = {name: request.args.get(name) or "" for name in request.args}
            return {**frame, "suggested": await missing(datasette.get_database(database), question, given)}
        if view_name != "row" or table not in TITLES:
            return frame
        identity = tilde_decode(request.url_vars["pks"])
        found = await datasette.get_database(database).execute(f"SELECT * FROM {table} WHERE id = ?", [identity])
        path = row_path(table, found.rows[0]) if found.rows else ""
        return {**frame, "site_page": path if _stands(datasette, database, path) else ""}

    return variables


@hookimpl(hookwrapper=True)
def handle_exception(datasette: Any, request: Any, exception: Exception) -> Generator[None, Any, None]:
    """Answer a failed request briefly: Datasette's own handler prints every local variable, at a high cost."""
    outcome = yield

    async def answer() -> Response:
        status, message, title, info = _explained(exception, request)
        info |= {"ok": False, "error": message, "status": status, "title": title}
        if request.path.endswith(".json"):
            return Response.json(info, status=status)
        html = await datasette.render_template(["error.html"], info, request=request)
        return Response.html(html, status=status)

    outcome.force_result([answer])


def _explained(exception: Exception, request: Any) -> tuple[int, str, str | None, dict[str, Any]]:
    """Status, message, title and further fields of an error, as Datasette gives them."""
    if isinstance(exception, Base400):
        return exception.status, str(exception.args[0]), None, {}
    if isinstance(exception, DatasetteError):
        message = Markup(exception.message) if exception.message_is_html else exception.message
        # what it gives no status, such as to sort by a column that is not there, is a mistake in the address
        status = 400 if exception.status == 500 else exception.status
        return status, message, exception.title, dict(exception.error_dict)
    if isinstance(exception, MemoryError):
        return 400, f"the query needs more than {limits.HEAP_BYTES // limits.MEGABYTE} megabytes", "Too much", {}
    if misread := _misread(exception, request):
        return *misread, None, {}
    LOG.error("a request failed", exc_info=exception)
    return 500, "something went wrong here", None, {}


def _misread(exception: Exception, request: Any) -> tuple[int, str] | None:
    """Status and message where Datasette stumbled over an address that means nothing to it; None for a defect.

    It takes numbers, lists and JSON out of an address without looking, and the first line that cannot use one raises
    what it happens to raise. Whatever was raised in code of this project, or for an address that asks for nothing, is
    a defect.
    """
    if not isinstance(exception, (ValueError, LookupError, TypeError, sqlite3.Warning, sqlite3.Error)):
        return None
    called = (frame.f_globals.get("__name__", "") for frame, _ in walk_tb(exception.__traceback__))
    if any(str(name).startswith(OWN) for name in called):
        return None
    if "pks" in request.url_vars:
        return 404, "No row of this table has that key."
    asked = [name for name in request.args if name.startswith("_") or "__" in name]
    if request.path.endswith(".csv") and not request.args.get("sql") and "table" not in request.url_vars:
        return 400, "Say what is to be put into the file: a table, or a query as ?sql=…"
    if not asked:
        return None
    return 400, f"This address asks for something that cannot be understood. Look at: {', '.join(asked)[:NAMES]}"


def row_path(table: str, row: Any) -> str:
    """The page of a row of a table that has pages; "" where the row has none."""
    identity = str(row["id"])
    if table == "incidents":
        return paths.incident(str(row["slug"])) if "slug" in list(row.keys()) else ""
    if table == "entities":
        return _entity(identity)
    if table not in TITLES:
        return ""
    makers = {
        "claims": paths.claim,
        "documents": paths.document,
        "sources": paths.source,
        "contradictions": paths.contradiction,
        "disputes": paths.dispute,
    }
    return makers[table](identity)


def _entity(identity: str) -> str:
    """Ids of entities begin with their kind."""
    kind = next((k for k in paths.ENTITY_KINDS if identity.startswith(f"{k}-")), "")
    return paths.entity(kind, identity) if kind else ""


def _link(datasette: Any, database: str | None, path: str, text: str) -> Markup | None:
    if not _stands(datasette, database, path):
        return None
    return Markup('<a class="page" href="/{}">{}</a>').format(path, text)


def _stands(datasette: Any, database: str | None, path: str) -> bool:
    """The page is part of the snapshot whose database is shown: names that no text uses have none."""
    return bool(path) and (Path(datasette.databases[database].path).parent / "site" / path).is_file()


def accessible(page: Markup) -> Markup:
    """The main part of one of Datasette's pages, mended."""
    text = str(page)
    for pattern, better in MENDED:
        text = pattern.sub(better, text)
    return Markup(text)


def _labelled(found: re.Match[str]) -> str:
    """A field of the filter form with a name that is read out."""
    element, part = found.groups()
    return f'<{element} aria-label="Filter: {part.replace("op", "comparison")}" name="_filter_{part}'


def _folded(found: re.Match[str]) -> str:
    return f'<details class="columns"><summary>What the columns mean</summary>{found.group(0)}</details>'


# What Datasette's templates leave out for those who listen instead of looking, or put in the way of all others. What
# comes from the database is escaped, so none of this occurs in it.
MENDED = (
    (re.compile(r'<(select|input type="text") name="_filter_(column|op|value)'), _labelled),
    (re.compile(r"<(/?)h3>"), r"<\1h2>"),
    (re.compile(r'<textarea id="sql-editor"'), '<textarea id="sql-editor" aria-label="SQL"'),
    (re.compile(r'<dl class="column-descriptions">(.*?)</dl>', re.DOTALL), _folded),
)
