"""`status`: the coverage ledger. What each source gave, what it usually gives, what went wrong, what was not read."""

from __future__ import annotations

from collections.abc import Iterator

import typer

from distillwatch.commands.context import Context, reading

_MOST = 20  # addresses of one source that are printed


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def status(context: typer.Context) -> None:
        """Print the coverage ledger: per source expected and seen, last success, silent zero, blocked, truncated."""
        ledger(context.obj)
        context.obj.finish()


_SOURCES = """
SELECT s.id AS source, r.id AS run, r.started_at AS last_run, max(ok.started_at) AS last_success,
       x.items_seen AS seen, x.items_expected AS expected, x.new_documents AS new, x.revised_documents AS revised,
       x.unchanged, x.blocked, x.robots_forbidden AS robots, x.empty, x.off_topic, x.failed, x.gone, x.truncated, x.note
FROM sources s
LEFT JOIN source_runs x ON x.source_id = s.id AND x.run_id = (
    SELECT r2.id FROM source_runs x2 JOIN runs r2 ON r2.id = x2.run_id WHERE x2.source_id = s.id
    ORDER BY r2.started_at DESC, r2.rowid DESC LIMIT 1)
LEFT JOIN runs r ON r.id = x.run_id
LEFT JOIN source_runs o ON o.source_id = s.id AND o.items_seen > 0
LEFT JOIN runs ok ON ok.id = o.run_id
GROUP BY s.id ORDER BY s.id"""
_LOST = """
SELECT code, url, message AS reason FROM issues WHERE stage = 'collect' AND run_id = ? AND source_id = ?
ORDER BY code, url"""
_UNREAD = """
SELECT d.url, d.source_id AS source, i.message AS error
FROM documents d
LEFT JOIN work w ON w.stage = 'extract' AND w.input_id = d.id AND w.input_hash = d.content_sha256
JOIN issues i ON i.rowid = (
    SELECT max(rowid) FROM issues WHERE stage = 'extract' AND code = 'extract' AND url = d.url)
WHERE w.input_id IS NULL ORDER BY d.url"""


def ledger(context: Context) -> None:
    """The last run of each source with its figures and the addresses that it lost, each with the reason; then the
    documents that could not be read. A source that never ran is listed too.
    """
    with reading(context) as db:
        rows = [dict(row) for row in db.query(_SOURCES)]
        for row in rows:
            row["lost"] = [dict(one) for one in db.query(_LOST, (row.pop("run"), row["source"]))]
        unread = [dict(row) for row in db.query(_UNREAD)]
    context.summary.update(unread=unread, sources=rows)
    if context.as_json:
        return
    for row in rows:
        for line in _lines(**row):
            context.say(line)
    for row in unread:
        context.say(f"not read: {row['url']} of {row['source']}: {row['error']}")
    if not rows:
        context.say("no source has run yet; start with `distillwatch run`")


def _lines(source: str, note: str | None, lost: list[dict[str, str]], **figures: object) -> Iterator[str]:
    """What is said of one source."""
    yield source
    yield "    " + ", ".join(
        f"{name.replace('_', ' ')} {value}" for name, value in figures.items() if value is not None
    )
    if note:
        yield f"    {note}"
    for one in lost[:_MOST]:
        yield f"    {one['code'].replace('_', ' ')}: {one['url']}: {one['reason']}"
    if len(lost) > _MOST:
        yield f"    and {len(lost) - _MOST} more; `--json status` lists them all"
