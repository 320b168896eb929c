"""The HTML that a page repeats a hundred times, made without a template: names, claims, marked text.

Everything that comes from outside goes through `escaped`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from markupsafe import Markup

from distillwatch.site import paths
from distillwatch.site.claims import Claim, Name
from distillwatch.site.escaping import escaped
from distillwatch.site.marking import Piece


def named(name: Name, root: str) -> Markup:
    """A name, linked to its page if it has one."""
    return Markup(_named(name, root))


def stated(pieces: Iterable[Name], root: str) -> Markup:
    """A statement without who makes it: only for places that name the speaker themselves."""
    return Markup("".join([_named(piece, root) for piece in pieces]))


def who(claim: Claim, root: str) -> Markup:
    """Who makes a claim."""
    return Markup(f'<span class="who">{_named(claim.who, root)}</span>')


def stance(word: str, colour: str) -> Markup:
    """How somebody stands to a statement, in a word and its colour."""
    return Markup(f'<span class="stance {escaped(colour)}">{escaped(word)}</span>')


def state(word: str) -> Markup:
    """How far a flag or a dispute has come."""
    kind = "is-open" if word in ("open", "confirmed", "reopened") else "is-closed"
    return Markup(f'<span class="status {kind}">{escaped(word)}</span>')


def where(claim: Claim, root: str) -> Markup:
    """Where a claim stands; the outlet is named only if somebody else speaks, for else it was just named."""
    return Markup(_where(claim, root))


def said(claim: Claim, root: str, place: bool = True) -> Markup:
    """A claim as a sentence: "Tarsil alleges that Norvane … (May 2026) – in The Ledger, 3 June 2026 §".

    Without `place` it stands on the page of its text, and what the text says itself is said by "The text".
    """
    speaker = _named(claim.who, root) if place or claim.through_outlet else "The text"
    parts = [
        f'<span class="said" data-attributed><span class="who">{speaker}</span>'
        f' <span class="stance {claim.colour}">{escaped(claim.verb)}</span>{escaped(claim.link_word)}'
        f' <span class="statement">{"".join([_named(piece, root) for piece in claim.told])}</span>'
    ]
    for kind, words in (("figure", claim.figure), ("period", claim.when)):
        if words:
            parts.append(f' <span class="{kind}">({escaped(words)})</span>')
    if claim.hedge:
        parts.append(f' <span class="hedge">{escaped(claim.hedge)}</span>')
    if place:
        parts.append(f" – {_where(claim, root)}")
    parts.append(
        f' <a class="more" href="{root}{escaped(claim.path)}" aria-label="This claim on its own page">§</a></span>'
    )
    return Markup("".join(parts))


def marked(pieces: Iterable[Piece], numbers: Mapping[str, int], root: str) -> Markup:
    """A block of a stored text: its names linked, its claims marked, each with its number of `numbers` at its end."""
    parts = []
    for piece in pieces:
        for claim in piece.opens:
            parts.append(f'<span class="anchor" id="c-{paths.safe_name(claim.ref)}"></span>')
        text, mention = escaped(piece.text), piece.mention
        if mention is not None and mention.ref:
            text = f'<a class="mention {escaped(mention.label)}" href="{root}{escaped(mention.ref)}">{text}</a>'
        elif mention is not None:
            text = f'<span class="mention unlinked" title="A name that could not be tied to one entity">{text}</span>'
        parts.append(f"<mark>{text}</mark>" if piece.claims else text)
        for claim in piece.closes:
            number = numbers.get(claim.ref)
            if number is not None:
                parts.append(
                    f'<sup class="ref" data-pagefind-ignore> <a href="#claim-{number}" aria-label="Claim {number}">'
                    f"[{number}]</a></sup>"
                )
    return Markup("".join(parts))


@lru_cache(maxsize=8192)
def _named(name: Name, root: str) -> str:
    if not name.path:
        return escaped(name.text)
    return f'<a class="name" href="{root}{escaped(name.path)}">{escaped(name.text)}</a>'


def _where(claim: Claim, root: str) -> str:
    address = f'<a href="{root}{escaped(claim.document_path)}">'
    if claim.through_outlet:
        return f'<span class="where">in {address}{escaped(claim.outlet.text)}</a>, {_dated(claim)}</span>'
    return f'<span class="where">{address}{_dated(claim)}</a></span>'


def _dated(claim: Claim) -> str:
    """The day of publication, as precise as it is known."""
    machine = f' datetime="{escaped(claim.row.published_at[:10])}"' if claim.row.published_at else ""
    return f"<time{machine}>{escaped(claim.published)}</time>"
