"""Turn dialogues into ChatML, tokens and batches; train the tokenizer.

python data.py tokenizer.json --dialogues 15000 --vocab 2560
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import torch
import yaml
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from torch import Tensor

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "domain"))

from dialogues import Dialogue, Dialogues  # noqa: E402
from dialogues_grammar import plain  # noqa: E402

START, END, PAD = "<|im_start|>", "<|im_end|>", "<|pad|>"
LONGEST = 448


def heldout() -> set[str]:
    """Return every held-out question, as plain words."""
    groups = yaml.safe_load((HERE / "heldout.yaml").read_text())
    return {plain(i["q"]) for items in groups.values() for i in items if "q" in i}


def pieces(one: Dialogue) -> Iterator[tuple[str, bool]]:
    """Yield the ChatML text of a dialogue in pieces; True marks what is learnt."""
    first = one.system if one.late >= 0 or not one.extra else f"{one.system}\n{one.extra}"
    yield f"{START}system\n{first}{END}\n", False
    for at, turn in enumerate(one.turns):
        if at == one.late:
            yield f"{START}system\n{one.extra}{END}\n", False
        yield f"{START}user\n{turn.user}{END}\n{START}assistant\n", False
        yield f"{turn.answer}{END}", turn.trained
        yield "\n", False


def encode(one: Dialogue, tokenizer: Tokenizer) -> tuple[list[int], list[bool]]:
    """Return tokens of a dialogue and which of them are learnt, cut at LONGEST tokens."""
    tokens: list[int] = []
    learnt: list[bool] = []
    for text, mark in pieces(one):
        ids = tokenizer.encode(text).ids
        tokens += ids
        learnt += [mark] * len(ids)
    return tokens[:LONGEST], learnt[:LONGEST]


Batch = tuple[Tensor, Tensor, Tensor]


def batches(tokenizer: Tokenizer, budget: int, seed: int) -> Iterator[Batch]:
    """Yield inputs [B, T], targets [B, T] and marks [B, T] of about `budget` tokens each.

    Dialogues of similar length share a batch, so that little is padding.
    """
    stream, rng = Dialogues(heldout())(seed), random.Random(seed)
    pad = tokenizer.token_to_id(PAD)
    while True:
        pool = sorted(
            (encode(next(stream), tokenizer) for _ in range(250)), key=lambda p: len(p[0])
        )
        groups: list[list[tuple[list[int], list[bool]]]] = [[]]
        for pair in pool:
            if groups[-1] and len(pair[0]) * (len(groups[-1]) + 1) > budget:
                groups.append([])
            groups[-1].append(pair)
        rng.shuffle(groups)
        for group in groups:
            width = len(group[-1][0])
            tokens = torch.full((len(group), width), pad)
            marks = torch.zeros((len(group), width), dtype=torch.bool)
            for row, (ids, learnt) in enumerate(group):
                tokens[row, : len(ids)] = torch.tensor(ids)
                marks[row, : len(ids)] = torch.tensor(learnt)
            yield tokens[:, :-1], tokens[:, 1:], marks[:, 1:]


def build(count: int, vocab: int, seed: int) -> Tokenizer:
    """Train the byte-level tokenizer; names outside the facts are rare and stay in pieces."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    stream = Dialogues(heldout())(seed)
    special = re.compile(re.escape(START) + "|" + re.escape(END))
    texts = (special.sub("\n", text) for _ in range(count) for text, _ in pieces(next(stream)))
    trainer = trainers.BpeTrainer(
        vocab_size=vocab,
        special_tokens=[START, END, PAD],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    return tokenizer


def main() -> None:
    """Train and write the tokenizer."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--dialogues", type=int, default=15000)
    parser.add_argument("--vocab", type=int, default=2560)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    build(args.dialogues, args.vocab, args.seed).save(str(args.out))


if __name__ == "__main__":
    main()
