"""Ids are hashes of what identifies a thing, so the same input adds nothing the second time."""

from __future__ import annotations

import hashlib
import re
import unicodedata


def hash_id(*parts: object, length: int = 16) -> str:
    """Hex digest over `parts`; `None` and the empty string differ, and part borders cannot be forged."""
    digest = hashlib.sha256()
    for part in parts:
        raw = b"\x00" if part is None else b"\x01" + str(part).encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()[:length]


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, in full."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def slug(name: str, limit: int = 60) -> str:
    """A readable address part: ASCII letters, digits and hyphens; a short hash where letters were lost or cut off.

    >>> slug("Qwen 2.5-14B")
    'qwen-2-5-14b'
    >>> slug("豆包").startswith("x-")
    True
    """
    plain = unicodedata.normalize("NFKD", name)
    ascii_only = "".join(c for c in plain if c.isascii()).lower()
    whole = re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")
    words = whole[:limit].strip("-")
    lost = any(c.isalnum() and not c.isascii() and not unicodedata.combining(c) for c in plain)
    return f"{words or 'x'}-{hash_id(name, length=6)}" if lost or len(whole) > limit or not words else words


def entity_id(kind: str, name: str) -> str:
    """The id of a registered or proposed entity, readable in SQL: `company-openai`."""
    return f"{kind}-{slug(name)}"
