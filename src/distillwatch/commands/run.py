"""`run`: the main job, from the web to the published snapshot."""

from __future__ import annotations

import typer

from distillwatch.commands.collect import Due, Files, More, Only, Sample, Since, collect_stage, paths, use_sample
from distillwatch.commands.compare import compare_stage
from distillwatch.commands.context import writing
from distillwatch.commands.extract import extract_stage
from distillwatch.commands.link import link_stage
from distillwatch.commands.publish import publish_stage, tell_changes


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def run(
        context: typer.Context, more: More = None, due: Due = False, source: Only = None, files: Files = None,
        since: Since = None, sample: Sample = False,
    ) -> None:  # fmt: skip
        """Collect, extract, link, compare and publish; each stage takes up only what is new."""
        use_sample(context.obj, sample)
        with writing(context.obj, "run") as db:
            collect_stage(
                context.obj, db, due=due, only=source or (), files=paths(files, more), since=since, sample=sample
            )
            extract_stage(context.obj, db)
            link_stage(context.obj, db)
            compare_stage(context.obj, db)
            tell_changes(context.obj, db)
            publish_stage(context.obj)
        context.obj.finish()
