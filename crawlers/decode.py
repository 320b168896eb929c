"""Bytes of a page → text, also where header, markup and body disagree about the encoding."""

from __future__ import annotations

import re

from charset_normalizer import from_bytes
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

_HIGH = re.compile(rb"[\x80-\xff]")
_GUESSED_FROM = 50_000  # bytes that the statistical guess looks at: more costs seconds and changes nothing
_GUESSABLE = 48  # fewer bytes above ASCII say too little for a guess; the web's default is taken then
_DAMAGE = (
    50  # one broken character in so many is damage to a UTF-8 text (a cut end, one bad byte), not another encoding
)


def decode(body: bytes, content_type: str = "") -> str:
    """The text of `body`. Never raises: what no encoding explains becomes U+FFFD.

    A byte-order mark wins; then UTF-8 where the bytes are valid UTF-8, whatever was declared (legacy text is hardly
    ever valid UTF-8 by chance); then the declared encodings that fit without an error; then a statistical guess.
    """
    marked, bom = read_bom(body)
    if marked and bom is not None:
        return body[len(bom) :].decode(marked, "replace")
    header = http_content_type_encoding(content_type)
    declared = [name for name in map(_known, (header, html_body_declared_encoding(body))) if name]
    high = len(_HIGH.findall(body))
    seven_bit = next((name for name in declared if name.startswith("iso2022")), None)
    if seven_bit and not high:
        return body.decode(seven_bit, "replace")
    loose = body.decode("utf-8", "replace")
    if loose.count("\ufffd") * _DAMAGE <= high:
        return loose
    for name in declared:
        text = _strictly(body, name)
        if text is not None:
            return text
    best = from_bytes(body[:_GUESSED_FROM]).best() if high >= _GUESSABLE else None
    return body.decode(best.encoding if best else "cp1252", "replace")


def _known(name: str | None) -> str | None:
    return resolve_encoding(name) if name else None


def _strictly(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding)
    except UnicodeDecodeError:
        return None
