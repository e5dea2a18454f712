"""The first sentence of an answer, spoken while it is still being written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from roomtone.respond.fit import Fit
from roomtone.respond.judgement import leads
from roomtone.respond.outside import tame
from roomtone.turn.port import Clause

FEWEST_WORDS = 3
FEWEST_LETTERS = 12
"""Of the first clause: a shorter one would be followed by silence before more is written."""

LATER_LETTERS = 24
"""Fewest of every other clause."""

LONG = 12
"""Words without a comma from which a sentence is cut where it could be one of two."""

BEFORE_PREPOSITION = 6
"""Words that such a clause has at least when it ends before a preposition."""

_COMMA = re.compile(r"[,;\u2013\u2014](?=\s+[^\W\d])|\b[a-z]{2,}[,;]$")
"""Never before a figure: that may belong to a date or a number. Behind a word in small letters,
which ends none of these, the comma itself is enough."""
_CONJUNCTION = re.compile(
    r"(?=\s(?:and|but|or|because|so|while|when|where|who|which|whose|if|although|though|since|"
    r"until|unless|before|after|as)\s+\w+\s)"
)
_PREPOSITION = re.compile(
    r"(?=\s(?:with|without|from|for|in|on|at|by|during|through|between|under|over)\s+\w+\s)"
)
"""Both with the word behind them, whole."""
_MARKS = re.compile(
    r"""[^\w\s,;.'\u2019\u2013\u2014%\u00b0-]|_|\.\.|--|^\W|^here\b""", re.IGNORECASE
)
"""What may still change the words before it: brackets, quotes, signs, a preface."""


class Opening:
    """Gives the first sentence away clause by clause.

    Only what surely remains as it stands is given away, whatever the model writes after it, and
    `rest` tells when the sentence has come to something else after all.
    """

    def __init__(self, question: str, earlier: tuple[str, str], wakes: Sequence[str]) -> None:
        self._question = question
        self._earlier = earlier
        self._wakes = wakes
        self.given = ""
        """The beginning of the sentence that has been given away. Private."""
        self._refused: set[str] = set()

    def take(self, written: str, fit: Fit) -> Clause | None:
        """The next clause of the sentence `written` so far, once there is one to be spoken."""
        if not written.startswith(self.given):
            return None
        for end in self._ends(written):
            if self._stands(written[:end], fit):
                clause = Clause(written[len(self.given) : end].lstrip())
                self.given = written[:end]
                return clause
        return None

    def rest(self, sentence: str) -> str:
        """What is left of the whole sentence; empty when it does not begin with what was given."""
        whole = tame(sentence, self._wakes)
        if not whole.startswith(f"{self.given} "):
            return ""
        return whole[len(self.given) :].lstrip()

    def _ends(self, written: str) -> Iterator[int]:
        """Where a clause may end, the best first."""
        begin = len(self.given)
        letters = LATER_LETTERS if begin else FEWEST_LETTERS
        kinds = [(_COMMA, FEWEST_WORDS)]
        if len(written[begin:].split()) > LONG:
            kinds += [(_CONJUNCTION, FEWEST_WORDS), (_PREPOSITION, BEFORE_PREPOSITION)]
        for kind, words in kinds:
            for end in (found.end() for found in kind.finditer(written, begin)):
                clause = written[begin:end].strip()
                if len(clause) >= letters and len(clause.split()) >= words:
                    yield end

    def _stands(self, beginning: str, fit: Fit) -> bool:
        """Whether it would be spoken like this, as far as it goes and however it goes on."""
        if beginning in self._refused:
            return False
        stands = (
            not _MARKS.search(beginning)
            and fit.keeps(beginning)
            and tame(beginning, self._wakes) == beginning
            and leads(self._question, beginning, earlier=self._earlier)
        )
        if not stands:
            self._refused.add(beginning)
        return stands
