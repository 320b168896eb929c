"""Names and headlines as a line shows them: however long or empty one comes from the web, a reader can follow it."""

from __future__ import annotations

NAME, TITLE = 160, 300  # characters; longer ones are cut where they are only referred to
UNTITLED = "(without a title)"


def brief(text: str, nothing: str = UNTITLED, most: int = TITLE) -> str:
    """`text` cut to `most` characters; `nothing` where it has no character that can be seen.

    >>> brief("\\u200b "), brief("Norvane denies it", most=8)
    ('(without a title)', 'Norvane…')
    """
    if not any(character.isprintable() and not character.isspace() for character in text):
        return nothing
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
