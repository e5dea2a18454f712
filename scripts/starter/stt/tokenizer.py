"""The tokenizer: byte-level BPE on the domain's sentences, laid out like Whisper's.

Text tokens, special tokens, then the 1501 time stamps.
"""

from __future__ import annotations

from pathlib import Path

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

from model import SPECIALS


def make_tokenizer(path: Path, sentences: list[str], text_tokens: int = 1000) -> Tokenizer:
    """Train on `sentences`, save to `path`."""
    tok = Tokenizer(models.BPE())
    tok.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tok.decoder = decoders.ByteLevel()
    alphabet = pre_tokenizers.ByteLevel.alphabet()
    trainer = trainers.BpeTrainer(
        vocab_size=text_tokens, initial_alphabet=alphabet, show_progress=False
    )
    tok.train_from_iterator([" " + s for s in sentences], trainer)
    tok.add_special_tokens([AddedToken(s, special=True, normalized=False) for s in SPECIALS])
    tok.add_tokens(
        [AddedToken(f"<|{i * 0.02:.2f}|>", special=False, normalized=False) for i in range(1501)]
    )
    tok.save(str(path))
    return tok
