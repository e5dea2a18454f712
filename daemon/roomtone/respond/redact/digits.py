"""Digits, however they are said: words of many languages, "double seven", one by one or in tens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from roomtone.respond.redact.word_list import words as word_list

_UNITS = (
    ("zero oh nought naught null nul nil cero noll zeros zeroes", "0"),
    ("one eins uno een en ett", "1"),
    ("two zwei zwo deux dos due twee tva dois", "2"),
    ("three drei trois tres tre drie tree", "3"),
    ("four vier quatre cuatro quattro fyra fire quatro fower", "4"),
    ("five funf fuenf cinq cinco cinque vijf fem fife", "5"),
    ("six sechs seis sei zes seks", "6"),
    ("seven sieben sept siete sette zeven sju syv sete", "7"),
    ("eight acht huit ocho otto atta atte otte oito", "8"),
    ("nine neun neuf nueve nove negen nio niner", "9"),
    ("ten zehn dix diez dieci tien tio dez", "10"),
    ("eleven elf onze undici elva elleve", "11"),
    ("twelve zwolf zwoelf douze doce dodici twaalf tolv doze", "12"),
    ("thirteen dreizehn treize trece tredici dertien tretton tretten treze", "13"),
    ("fourteen vierzehn quatorze catorce quattordici veertien fjorton fjorten catorze", "14"),
    ("fifteen funfzehn fuenfzehn quinze quince quindici vijftien femton femten", "15"),
    ("sixteen sechzehn seize dieciseis sedici zestien sexton seksten dezesseis", "16"),
    ("seventeen siebzehn diecisiete diciassette zeventien sjutton sytten dezessete", "17"),
    ("eighteen achtzehn dieciocho diciotto achttien arton atten dezoito", "18"),
    ("nineteen neunzehn diecinueve diciannove negentien nitton nitten dezenove", "19"),
    ("twenty zwanzig vingt veinte venti twintig tjugo tyve vinte", "20"),
    ("thirty dreissig trente treinta trenta dertig trettio tredive tretti trinta", "30"),
    ("forty fourty vierzig quarante cuarenta quaranta veertig fyrtio fyrre forti", "40"),
    ("fifty funfzig fuenfzig cinquante cincuenta cinquanta vijftig femtio halvtreds femti", "50"),
    ("sixty sechzig soixante sesenta sessanta zestig sextio tres seksti sessenta", "60"),
    ("seventy siebzig septante setenta settanta zeventig sjuttio halvfjerds sytti", "70"),
    ("eighty achtzig octante huitante ochenta ottanta tachtig attio firs atti oitenta", "80"),
    ("ninety neunzig nonante noventa novanta negentig nittio halvfems nitti", "90"),
)
SCALES = word_list(
    """
    billion cent cento cents cien ciento cientos duizend honderd hundert hundra hundre hundred
    hundrede mil mila mille million quatrocentos quinientos tausend thousand tusen tusind
    """
)
"""They belong to a number and add no digit that could tell anything."""
DIGITS = {word: digits for words, digits in _UNITS for word in words.split()} | {"tres": "3"}
WEAK = word_list(
    """
    ate atten cent cents des dos due een ein eine elf en et ett fire firs for nil nul null o oh
    once otto sei seize sept sex to too tree un una une won
    """
)
"""They are digits only beside other digits: other words are written alike."""
_WEAK_DIGITS = {
    "o": "0",
    "un": "1",
    "une": "1",
    "una": "1",
    "ein": "1",
    "eine": "1",
    "et": "1",
    "sex": "6",
    "once": "11",
    "to": "2",
    "for": "4",
    "too": "2",
    "won": "1",
    "ate": "8",
}
_VALUES = dict.fromkeys(SCALES, "") | _WEAK_DIGITS | DIGITS
HOMOPHONES = frozenset(("to", "for", "too", "won", "ate", "once"))
TIMES = {
    "double": 2,
    "doubles": 2,
    "triple": 3,
    "treble": 3,
    "quadruple": 4,
    "twice": 2,
    "thrice": 3,
    "doppel": 2,
    "doppelt": 2,
    "doppelte": 2,
    "doble": 2,
    "doppio": 2,
    "doppia": 2,
    "dubbel": 2,
    "dobbelt": 2,
    "duplo": 2,
}
_COMPOUND = re.compile(
    r"(?:ein|eins|zwei|zwo|drei|vier|fuenf|funf|sechs|sieben|acht|neun|zehn|elf|zwolf|sech|sieb|und"
    r"|zig|ssig|zwan|hundert|tausend|een|twee|drie|vijf|zes|zeven|negen|tien|twaalf"
    r"|dertien|veertien"
    r"|en|twintig|dertig|veertig|tachtig|tig|honderd|duizend|venti?|trenta?|quaranta?|cinquanta?"
    r"|sessanta?|settanta?|ottanta?|novanta?|uno?|due|tre|quattro|cinque|sei|sette|otto|nove|cento?"
    r"|mila|mille|dieci|veinti|treinta|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|y|cientos?|tjugo"
    r"|trettio|fyrtio|femtio|sextio|sjuttio|attio|nittio|ett|tva|fyra|fem|sex|sju|atta|nio|hundra"
    r"|tusen|og|tyve|tredive|fyrre|halvtreds|treds|halvfjerds|firs|halvfems|seks"
    r"|syv|otte|ni|en|to)+"
)
_PIECE = re.compile(r"ein|zw[eo]|dre[i]|vier|f.?nf|sech|sieb|acht|neun|zehn|elf|[a-z]{3,6}")


@lru_cache(maxsize=8192)
def digits(word: str) -> str | None:
    """The digits that a folded word stands for; empty for a scale; None for other words."""
    value = _VALUES.get(word)
    if value is not None:
        return value
    if word.isdigit():
        return word
    return _compound(word) if len(word) >= 7 else None


def values(words: Sequence[str]) -> list[str | None]:
    """The digits of each word among its neighbours: "twenty three" is "2" and "3"."""
    said = [digits(word) for word in words]
    for at, value in enumerate(said[:-1]):
        following = said[at + 1]
        if value and following and len(value) == 2 and value[1] == "0" and value[0] > "1":
            spoken = not words[at].isdigit() and not words[at + 1].isdigit()
            if spoken and len(following) == 1 and following != "0":
                said[at] = value[0]
    return said


def _compound(word: str) -> str | None:
    """Digits of "dreiundzwanzig", "eenentwintig", "ventitre", in the order of the word."""
    if not _COMPOUND.fullmatch(word):
        return None
    parts = [DIGITS[p] for p in _cut(word) if p in DIGITS]
    return "".join(part[0] for part in parts) or "00"


def _cut(word: str) -> list[str]:
    """The number words in a compound, greedily, longest first."""
    cut, at = [], 0
    while at < len(word):
        size = next(
            (n for n in range(min(10, len(word) - at), 1, -1) if word[at : at + n] in DIGITS), 0
        )
        if size:
            cut.append(word[at : at + size])
        at += size or 1
    return cut
