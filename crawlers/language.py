"""The language that a text is written in."""

from __future__ import annotations

import re
from collections.abc import Iterable

import py3langid

_ENOUGH = 40  # letters below which a guess says nothing; an ideograph counts three
_SAMPLE = 6_000  # characters of each text that are looked at
_SAME = {"yue": "zh", "nb": "no", "nn": "no"}
_KANA = re.compile("[\u3041-\u30ff]")
_HAN = re.compile("[\u4e00-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]")
_LINK_OR_CODE = re.compile(r"https?://\S+|`[^`]*`")


def language_of(texts: Iterable[str], default: str = "en") -> str:
    """ISO 639-1 code of most of the given blocks, weighed by length; `default` where they say too little."""
    weights: dict[str, int] = {}
    body = [_LINK_OR_CODE.sub(" ", t) for t in texts]
    for group in _groups(body):
        code = _guess(group)
        if code:
            weights[code] = weights.get(code, 0) + _weight(group)
    if not weights:
        return default or "en"
    return max(weights, key=lambda code: (weights[code], code == default))


def _groups(texts: list[str]) -> Iterable[str]:
    """Blocks joined until they are long enough to be judged, so that a title in another language stands for itself."""
    group = ""
    for text in texts:
        group = f"{group} {text}".strip()
        if _weight(group) >= 200:
            yield group
            group = ""
    if group:
        yield group


def _weight(text: str) -> int:
    return sum(3 if ord(c) >= 0x3040 else 1 for c in text if c.isalpha())


def _guess(text: str) -> str:
    if _weight(text) < _ENOUGH:
        return ""
    sample = text[:_SAMPLE]
    if len(_HANGUL.findall(sample)) * 4 > len(sample):
        return "ko"
    if (han := len(_HAN.findall(sample))) + (kana := len(_KANA.findall(sample))) > len(sample) // 4:
        return "ja" if kana * 10 > han else "zh"
    code = str(py3langid.classify(sample)[0])
    return _SAME.get(code, code)[:2]
