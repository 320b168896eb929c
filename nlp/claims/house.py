"""A company's own page, which speaks for it as its statements do."""

from __future__ import annotations

import re

from msgspec import structs

from distillwatch.nlp.claims.scene import Registry, issuer_of, scene_of
from distillwatch.records import Document
from distillwatch.topic import Vocabulary

QUOTED = re.compile(r"[“\"«„「][^”\"»」]*[”\"»“」]")
PAGES = frozenset({"blog", "news"})  # what a page without a mark of its kind is taken for
SHARE = 0.25  # of the paragraphs, at least, say "we" on a company's own page


class House:
    """The words by which a company's own page is known; built once for many documents."""

    def __init__(self, vocabulary: Vocabulary, registry: Registry) -> None:
        words = vocabulary.lexicon("house")
        spaced, unspaced, sections = ("|".join(words[k]) for k in ("voice", "voice_unspaced", "sections"))
        self._registry = registry
        self._voice = re.compile(rf"\b(?:{spaced})\b|{unspaced}", re.IGNORECASE)
        self._section = re.compile(rf"(?:[’']s)?(?:\W+(?:{sections}))*\W*", re.IGNORECASE)

    def in_own_voice(self, document: Document) -> Document:
        """The document, as a statement where a known company says "we" in it: its own page, not one on it.

        The site's name is the company's with no more than sections of a site behind it ("Norvane Watch" watches
        Norvane), or, of a blog, the registry has it as the company's; a paper that a company owns is no page of it.
        """
        if document.kind not in PAGES or not document.outlet:
            return document
        scene = scene_of(document, self._registry)
        house = issuer_of(document, scene)
        if house is None or house.kind != "company":
            return document
        named = [name.casefold() for name in (house.name, *house.aliases)]
        rest = next((document.outlet[len(n) :] for n in named if document.outlet.casefold().startswith(n)), None)
        known = scene.outlet is not None and scene.outlet.id in self._registry.entities
        registered = known and document.kind == "blog"
        if not registered and (rest is None or self._section.fullmatch(rest) is None):
            return document
        said = [s for s in document.segments if s.kind in {"paragraph", "list_item"}]
        own = sum(self._voice.search(QUOTED.sub("", document.text[s.start : s.end])) is not None for s in said)
        return structs.replace(document, kind="statement") if own >= SHARE * len(said) > 0 else document
