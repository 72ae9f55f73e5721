"""Finds definitions of abbreviations in texts: ``long form (SF)`` (Schwartz and Hearst 2003).

The algorithm is that of ``src/core/text/abbreviations.ts``, restricted to definitions with the long form before the
bracket. Nearly all definitions have this order.
"""

import re

_BRACKET = re.compile(r"\(([^()]{2,200})\)")
_LOOK_BACK = 300
_SENTENCE_START = re.compile(r"(?<!\b[A-Z])[.!?]\s+(?=[A-Z0-9])")


def definitions(text: str) -> list[tuple[str, str]]:
    """Returns (short form, long form) of each definition, in text order."""
    pairs = []
    for bracket in _BRACKET.finditer(text):
        short = re.split(r"[,;]\s", bracket[1])[0].strip()
        if not _is_short(short):
            continue
        before = text[max(0, bracket.start() - _LOOK_BACK) : bracket.start()]
        before = _SENTENCE_START.split(before)[-1].split()
        long = _long_form(short, " ".join(before[-min(len(short) + 5, 2 * len(short)) :]))
        if long is not None:
            pairs.append((short, long))
    return pairs


def _is_short(text: str) -> bool:
    """Whether a text can be a short form: two to ten characters in at most two words, with at least one letter, and a
    letter or a digit at the beginning."""
    return (
        2 <= len(text) <= 10
        and text[0].isalnum()
        and any(c.isalpha() for c in text)
        and len(text.split()) <= 2
        and not re.search(r"[=<>≤≥%]|[^\W\d_]\.$", text)
        and not re.fullmatch(r"[a-z]{3,}", text)
    )


def _long_form(short: str, before: str) -> str | None:
    """Finds the long form at the end of ``before`` by the algorithm of figure 1 of the paper: it matches the characters
    of the short form from the last to the first."""
    at = len(before) - 1
    for place in range(len(short) - 1, -1, -1):
        wanted = short[place].lower()
        if not wanted.isalnum():
            continue
        while at >= 0 and not (
            before[at].lower() == wanted and (place > 0 or at == 0 or not before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return None
        at -= 1
    start = at + 1
    while start > 0 and before[start - 1] not in ' ([{"“‘':
        start -= 1
    long = before[start:].rstrip(" ,;:")
    is_long = len(long) > len(short) and short not in long.split() and not re.search(r"[()]", long)
    return long if is_long else None
