"""The same site made by Hugo, which is given what our templates are given, or bodies that are finished already."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from distillwatch.site import env, paths
from distillwatch.site.claims import Claim, Name, words
from distillwatch.site.env import plural
from distillwatch.site.figures import day_words, published_words
from distillwatch.site.marking import Piece
from distillwatch.site.page import Page, all_pages
from distillwatch.site.reader import Reader

DOCTYPE = "<!doctype html>"
LAYOUTS = Path(__file__).with_name("hugo")
Data = dict[str, Any]


def finished(site: Path, folder: Path) -> None:
    """Every page of ours as a content file: Hugo reads it, puts it into a layout of one line and writes it."""
    _begin(folder)
    for file in site.rglob("*.html"):
        _finished(file, folder / "content" / file.relative_to(site))


def from_data(reader: Reader, site: Path, folder: Path) -> int:
    """Documents and claims, nine pages in ten, as what our templates are given of each, for layouts that say the same;
    the rest finished. Returns how many pages are to be made from data.

    What a claim page shows of flags and of pairs is finished, too.
    """
    _begin(folder)
    made = {"document.html": _document, "claim.html": _claim}
    number = 0
    for page in all_pages(reader):
        if page.template in made:
            target = folder / "content" / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = _frame(reader, page) | made[page.template](page.context(), page, site)
            target.with_suffix(".md").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
            number += 1
        elif page.path.endswith(".html"):
            _finished(site / page.path, folder / "content" / page.path)
    return number


def build(binary: str, folder: Path, used: Callable[[], float], clock: Callable[[], float]) -> tuple[float, float]:
    """Have Hugo make the site of `folder`; seconds by the `clock` and of processor."""
    wall, cpu = clock(), used()
    subprocess.run([binary, "--quiet", "--source", str(folder)], check=True, capture_output=True)
    return clock() - wall, used() - cpu


def _begin(folder: Path) -> None:
    shutil.copytree(LAYOUTS, folder)


def _finished(file: Path, target: Path) -> None:
    text = file.read_text(encoding="utf-8").removeprefix(DOCTYPE)
    title = json.dumps(text[text.index("<title>") + 7 : text.index("</title>")])
    target.parent.mkdir(parents=True, exist_ok=True)
    # Hugo takes index.html for a section and braces for its own short codes
    target = target.with_name(f"p-{target.name}")
    target.write_text(f"---\ntitle: {title}\n---\n{text.replace('{{', '{ {')}", encoding="utf-8")


def _frame(reader: Reader, page: Page) -> Data:
    """What the frame of a page shows."""
    return {
        "layout": page.template.removesuffix(".html"),
        "title": page.title,
        "root": str(page.root),
        "policy": env.policy(page.path),
        "site": reader.topic.title,
        "notice": reader.topic.notice,
        "section": page.section,
        "navigation": [{"path": path, "label": label} for path, label in env.NAVIGATION],
        "found": page.found_as,
    }


def _document(shown: Any, page: Page, site: Path) -> Data:
    document, numbers = shown["document"], shown["numbered"](shown["claims"])

    def marked(pieces: tuple[Piece, ...]) -> list[Data]:
        return [
            {
                "text": piece.text,
                "mention": piece.mention.ref if piece.mention else "",
                "label": piece.mention.label if piece.mention else "",
                "claim": bool(piece.claims),
                "opens": [paths.safe_name(span.ref) for span in piece.opens],
                "closes": [numbers[span.ref] for span in piece.closes],
            }
            for piece in pieces
        ]

    return {
        "linked": shown["linked"],
        "facets": [{"name": name, "value": value} for name, value in shown["facets"]],
        "document": {
            "id": document.id,
            "title": document.title,
            "source_path": paths.source(document.source_id),
            "outlet": document.outlet,
            "kind": document.kind,
            "tier": words()["tier"].get(document.tier, document.tier),
            "language": document.language,
            "language_words": words()["language"].get(document.language, document.language),
            "byline": document.byline,
            "published": published_words(document.published_at, document.published_precision),
            "published_from": document.published_from,
            "url": paths.outside(document.url),
            "headline": marked(shown["headline"].pieces) if shown["headline"] else [],
            "blocks": [
                {"kind": b.kind, "depth": b.depth, "speaker": b.speaker, "pieces": marked(b.pieces)}
                for b in shown["blocks"]
            ],
            "claims": [_said(claim) for _, claim in shown["claims"]],
            "disputes": [
                {"path": paths.dispute(d.id), "title": d.title, "status": d.status} for d in shown["disputes"]
            ],
            "incidents": [{"path": paths.incident(i.slug), "title": i.title} for i in shown["incidents"]],
            "related": [
                {
                    "path": paths.document(r.document_id),
                    "title": r.title,
                    "outlet": r.outlet,
                    "published": published_words(r.published_at, r.published_precision),
                    "relation": r.relation,
                }
                for r in shown["related"]
            ],
            "revisions": [
                {
                    "number": r.row.number,
                    "seen": day_words(r.row.seen_at),
                    "capture": r.row.capture_sha256[:12],
                    "text_sha256": r.row.text_sha256,
                }
                for r in shown["revisions"]
            ],
            "first_seen": day_words(document.first_seen),
            "last_seen": day_words(document.last_seen),
        },
    }


def _claim(shown: Any, page: Page, site: Path) -> Data:
    claim, passage = shown["claim"], shown["passage"]
    text = (site / page.path).read_text(encoding="utf-8")
    rest = min(
        (at for mark in ("flags", "pairs") if (at := text.find(f'<section aria-labelledby="{mark}"')) > 0), default=0
    )
    return {
        "linked": shown["linked"],
        "claim": _said(claim)
        | {
            "id": claim.row.id,
            "current": bool(claim.row.current),
            "stance": claim.stance,
            "document_path": claim.document_path,
            "document": paths.document(claim.row.document_id),
            "document_title": claim.row.document_title,
            "outlet": claim.outlet.text,
            "day": claim.row.published_at[:10],
            "published": claim.published,
            "language": claim.row.language,
            "context": [{"text": p.text, "claim": bool(p.claims)} for p in shown["context_pieces"]],
            "evidence_class": shown["evidence_class"],
            "capture": passage.capture_sha256,
            "fetched": day_words(passage.fetched_at),
            "extractor": claim.row.extractor,
            "confidence": f"{claim.row.confidence:.0%}",
            "start": claim.row.start,
            "end": claim.row.end,
            "disputes": [
                {"path": paths.dispute(d.id), "title": d.title, "status": d.status, "words": plural(d.pairs, "pair")}
                for d in shown["disputes"]
            ],
            "finished": text[rest : text.index("</main>")] if rest else "",
        },
    }


def _said(claim: Claim) -> Data:
    return {
        "who": _name(claim.who),
        "through": claim.through_outlet,
        "colour": claim.colour,
        "verb": claim.verb,
        "link_word": claim.link_word,
        "pieces": [_name(piece) for piece in claim.pieces],
        "figure": claim.figure,
        "period": claim.when,
        "hedge": claim.hedge,
        "path": claim.path,
    }


def _name(name: Name) -> Data:
    return {"text": name.text, "path": name.path}
