"""Where each thing stands on the site: one function a kind of page, so that no template spells an address.

Paths are relative to the site's root, in lower case, made of letters that need no escaping, whatever an id holds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from distillwatch.ids import hash_id

_SAFE = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
ENTITY_KINDS = ("company", "model", "person", "agency", "policy", "product", "outlet", "group", "country")


@lru_cache(maxsize=65_536)
def safe_name(identity: str) -> str:
    """`identity` if it can stand in an address and a file name as it is, else a hash of it."""
    return identity if _SAFE.fullmatch(identity) else hash_id(identity)


def entity(kind: str, identity: str) -> str:
    """The page of an entity: company/norvane.html."""
    folder = kind if kind in ENTITY_KINDS else "entity"
    return f"{folder}/{safe_name(identity.removeprefix(kind + '-'))}.html"


def incident(slug: str) -> str:
    """The page of an incident, by its slug."""
    return f"incident/{safe_name(slug)}.html"


def contradiction(identity: str) -> str:
    """The page of one flag."""
    return f"contradiction/{safe_name(identity)}.html"


def dispute(identity: str) -> str:
    """The page of a dispute, which leads to its flags."""
    return f"dispute/{safe_name(identity)}.html"


def contradiction_kind(kind: str) -> str:
    """The list of flags of one kind."""
    return f"contradictions/{safe_name(kind)}.html"


def document(identity: str, part: int = 1) -> str:
    """The stored text of a document; a long one goes on in document/<its name>/2.html."""
    return f"document/{safe_name(identity)}{f'/{part}' if part > 1 else ''}.html"


def claim(identity: str) -> str:
    """The permalink of a claim."""
    return f"claim/{safe_name(identity)}.html"


def source(identity: str) -> str:
    """The page of a source."""
    return f"source/{safe_name(identity)}.html"


def outside(url: str) -> str:
    """`url` if a reader can follow it on the web, else "": `javascript:` and `file:` are shown, never linked."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in ("http", "https") and parts.netloc else ""
