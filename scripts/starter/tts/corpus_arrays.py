"""The arrays of prepare.py as utterances, and batches of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP as IDS
from torch import Tensor

from model import OUT
from symbols import VOCAB

SYMBOL = {ids[0]: p for p, ids in IDS.items()}
FULL_STOP = VOCAB.index(".")


@dataclass
class Utterance:
    """Symbols [T], their frames [T] and flite's parameters [N, 31]."""

    tokens: np.ndarray
    durations: np.ndarray
    features: np.ndarray


@dataclass
class Batch:
    """Padded utterances: symbols and durations [B, T], normalised targets [B, N, OUT], frame mask
    [B, N] and the symbol of each frame [B, N]; N is even.
    """  # noqa: D205

    tokens: Tensor
    durations: Tensor
    targets: Tensor
    mask: Tensor
    index: Tensor


def load(paths: list[str]) -> tuple[list[Utterance], str]:
    """All utterances whose timed symbols are known, and the vocoder's constants as JSON."""
    found: list[Utterance] = []
    facts = ""
    compact = np.array([VOCAB.index(s) if (s := SYMBOL.get(i)) in VOCAB else 0 for i in range(256)])
    for path in paths:
        d = np.load(path)
        facts = facts or str(d["facts"])
        tokens = np.split(compact[d["tokens"]], np.cumsum(d["token_lengths"])[:-1])
        durations = np.split(d["durations"], np.cumsum(d["token_lengths"])[:-1])
        features = np.split(d["features"], np.cumsum(d["frame_lengths"])[:-1])
        for t, u, f in zip(tokens, durations, features, strict=True):
            if len(t) >= 4 and not u[t == 0].any():
                found.append(Utterance(t[t > 0], u[t > 0], f))
    return found, facts


def target(features: np.ndarray) -> np.ndarray:
    """Flite's parameters [N, 31] -> log f0 (drawn through), voicing, cepstra, strengths [N, 32]."""
    f = features.astype(np.float32)
    voiced = f[:, 0] > 0
    at = np.arange(len(f))
    level = np.full(len(f), math.log(172.0))
    if voiced.any():
        level = np.interp(at, at[voiced], np.log(f[voiced, 0]))
    return np.concatenate([level[:, None], voiced[:, None], f[:, 1:]], 1).astype(np.float32)


def statistics(
    utterances: list[Utterance], g: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Mean and deviation [OUT] of the targets; voicing and strengths stay as they are."""
    some = g.choice(len(utterances), min(300, len(utterances)), replace=False)
    sample = np.concatenate([target(utterances[i].features) for i in some])
    mean, std = sample.mean(0), sample.std(0)
    mean[1], std[1] = 0, 1
    mean[27:], std[27:] = 0, 1
    return mean, std


def batch(items: list[Utterance], mean: np.ndarray, std: np.ndarray) -> Batch:
    """Pad utterances to one length."""
    symbols = max(len(u.tokens) for u in items)
    frames = max((len(u.features) + 1) // 2 * 2 for u in items)
    shape = len(items), symbols
    tokens, durations = np.zeros(shape, np.int64), np.zeros(shape, np.float32)
    targets = np.zeros((len(items), frames, OUT), np.float32)
    mask, index = np.zeros(targets.shape[:2], np.float32), np.zeros(targets.shape[:2], np.int64)
    for b, u in enumerate(items):
        t, n = len(u.tokens), len(u.features)
        tokens[b, :t], durations[b, :t] = u.tokens, u.durations
        targets[b, :n], mask[b, :n] = (target(u.features) - mean) / std, 1
        owner = np.repeat(np.arange(t), u.durations)
        index[b, : len(owner)], index[b, len(owner) :] = owner, t - 1
    return Batch(*map(torch.tensor, (tokens, durations, targets, mask, index)))


def without_stop(u: Utterance) -> Utterance:
    """The utterance without its full stop, if that took no time: texts often lack one."""
    if u.tokens[-2] != FULL_STOP or u.durations[-2]:
        return u
    return Utterance(np.delete(u.tokens, -2), np.delete(u.durations, -2), u.features)
