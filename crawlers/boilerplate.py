"""What on a page is not its article: marks in the markup and, in six languages, the words that head or fill such boxes."""

from __future__ import annotations

import re

from distillwatch.crawlers.dom import HEADINGS, Element, drop, is_hidden, length, words

# Words of class and id names. A box so named goes, unless it holds the headline or most of the page.
_BOX = frozenset(
    "ad ads adbox adslot adsense advert advertisement advertising anzeige publicidad publicite sponsor sponsored promo promoted "
    "promotion outbrain taboola banner cookie cookies consent gdpr rgpd cmp newsletter subscribe subscription signup signin login "
    "paywall breadcrumb breadcrumbs crumb crumbs nav navbar navigation menu menue toolbar topbar masthead footer colophon foot "
    "sidebar rail widget widgets related recirc recommended recommendations trending popular share sharing social followus "
    "pagination pager skip popup modal overlay lightbox toast player tags sponsoring mostread readmore".split()
)
# Readers' comments below an article: gone however long they are.
_REACTIONS = frozenset(
    "comments comment disqus respond responses reactions kommentare kommentar commentaires commentaire comentarios comentario "
    "pinglun discussion".split()
)
_ROLES = frozenset(
    "navigation contentinfo complementary dialog alertdialog search menu menubar toolbar tablist".split()
)
_MOST = 0.4  # a box with more of the page's letters than this is the page itself
_SPEAKS = frozenset("html body article main".split())  # elements whose own class names describe the page, not a box

_COUNT = r"(?:\d+|one|two|three|ein|zwei|un|une|deux|uno|dos)"
# Headings of what follows or surrounds an article, at the start of the heading.
TAIL_HEADING = re.compile(
    rf"""^(?:
    related\b(?!\ (?:work|research|parties|party|companies))|(?:recommended|suggested)\ (?:for\ you|reading|stories|articles|posts)|
    read\ (?:next|more|also)\b|(?:up|what\ to\ read)\ next\b|more\ (?:from|on\ this|in|like\ this|stories|essays|news|articles|posts|coverage|reporting)\b|
    also\ (?:on|in|read)\b|you\ (?:may|might)\ (?:also\ )?(?:like|enjoy)|(?:further|recommended)\ reading$|elsewhere$|from\ the\ archives?$|archives?$|
    (?:most|mostly)\ (?:read|popular|viewed|shared)|trending\b|popular\ (?:posts|stories|now)|recent\ (?:posts|articles|stories|comments)|
    latest\ (?:news|stories|posts|articles)|(?:earlier|previous|past|other|more)\ (?:episodes|issues|posts|notices)|
    (?:{_COUNT}\ )?(?:comments?|responses?|replies|reactions|thoughts)(?:\ on\b.*|\ \(\d+\)|\ {_COUNT})?$|leave\ a\ (?:comment|reply)|join\ the\ (?:discussion|conversation)|
    (?:subscribe|sign\ up|newsletters?)\b|share\ this\b|follow\ us\b|about\ the\ authors?$|
    (?:à|a)\ lire\ (?:aussi|également)|lire\ aussi|sur\ le\ même\ (?:sujet|thème)|(?:les\ )?plus\ lus?\b|articles?\ (?:liés|similaires|connexes)|dans\ la\ même\ rubrique|
    (?:{_COUNT}\ )?(?:réactions?|commentaires?)(?:\ \(\d+\))?$|
    mehr\ (?:zum\ thema|aus|von|artikel)|(?:lesen|lies)\ sie\ auch|auch\ interessant|das\ könnte\ (?:sie|dich)|meistgelesen|verwandte\ (?:artikel|themen|beiträge)|weitere\ (?:artikel|beiträge|themen)|
    (?:{_COUNT}\ )?(?:kommentare?|leserkommentare)(?:\ \(\d+\))?$|
    (?:lo\ )?más\ (?:leído|visto|popular|sobre|en|noticias)|(?:artículos|noticias)\ relacionad[ao]s|te\ puede\ interesar|lea\ también|lee\ también|
    (?:{_COUNT}\ )?(?:comentarios?)(?:\ \(\d+\))?$|
    関連(?:記事|リンク|ニュース|キーワード)|あわせて読みたい|おすすめ(?:記事)?|人気(?:記事|ランキング)|アクセスランキング|こちらもおすすめ|コメント|
    相关(?:阅读|文章|新闻|推荐|链接|话题)|相關(?:閱讀|文章|新聞)|热门(?:文章|新闻|推荐)|熱門(?:文章|新聞)|推荐阅读|延伸阅读|猜你喜欢|网友评论|评论(?:区)?|最新评论|更多(?:文章|新闻|内容)
    )""",
    re.I | re.X,
)
# Whole short lines that only serve the site.
_SITE_LINE = re.compile(
    r"""(?:\b(?:in|into|to)\ your\ inbox\b|\binbox\ clutter\b|\bsign\ up\ (?:for|to)\b.*\b(?:newsletter|brief|briefing|alerts?|updates)\b|
    ^subscribe\b|^(?:sign\ up|log\ ?in|sign\ in)$|\bsubscribe\ (?:to|now|for)\b.*\b(?:newsletter|channel|brief|updates)\b|
    ^advertisements?$|^sponsored(?:\ content)?$|^anzeige$|^publicité$|^publicidad$|^(?:広告|PR|广告)$|
    ^(?:please\ )?(?:accept|manage)\ (?:all\ )?cookies|^we\ (?:and\ our\ \d*\ ?partners\ )?use\ cookies\b|
    ^skip\ to\ (?:main\ )?content$|^share(?:\ this(?:\ (?:article|story|post))?)?:?$|^(?:reply|report|permalink|print|listen|play)$|
    ^\d+\ repl(?:y|ies)\ ?→?$|^(?:read|see)\ (?:more|also|next)\s*[:→»]|^(?:back\ to\ top|load\ more|show\ more|view\ comments)$|
    ^more\ reporting\ around\ |^related\ coverage\ (?:selected|chosen)\b|^(?:click|tap)\ here\ to\b|
    ^this\ (?:episode|show|newsletter)\ is\ (?:brought\ to\ you|sponsored)\ by\b|^all\ rights\ reserved\b|^©)""",
    re.I | re.X,
)
_LINE_LIMIT = 220  # characters: a longer line is text that happens to hold such words


