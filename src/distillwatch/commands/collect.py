"""`collect`: fetch what the sources list, keep every response, store every article."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from sqlite_utils import Database

from distillwatch.commands.context import Context, writing
from distillwatch.commands.parse import parse_stage
from distillwatch.errors import InputMissing
from distillwatch.records import Source

if TYPE_CHECKING:
    from distillwatch.crawlers.run import Job

CONTACT = "DISTILLWATCH_CONTACT"
FILES = Source(id="files", name="Files from this machine", kind="files", url="file:")
SAMPLE_PASSES = 2  # the newsroom corrects a page after it was first read

Due = Annotated[bool, typer.Option("--due", help="Only sources whose interval has passed.")]
Only = Annotated[list[str] | None, typer.Option("--source", help="Only this source; may be repeated.")]
Files = Annotated[
    list[Path] | None,
    typer.Option("--files", help="HTML, text, PDF, WARC or folders instead of the web; more paths may follow it."),
]
More = Annotated[list[Path] | None, typer.Argument(metavar="[PATH]...", help="Further paths for --files.")]
Since = Annotated[datetime | None, typer.Option(help="Leave out pages that were published before this day.")]
Sample = Annotated[bool, typer.Option("--sample", help="Crawl the embedded sample newsroom, served on loopback.")]


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def collect(
        context: typer.Context, more: More = None, due: Due = False, source: Only = None, files: Files = None,
        since: Since = None, sample: Sample = False,
    ) -> None:  # fmt: skip
        """Fetch what the sources list (or read files) into the archive and the database."""
        use_sample(context.obj, sample)
        with writing(context.obj, "collect") as db:
            collect_stage(
                context.obj, db, due=due, only=source or (), files=paths(files, more), since=since, sample=sample
            )
        context.obj.finish()


def use_sample(context: Context, sample: bool) -> None:
    """Turn to the sample's own topic: its companies and outlets are invented and stay apart from real ones."""
    if sample:
        from distillwatch.topic import bundled

        context.use_topic(bundled("sample"))


def paths(files: Sequence[Path] | None, more: Sequence[Path] | None) -> list[Path]:
    """The paths after `--files`. Raises InputMissing for one that is not there, or for paths without `--files`."""
    if more and not files:
        raise InputMissing(f"{more[0]}: say --files before the paths that are to be read")
    found = [*(files or ()), *(more or ())]
    for path in found:
        if not path.exists():
            raise InputMissing(f"{path}: no such file or folder")
    return found


def collect_stage(
    context: Context,
    db: Database,
    *,
    due: bool = False,
    only: Sequence[str] = (),
    files: Sequence[Path] = (),
    since: datetime | None = None,
    sample: bool = False,
) -> None:
    """Collect, record what each source gave, and say what was lost.

    Raises InputMissing for options that exclude each other, unknown sources, missing files, keys and contact.
    """
    from distillwatch.crawlers.relevance import load_relevance
    from distillwatch.crawlers.run import Job, collect
    from distillwatch.crawlers.sample import SampleServer
    from distillwatch.graph.connection import lean
    from distillwatch.graph.runs import record_sources
    from distillwatch.graph.sink import StoreSink
    from distillwatch.graph.store import save_sources

    if files and (sample or due or only):
        raise InputMissing("--files is read in the place of all sources: leave out --sample, --due and --source")
    jobs = [Job(source=source) for source in (() if files else chosen(context, db, due=due, only=only))]
    if files:
        jobs = [Job(source=FILES, paths=tuple(files))]
    save_sources(db, [*context.topic.sources, *(job.source for job in jobs)])
    if not jobs:
        context.record("collect", {"sources": 0})
        return
    parse_stage(context, db)  # a text that a better parser reads otherwise must not look like an edit of the page
    contact = contact_for(context, jobs, sample=sample)
    run_id = context.summary["run"]
    started = context.now  # what lies at hand was all there at once: the order of reading is no order of events
    with ExitStack() as stack:
        stack.enter_context(lean(db))
        proxy = stack.enter_context(SampleServer(context.topic.folder / "newsroom")).proxy if sample else ""
        report = collect(
            jobs,
            StoreSink(db, run_id=run_id),
            archive=context.home.archive,
            clock=(lambda: started) if sample or files else (lambda: context.now),
            relevance=load_relevance(context.topic),
            contact=contact,
            proxy=proxy,
            passes=SAMPLE_PASSES if sample else 1,
            since=since.date().isoformat() if since else "",
            folder=context.topic.folder,
            sources=context.topic.sources,
        )
    collapsed = record_sources(db, run_id, report.sources)
    names = (
        *("seen", "new", "revised", "unchanged", "off_topic", "blocked", "robots_forbidden", "empty", "failed", "gone"),
        "truncated",
        *(("older",) if since else ()),
    )
    context.record("collect", {"sources": len(report.sources), **{name: report.total(name) for name in names}})
    for line in (*report.lost, *collapsed):
        context.lost(line)
    if report.interrupted:
        context.lost("the crawl was interrupted; run the same command again to finish it")


def contact_for(context: Context, jobs: Sequence[Job], *, sample: bool) -> str:
    """The contact that goes into the user agent. Raises InputMissing where a live crawl would name nobody."""
    from distillwatch.crawlers.contact import reaches_somebody

    contact = os.environ.get(CONTACT, "").strip() or context.topic.contact
    live = not sample and any(j.source.kind != "files" and j.source.options.get("allow_private") != "1" for j in jobs)
    if live and not reaches_somebody(contact):
        found = f"the placeholder {contact}" if contact else "empty"
        raise InputMissing(
            f"{context.topic.folder / 'topic.toml'}: `contact` is {found}; "
            f"set it, or {CONTACT}, to a web page or mail address under which owners of crawled sites reach you"
        )
    return contact


def due_sources(db: Database, sources: Sequence[Source], now: str) -> list[Source]:
    """The sources whose interval has passed since a run last asked them."""
    from distillwatch.graph.runs import last_asked

    asked = last_asked(db)
    at = datetime.fromisoformat(now)
    return [
        s
        for s in sources
        if s.id not in asked or datetime.fromisoformat(asked[s.id]) + timedelta(hours=s.interval_hours) <= at
    ]


def chosen(context: Context, db: Database, *, due: bool, only: Sequence[str]) -> list[Source]:
    """The sources that were asked for, in the order of the topic. Raises InputMissing where there is none such."""
    sources = [s for s in context.topic.sources if not only or s.id in only]
    missing = set(only) - {s.id for s in sources}
    if missing:
        raise InputMissing(f"no source {', '.join(sorted(missing))} in {context.topic.folder / 'sources.tsv'}")
    if not sources:
        raise InputMissing(f"{context.topic.folder / 'sources.tsv'} lists no source; add a row or use --files")
    return with_keys(context, due_sources(db, sources, context.now) if due else sources, named=bool(only))


def with_keys(context: Context, sources: Sequence[Source], *, named: bool) -> list[Source]:
    """The sources whose keys the environment holds. The others are told, or raise InputMissing where one was named."""
    from distillwatch.crawlers.middlewares.keys import missing_key

    found = []
    for source in sources:
        key = missing_key(source.options)
        if key and named:
            raise InputMissing(f"{source.id} asks for a key: set {key} in the environment")
        if key:
            context.say(f"{source.id} is left out: its key {key} is not in the environment")
        else:
            found.append(source)
    return found
