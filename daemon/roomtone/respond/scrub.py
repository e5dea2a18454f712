"""One sentence as a language model wrote it, without all that cannot be said aloud."""

from __future__ import annotations

import html
import re

from roomtone.respond.formula import in_words
from roomtone.respond.outside import bare

LONGEST_WORD = 40
"""Letters of a word; what is longer is an address, a key or noise."""

_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_ADDRESS = re.compile(r"\(?\b(?:https?://|www\.)\S+")
_SOURCE = re.compile(
    r"\s*\((?:[^()]*\b(?:https?://|www\.)[^()]*|source:?[^()]*|see:? [^()]*)\)", re.I
)
_PATH = re.compile(r"\b[\w-]+(?:\.[\w-]+)+/\S+")
_CITED = re.compile(
    r"\s?\[(?:\^?\d{1,3}(?:\s?[,\u2013-]\s?\d{1,3})*|citation needed|source|\^\w{1,20})\]|"
    "\u3010[^\u3011]*\u3011"
)
_FOOTNOTE = re.compile(r"\s*\[\^?\w{1,20}\]:")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]*>.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)
_NEW_LINE = re.compile(r"\\n(?!eq?\b|u\b|abla\b|ot\b)")
_BREAK = re.compile(r"</?(?:br|p|div|li|ul|ol|tr|td|th|h[1-6]|hr|table)\b[^<>]*>", re.I)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_MARKUP = re.compile(r"(?<!\w)[*_~]{1,3}(?=\S)|(?<=\S)[*_~]{1,3}(?!\w)|`+|^\s*#{1,6}\s+|^\s*>\s+")
_BULLET = re.compile(r"^\s*(?:[-*+\u2022\u2013\u2014]|\d{1,2}[.)])\s+(?:\[[ xX]?\]\s*)?")
_INNER_BULLET = re.compile("\\s*[\u2022\u25aa\u25cf\u00b7]\\s+")
_LABEL = re.compile(
    r"^\s*(?:(?:assistant|system|roomtone|ai|bot|a|(?:final |short )?answer|response|reply|output|"
    r"tl;? ?dr)\s*:\s*)+",
    re.I,
)
_ALONE = re.compile(r"(?:assistant|user|system|human|ai|response|answer|final answer)\W*", re.I)
_OPENING = re.compile(
    r"^(?:as an? (?:large )?(?:ai|artificial intelligence|language model)[^,.]{0,40},\s*|"
    r"(?:(?:sure|certainly|of course|absolutely|okay|ok)[,!.]?\s+)?here(?:'s| is| are) "
    r"(?:a|an|the|your|some|my)\b[^:.!?]{0,50}:\s*)",
    re.I,
)
_SYMBOL = re.compile(
    "[\u2190-\u21ff\u2300-\u27bf\u2900-\u2bff\ufe0f\u200d\U0001f000-\U0001faff\U000e0020-\U000e007f]"
)
_WIDE = str.maketrans(
    {"\u3002": ". ", "\uff0c": ", ", "\u3001": ", ", "\uff01": "! ", "\uff1f": "? ", "\uff1a": ": "}
    | {"\uff1b": "; ", "\u300c": '"', "\u300d": '"', "\uff08": " (", "\uff09": ") "}
)
_DATA = re.compile(r"\s*[\[{]+\s*[\"'][^\"']*[\"']\s*[:,\]}]|.*[\"'][\w ]+[\"']\s*:\s*[\[{\"'\d]")
_TOOL = re.compile(
    r"\s*(?:action|action input|observation|thought|function|function call|tool|tool call|"
    r"arguments|parameters)\s*:",
    re.I,
)
_LONG = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")


def scrubbed(sentence: str) -> str:
    """Return what of it can be said; empty when nothing can."""
    if _FOOTNOTE.match(sentence) or is_data(sentence):
        return ""
    text = _NEW_LINE.sub(" ", _HIDDEN.sub(" ", sentence))
    text = html.unescape(_TAG.sub("", _BREAK.sub(", ", text)))
    text = bare(text.translate(_WIDE))
    text = _ADDRESS.sub("", _SOURCE.sub("", _LINK.sub(r"\1", text)))
    text = in_words(_PATH.sub("", _CITED.sub("", text)))
    text = _INNER_BULLET.sub(", ", _BULLET.sub("", text))
    text = _SYMBOL.sub("", _MARKUP.sub("", _LONG.sub("", text)))
    text = _without_preface(text)
    if "|" in text:
        text = re.sub(r"\s*\|\s*", ", ", text.strip(" |"))
    text = re.sub(r"\s+([.,!?;])", r"\1", " ".join(text.split()))
    text = re.sub(r"^(?:[,;:.!]\s*)+|(?:,\s*)+(?=[,.])", "", text)
    text = text if sentence.rstrip().endswith(",") else text.rstrip(" ,")
    return text if re.search(r"\w", text) and not _ALONE.fullmatch(text) else ""


def is_data(sentence: str) -> bool:
    """Whether it is meant for a machine: JSON, a call of a tool."""
    return bool(_DATA.match(sentence) or _TOOL.match(sentence))


def _without_preface(text: str) -> str:
    """Take labels and what only announces an answer off its front."""
    bared = _OPENING.sub("", _LABEL.sub("", text))
    return bared if bared == text else bared[:1].upper() + bared[1:]
