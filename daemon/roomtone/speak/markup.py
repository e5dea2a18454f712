"""Takes off what is for the eye only: markdown, links, emoji, brackets."""

from __future__ import annotations

import re
import unicodedata

_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.MULTILINE), said)
    for pattern, said in (
        (r"```[\s\S]*?(```|\Z)", " "),
        (r"`([^`]*)`", r"\1"),
        (r"!\[[^\]]*\]\([^)]*\)", " "),
        (r"\[([^\]]+)\]\([^)]*\)", r"\1"),
        (r"<(?:https?|mailto):[^>]*>", " a link "),
        (r"</?[a-zA-Z][^<>]*>", " "),
        (r"\b(?:https?://|www\.)[^\s,;)\]]*[^\s,;)\].!?]", "a link"),
        (r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)\b", "\\1 at \\2"),
        (r"^\s*(?:[-*_]\s*){3,}$", ""),
        (r"^\s*\|?(?:\s*:?-{3,}:?\s*\|)+\s*:?-*:?\s*$", ""),
        (r"^\s{0,3}(?:#{1,6}|>+)\s+", ""),
        (r"^\s*(?:[-*+\u2022\u00b7]|\(?\d{1,2}[.)](?=\s+[A-Za-z]))\s+", ""),
        (r"(\*{1,3}|_{2,3}|~~)(?=\S)(.+?)(?<=\S)\1", r"\2"),
        (r"(?<![\w*])[*_](?=\S)([^*_\n]+?)(?<=\S)[*_](?![\w*])", r"\1"),
        (r"[ \t]*\|[ \t]*", ", "),
    )
)

_SMILES = re.compile(r"(?<!\S)[:;=8][-^']?[)(DPpOo/\\|*](?!\S)|<3(?!\d)")

_LINE_END = re.compile(r"([^\n])[ \t]*\n+[ \t]*(?=\S)")

_STOPS = ".!?,;:"


def plain(text: str) -> str:
    """`text` on one line, in the words and signs that have a sound."""
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    text = _SMILES.sub(" ", text)
    text = "".join(_spoken_sign(char) for char in text)
    text = _LINE_END.sub(lambda end: end[1] + (" " if end[1] in _STOPS else ". "), text)
    return " ".join(text.split())


def _spoken_sign(char: str) -> str:
    """The character, or nothing when it is a picture or a control code."""
    if char in "\n\t" or char.isascii():
        return char if char in "\n\t" or char.isprintable() else ""
    if char in _SIGNS:
        return _SIGNS[char]
    category = unicodedata.category(char)
    if category in {"So", "Sk", "Cf", "Cc", "Co", "Cs", "Cn"}:
        return char if char == "\u00b0" else " " if category == "So" else ""
    return " " if category.startswith("Z") else char


_SIGNS = {
    "\u2018": "'",
    "\u2019": "'",
    "\u02bc": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2212": "-",
    "\u2010": "-",
    "\u2011": "-",
    "\u2026": "...",
    "\u2044": "/",
    "\u2103": "\u00b0C",
    "\u2109": "\u00b0F",
    "\u00ba": "\u00b0",
    "\u03bc": "\u00b5",
    "\u00a9": "",
    "\u00ae": "",
    "\u2122": "",
    "\u00bd": " 1/2",
    "\u00bc": " 1/4",
    "\u00be": " 3/4",
    "\u2153": " 1/3",
    "\u2154": " 2/3",
    "\u2070": "^0",
    "\u00b9": "^1",
    "\u2074": "^4",
    "\u2075": "^5",
    "\u2076": "^6",
    "\u2077": "^7",
    "\u2078": "^8",
    "\u2079": "^9",
    "\u207b": "^-",
    "\u2080": "0",
    "\u2081": "1",
    "\u2082": "2",
    "\u2083": "3",
    "\u2084": "4",
    "\u2085": "5",
    "\u2086": "6",
    "\u2022": ",",
}
"""Signs that stand for plainer ones; squared and cubed stay, for they belong to units."""