def is_site_line(text: str) -> bool:
    """Whether a whole block only serves the site: an invitation, a button, an advertisement mark."""
    return len(text) <= _LINE_LIMIT and _SITE_LINE.search(text) is not None


def is_tail_heading(text: str) -> bool:
    """Whether a heading opens what is not the article: related stories, comments, an archive list."""
    return len(text) <= 90 and TAIL_HEADING.match(text) is not None


def prune(root: Element) -> None:
    """Take out of a page, in place, what is surely not its article."""
    whole = max(1, length(root))
    waiting = [root]
    while waiting:
        for element in list(waiting.pop()):
            if not isinstance(element.tag, str):
                continue
            if element.tag not in _SPEAKS and _is_box(element, whole):
                drop(element)
            else:
                waiting.append(element)
    for heading in list(root.iter(*HEADINGS)):
        _prune_section(heading, whole)


def _is_box(element: Element, whole: int) -> bool:
    named = words(element)
    reacts = bool(named & _REACTIONS)
    tag = element.tag
    site_footer = tag == "footer" and not any(a.tag == "blockquote" for a in element.iterancestors())
    boxed = (
        reacts
        or bool(named & _BOX)
        or tag == "nav"
        or site_footer
        or (element.get("role") or "") in _ROLES
        or is_hidden(element)
    )
    if not boxed:
        return False
    if element.find(".//h1") is not None or (tag == "header" and not reacts):
        return False
    return reacts or length(element) < _MOST * whole


def _prune_section(heading: Element, whole: int) -> None:
    """A heading such as "Read next" takes its own box along when the box holds nothing else."""
    if heading.tag == "h1" or not is_tail_heading(" ".join(heading.text_content().split())):
        return
    box = heading.getparent()
    while box is not None and box.tag == "header":
        box = box.getparent()
    if box is None or box.tag in _SPEAKS or box.find(".//h1") is not None or length(box) >= _MOST * whole:
        return
    before = heading.getprevious()
    if before is None or all(
        sibling.tag not in ("p", "div", "section") for sibling in heading.itersiblings(preceding=True)
    ):
        drop(box)
