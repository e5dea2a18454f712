"""Which of Piper's phonemes the voice knows, and what the others become."""

from __future__ import annotations

from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP as IDS

MARKS = [*"^$ !,.:;?", "ˈ", "ˌ", "ː", "\u0329"]
PHONES = list("abdefhijklmnopstuvwzæðŋɐɑɔəɚɛɜɡɪɹɾʃʊʌʒʔθᵻ")
VOCAB = ["_", *MARKS, *PHONES]  # index 0: dropped
TIMED = [0] + [int(m in "^$!,.:;?") for m in MARKS] + [1] * len(PHONES)  # have a duration
# sounds of other languages and rare variants: the nearest English one
FALLBACK = {
    "c": "k",
    "q": "k",
    "x": "k",
    "χ": "k",
    "y": "u",
    "ç": "h",
    "ħ": "h",
    "ø": "ɜ",
    "œ": "ɜ",
    "ɒ": "ɑ",
    "ɓ": "b",
    "ɕ": "ʃ",
    "ɖ": "d",
    "ɗ": "d",
    "ɘ": "ə",
    "ɞ": "ɜ",
    "ɟ": "d",
    "ɠ": "ɡ",
    "ɢ": "ɡ",
    "ɣ": "ɡ",
    "ɤ": "ʌ",
    "ɥ": "w",
    "ɦ": "h",
    "ɧ": "ʃ",
    "ɨ": "ɪ",
    "ɫ": "l",
    "ɬ": "l",
    "ɭ": "l",
    "ɮ": "l",
    "ɯ": "u",
    "ɰ": "w",
    "ɱ": "m",
    "ɲ": "n",
    "ɳ": "n",
    "ɴ": "ŋ",
    "ɵ": "ə",
    "ɶ": "æ",
    "ɸ": "f",
    "ɺ": "l",
    "ɻ": "ɹ",
    "ɽ": "ɾ",
    "r": "ɹ",
    "ʀ": "ɹ",
    "ʁ": "ɹ",
    "ʂ": "ʃ",
    "ʄ": "d",
    "ʈ": "t",
    "ʉ": "u",
    "ʋ": "v",
    "ʍ": "w",
    "ʎ": "l",
    "ʏ": "ʊ",
    "ʐ": "ʒ",
    "ʑ": "ʒ",
    "ʙ": "b",
    "ʛ": "ɡ",
    "ʜ": "h",
    "ʝ": "j",
    "ʟ": "l",
    "ʡ": "ʔ",
    "ʕ": "ʔ",
    "β": "v",
    "ⱱ": "v",
    "ε": "ɛ",
    "g": "ɡ",
    "ʦ": "s",
    "ɝ": "ɜ",
    "X": "k",
    "ˑ": "ː",
    "-": " ",
}


def table() -> list[int]:
    """Piper id -> index in VOCAB; ^ and $ are put back by the graph itself."""
    indices = [0] * 256
    for symbol, ids in IDS.items():
        known = FALLBACK.get(symbol, symbol)
        if known in VOCAB and known not in "_^$":
            indices[ids[0]] = VOCAB.index(known)
    return indices
