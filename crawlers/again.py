"""Archived responses, read again: a better parser or another topic filter needs no network."""

from __future__ import annotations

from pathlib import Path

from distillwatch.crawlers.archive import read_record
from distillwatch.crawlers.items import Fetched
from distillwatch.crawlers.pipelines.parsing import LEAST, read_document
from distillwatch.crawlers.pipelines.relevance import leave_out
from distillwatch.crawlers.relevance import Relevance
from distillwatch.records import Capture, Document, Source


def parse_again(
    capture: Capture, source: Source, archive: Path, *, file: str = "", relevance: Relevance | None = None
) -> tuple[Document | None, str]:
    """(the document in an archived response, why there is none). With `relevance` a page off the topic is none.

    Raises ArchiveDamaged where the response cannot be read back.
    """
    body = read_record(archive, capture).body
    if relevance is not None and not relevance.may_keep(body) and not body.startswith(b"%PDF-"):
        return None, "off_topic"
    item = Fetched(
        role="page",
        url=capture.url,
        final_url=capture.final_url,
        status=capture.status or 200,
        content_type=capture.content_type,
        body=body,
        capture=capture,
    )
    read_document(item, source, file=file, least=1 if capture.status is None else LEAST)
    if relevance is not None:
        leave_out(item, relevance)
    return item.document, item.reason or item.outcome
