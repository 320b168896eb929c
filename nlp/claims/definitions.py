"""What a text says that a term means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from distillwatch.nlp.claims.arguments import entities
from distillwatch.nlp.claims.draft import Draft
from distillwatch.nlp.claims.lexicon import Lexicon
from distillwatch.nlp.claims.sentence import Referent, Sentence
from distillwatch.nlp.claims.tellers import speaker_of
from distillwatch.nlp.clauses import is_verb, subjects
from distillwatch.nlp.parse import Token

SPEAKERS = frozenset({"company", "person", "agency", "group", "outlet"})
CONCEDED = re.compile(r"\W{0,9}(?:while|although|though|whereas)\b", re.I)
"""A meaning that is granted before somebody's point is made: the writer's words, up to the comma."""
DEFINERS = frozenset({"define", "use", "put", "call", "mean", "understand", "describe", "see"})

COMMONPLACE = re.compile(
    r"(?:an? )?(?:common|legitimate|widespread|popular|standard|useful|powerful|controversial|legal|normal)\b"
    r"(?: \w+)? (?:technique|method|practice|approach|tool)\b(?! (?:in|by|where|that (?:trains|teaches|transfers)))",
    re.I,
)


class Definitions:
    """The [definitions] words as one pattern a shape."""

    def __init__(self, lexicon: Lexicon) -> None:
        table: Mapping[str, list[str]] = lexicon.tables["definitions"]
        self.lexicon = lexicon
        terms = "|".join(map(re.escape, sorted(table["terms"], key=len, reverse=True)))
        term = rf"(?P<term>(?:[\w-]+ ){{0,2}}(?:{terms}))"
        quoted = rf"[\"'“‘«]?(?:An? )?{term}[\"'”’»]?"
        says = "|".join(table["says"])
        does = "|".join(table["does"])
        acts = "|".join(table["acts"])
        start = r"(?:^|[“\"«:—–]\s*|, )"
        law = r"(?P<law>acts?|bill|law|directive|order|regulation|rules?|code|agreement|licen[cs]e|terms|policy)"
        paper = rf"(?:{law}|notice|document|letter|paper|report|memo|post|guideline)"
        self.shapes = [
            re.compile(rf"{start}(?:in|under) this {paper},? {quoted} (?:{says}|is) (?P<gist>.+)", re.I),
            re.compile(rf"{start}{quoted} in this {paper} (?:{says}|is) (?P<gist>.+)", re.I),
            re.compile(
                r"^In this (?:(?P<law>Act|Bill|Law|Directive|Order|Regulation)|notice|document|letter)\b,? "
                r"(?:an? )?[“\"«](?P<term>[\w -]{3,40})[”\"»] (?:is|means|includes) (?P<gist>.+)",
                re.I,
            ),
            re.compile(r"^An? [“\"«](?P<term>[\w -]{3,40})[”\"»] is (?P<gist>(?:one|an?) .+)"),
            re.compile(
                rf"\b(?:use|uses|used) (?:the (?:word|term|expression) )?{quoted}(?: \w+ly)?,? "
                r"(?:for|to mean|to describe|to denote|in the sense of) (?P<gist>.+)",
                re.I,
            ),
            re.compile(rf"{start}by {quoted},? (?:\w+ ){{1,3}}?(?:mean|understand)s?,? (?P<gist>.+)", re.I),
            re.compile(rf"\bdefin\w+ {quoted} (?:as|to mean|:)\s?(?P<gist>.+)", re.I),
            re.compile(
                rf"\bwhen (?:we|I) (?:speak|talk|write|say)(?: of| about)? {quoted}, "
                r"(?:we|I) (?:mean|(?:have|had) in mind) (?P<gist>.+)",
                re.I,
            ),
            re.compile(
                rf"\bwherever [^,]{{2,40}} (?:speaks?|talks?|says?|uses?|refers?)(?: of| to)? {quoted},? "
                r"it (?:means|denotes)(?: that)? (?P<gist>.+)",
                re.I,
            ),
            re.compile(rf"{start}{quoted} is what (?:we|I|people|they|one) calls? it (?P<gist>.+)", re.I),
            re.compile(rf"^{quoted},? (?:n|noun)\.? ?[:–—-] ?(?P<gist>.+)", re.I),
            re.compile(rf"{start}{quoted}, as [^,:]{{2,60}}?(?:, (?:{says})|:|, is) (?P<gist>.+)", re.I),
            re.compile(rf"{start}{quoted}(?:, [^,]{{3,50}},)? (?:{says}) (?P<gist>.+)", re.I),
            re.compile(rf"{start}(?P<gist>{quoted} (?:{does}) .+)", re.I),
            re.compile(r"^[“\"«](?P<term>[A-Z][\w -]{2,40})[”\"»] (?:means|refers to|is) (?P<gist>.+)"),
            re.compile(rf"^{quoted} ?= ?(?P<gist>.+)", re.I),
            re.compile(rf"\bwhat .{{2,40}} (?:means?|understands?) by {quoted} ?[:–—] ?(?P<gist>.+)", re.I),
            re.compile(rf"\bwhat {quoted} (?:is|means),? (?:.{{2,60}})?[:–—] (?P<gist>.+)", re.I),
            re.compile(rf"{start}{quoted}, [^“\"«]{{5,120}}, (?:is|means) [“\"«](?P<gist>[^”\"»]+)", re.I),
            re.compile(
                rf"{start}(?:the (?:word|term|expression) )?{quoted}(?:, [^,]{{3,50}},)? "
                rf"(?:is|means|stands for|amounts to|comes down to) (?P<gist>(?:{acts}|one(?! of)|when|where)\b.+)",
                re.I,
            ),
            re.compile(rf"{start}{quoted} ?[:–—-] ?(?P<gist>(?:the )?(?:{acts})\b[^–—]+)", re.I),
            re.compile(rf"{start}{quoted}, in which (?P<gist>[^,]{{12,}}),", re.I),
            re.compile(
                rf"\b(?:call|calls|called) {quoted} (?P<gist>(?:a|an|the) (?:art|act|practice|craft) of .+)", re.I
            ),
        ]
        self.hint = re.compile(rf"{'|'.join(map(re.escape, table['terms']))}|[“\"«]\w", re.I)
        self.bad_term = re.compile(rf"\b(?:{'|'.join(table['not_in_term'])})\b", re.I)


def drafts(sentence: Sentence, words: Definitions, author: Referent | None) -> Iterator[Draft]:
    """The definition that the sentence gives of one of the topic's terms; `author` defines where it names nobody."""
    text = sentence.document_text[sentence.start : sentence.end]
    if words.hint.search(text) is None:
        return
    text = re.sub(r"^\s*(?:\d{1,2}:\d\d(?::\d\d)?\s+|[-–—•●*]\s+|\d+[.)]\s+)", "", text)
    if text.rstrip().endswith("?"):
        return
    for shape in words.shapes:
        match = shape.search(text)
        if match is None or words.bad_term.search(match["term"]):
            continue
        conceded = CONCEDED.match(text) is not None
        gist = _gist(match["gist"].partition(",")[0] if conceded else match["gist"])
        if COMMONPLACE.match(gist):
            return  # "distillation is a common technique": a remark on it
        root = next((t for t in sentence.doc if t.dep_ == "ROOT"), None)
        if root is None or len(gist.split()) < 3:
            return
        definers = [] if conceded else _definer(sentence, words.lexicon)
        rule = _rule(sentence) if match.groupdict().get("law") else None
        if rule is not None:
            yield Draft(
                predicate="defines",
                trigger=root,
                subject=rule,
                object_text=gist,
                undated=True,
                plain=True,
                speaker=next(iter(definers), None),
                qualifiers={"term": match["term"]},
            )
            return
        if not definers and re.match(
            r".{0,60}, as (?!we\b|I\b|it\b|used\b|commonly\b|usually\b|generally\b|always\b)", text
        ):
            return  # somebody's meaning, and nobody knows whose
        if not definers and sentence.speaker is None and re.match(r"\s*[“\"«]\w[^”\"»]*$", text):
            return  # the first sentence of a quotation, and nobody knows whose
        who = definers or ([author] if author is not None else [])
        for subject in who[:1]:
            yield Draft(
                predicate="defines",
                trigger=root,
                subject=subject,
                object_text=gist,
                undated=True,
                plain=True,
                speaker=subject if definers or sentence.quoted_whole else None,
                qualifiers={"term": match["term"]},
            )
        return


