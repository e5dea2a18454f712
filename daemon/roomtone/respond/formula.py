"""A formula in TeX as a person would say it."""

from __future__ import annotations

import re

_GROUP = r"\{([^{}]*)\}"
_SAID = (
    (r"\\(?:boxed|text|mathrm|mathbf|mathit|textbf|operatorname)\s*" + _GROUP, r"\1"),
    (r"\\[dt]?frac\s*" + _GROUP + r"\s*" + _GROUP, r" \1 over \2 "),
    (r"\\sqrt\s*" + _GROUP, r" the square root of \1 "),
    (r"\^\s*(?:2|\{2\})", " squared "),
    (r"\^\s*(?:3|\{3\})", " cubed "),
    (r"\^\s*\\circ|\^\s*\{\\circ\}", " degrees "),
    (r"\^\s*(?:" + _GROUP + r"|(\w))", r" to the power of \1\2 "),
    (r"_\s*(?:" + _GROUP + r"|(\w))", r" \1\2 "),
    (r"\\(?:times|cdot|ast)\b", " times "),
    (r"\\div\b", " divided by "),
    (r"\\pm\b", " plus or minus "),
    (r"\\(?:approx|sim|simeq)\b", " is about "),
    (r"\\(?:leq?|leqslant)\b", " is at most "),
    (r"\\(?:geq?|geqslant)\b", " is at least "),
    (r"\\neq?\b", " is not "),
    (r"\\(?:left|right|displaystyle|quad|qquad|,|;|!|begin\{\w+\*?\}|end\{\w+\*?\})", " "),
    (r"=", " is "),
    (r"\\%", " percent"),
    (r"\\([a-zA-Z]+)", r" \1 "),
    (r"[\\{}$]", ""),
)
_SAID_COMPILED = tuple((re.compile(written), said) for written, said in _SAID)
_MARKED = re.compile(
    r"\\\((.+?)\\\)|\\\[(.+?)\\\]|\$\$(.+?)\$\$|(?<![\w$])\$([^$\n]*[\\^_=+][^$\n]*)\$(?![\w$])"
)
_COMMAND = re.compile(r"\\(?:boxed|text|frac|dfrac|sqrt|times|cdot|approx|pi|div|pm)\b")
_EDGES = re.compile(r"\\[()\[\]]|\$\$")


def in_words(text: str) -> str:
    """Say the formulas of `text`; all else stays as it is."""
    text = _MARKED.sub(lambda found: _said(next(filter(None, found.groups()), "")), text)
    text = _EDGES.sub(" ", text)
    return _said(text) if _COMMAND.search(text) else text


def _said(formula: str) -> str:
    for _ in range(3):  # groups within groups
        for written, said in _SAID_COMPILED[:8]:
            formula = written.sub(said, formula)
    for written, said in _SAID_COMPILED[8:]:
        formula = written.sub(said, formula)
    return f" {' '.join(formula.split())} "
