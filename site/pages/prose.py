"""Pages of words: glossary, methodology, about, and the page for an address that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterator

from distillwatch.graph.floor import read_floor
from distillwatch.site.claims import words
from distillwatch.site.page import Context, Page, fixed, nothing
from distillwatch.site.queries import runs
from distillwatch.site.queries.runs import Totals
from distillwatch.site.reader import Reader
from distillwatch.topic import bundled


def pages(reader: Reader) -> Iterator[Page]:
    """The four pages."""
    yield Page(
        path="glossary.html", template="glossary.html", title="Glossary", context=lambda: _glossary(reader), key=fixed
    )
    yield Page(path="methodology.html", template="methodology.html", title="How it works", context=_measured, key=fixed)
    yield Page(
        path="about.html",
        template="about.html",
        title="About",
        section="about.html",
        context=lambda: {"totals": reader.rows(Totals, runs.TOTALS)[0]},
        key=lambda: reader.digest(runs.TOTALS),
    )
    yield Page(
        path="search.html", template="search.html", title="Search", section="search.html", context=nothing, key=fixed
    )
    yield Page(path="404.html", template="404.html", title="Nothing here", context=nothing, key=fixed)


def _measured() -> Context:
    """The precision card: what the rules reach on the labels of the sample, pinned so that it cannot fall unseen."""
    floor = read_floor(bundled("sample") / "floor.toml")
    return {"scores": [(words()["score"].get(name, name), f"{value:.0%}") for name, value in floor.scores.items()]}


def _glossary(reader: Reader) -> Context:
    return {
        "predicates": [
            (p.name.replace("_", " "), p.reads.replace("{subject}", "S").replace("{object}", "O"), p.accusation)
            for p in reader.topic.vocabulary.predicates.values()
        ],
        "kinds": sorted(words()["contradiction"].items()),
    }
