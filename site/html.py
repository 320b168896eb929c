"""The HTML that a page repeats a hundred times, made without a template: names, and claims with their speaker.

Everything that comes from outside goes through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from distillwatch.site.claims import Claim, Name


def named(name: Name, root: str) -> Markup:
    """A name, linked to its page if it has one."""
    if not name.path:
        return escape(name.text)
    return Markup(f'<a class="name" href="{root}{escape(name.path)}">{escape(name.text)}</a>')


def stated(pieces: Iterable[Name], root: str) -> Markup:
    """A statement without who makes it: only for places that name the speaker themselves."""
    return Markup("".join(named(piece, root) for piece in pieces))


def dated(claim: Claim) -> Markup:
    """The day of publication, as precise as it is known."""
    machine = f' datetime="{escape(claim.row.published_at[:10])}"' if claim.row.published_at else ""
    return Markup(f"<time{machine}>{escape(claim.published)}</time>")


def where(claim: Claim, root: str) -> Markup:
    """Where a claim stands; the outlet is named only if somebody else speaks, for else it was just named."""
    address = f'<a href="{root}{escape(claim.document_path)}">'
    if claim.through_outlet:
        return Markup(f'<span class="where">in {address}{escape(claim.outlet.text)}</a>, {dated(claim)}</span>')
    return Markup(f'<span class="where">{address}{dated(claim)}</a></span>')


def said(claim: Claim, root: str, place: bool = True) -> Markup:
    """A claim as a sentence: "Tarsil alleges that Norvane … (May 2026) – in The Ledger, 3 June 2026 §".

    Without `place` it stands on the page of its text, and what the text says itself is said by "The text".
    """
    who = named(claim.who, root) if place or claim.through_outlet else "The text"
    parts = [
        f'<span class="said" data-attributed><span class="who">{who}</span>'
        f' <span class="stance {claim.colour}">{escape(claim.verb)}</span>{escape(claim.link_word)}'
        f' <span class="statement">{stated(claim.pieces, root)}</span>'
    ]
    for kind, words in (("figure", claim.figure), ("period", claim.when)):
        if words:
            parts.append(f' <span class="{kind}">({escape(words)})</span>')
    if claim.hedge:
        parts.append(f' <span class="hedge">{escape(claim.hedge)}</span>')
    if place:
        parts.append(f" – {where(claim, root)}")
    parts.append(
        f' <a class="more" href="{root}{escape(claim.path)}" aria-label="This claim on its own page">§</a></span>'
    )
    return Markup("".join(parts))