def _rule(sentence: Sentence) -> Referent | None:
    """The rule that "this act", "this directive" is: it defines, whoever quotes it."""
    for token in sentence.doc:
        if token.lower_ == "this" and token.head.i in sentence.refs:
            return next((r for r in sentence.refs[token.head.i] if r.kind == "policy"), None)
    return None


def _gist(words: str) -> str:
    """The meaning up to the end of the quotation or clause."""
    words = re.split(r"[”»]|;|, (?:said|says|writes|wrote|explains|explained|according to)\b|(?<=\w),\" ", words)[0]
    words = re.split(r", (?:[\w.'’-]+ ){1,4}(?:said|says|wrote|writes|explained|explains|told \w+)\s*[.]?$", words)[0]
    return words.strip(" \t.,:;!\"“”'‘’«»")


def _definer(sentence: Sentence, lexicon: Lexicon) -> list[Referent]:
    """Whoever the sentence says means, defines or uses the term so."""
    candidates: list[Token] = []
    for token in sentence.doc:
        if is_verb(token) and (sentence.lemma(token) in lexicon.speech or sentence.lemma(token) in DEFINERS):
            candidates += subjects(token)
            candidates += [
                c
                for c in token.children
                if c.dep_ == "dobj" and c.i > token.i and sentence.lemma(token) in lexicon.speech
            ]
        elif sentence.lemma(token) == "definition":
            candidates += [c for c in token.children if c.dep_ == "poss"]
        elif token.lower_ == "according":
            candidates += [o for p in token.children for o in p.children if o.dep_ == "pobj"]
    for candidate in candidates:
        found = [
            r
            for r in (speaker_of(candidate, sentence, lexicon) or entities(candidate, sentence, lexicon))
            if r.kind in SPEAKERS
        ]
        persons = [r for r in found if r.kind == "person"]
        if found:
            return persons or found
    return []
