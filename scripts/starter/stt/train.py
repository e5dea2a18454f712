"""Train the model on the shards of make_speech.py.

    python train.py --minutes 60 --init checkpoint.pt [--lr 5e-4] [--workers 2] [--bf16]

The learning rate follows the clock, so a run always ends on time; a checkpoint goes to
$STT_WORK/checkpoint.pt every few minutes. --bf16 pays only on processors with AMX.
"""

from __future__ import annotations

import argparse
import json
import math
import time
from collections import defaultdict

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from batches import Batch, Batches
from common import WORK, edits, log_mel, normalise
from domain import Domain
from model import Encoder, Whisper
from optimiser import FlatAdam
from tokenizer import make_tokenizer

SYNC, REPORT, SAVE, REFRESH = 10, 60, 600, 150  # seconds between averagings, lines, ...


def loss_of(model: Whisper, b: Batch, dtype: torch.dtype) -> tuple[Tensor, float, float]:
    """Decoder loss plus half of the letters' CTC loss; and both as numbers."""
    logits, letters = model(b.mels.to(dtype), b.tokens)
    decoder = F.cross_entropy(
        logits.float().flatten(0, 1), b.targets.flatten(), ignore_index=-100, label_smoothing=0.05
    )
    logp = F.log_softmax(letters.float(), -1).transpose(0, 1)
    lengths = torch.full((len(b.mels),), len(logp))
    ctc = F.ctc_loss(logp, b.letters, lengths, b.letter_counts, zero_infinity=True, reduction="sum")
    ctc = ctc / max(40, int(b.letter_counts.sum()))
    return decoder + 0.5 * ctc, decoder.item(), ctc.item()


@torch.no_grad()
def greedy(model: Whisper, tok: Tokenizer, mels: Tensor) -> list[str]:
    """Texts of normalised inputs [batch, frames, 80]."""
    sot, nots, eot = (
        tok.token_to_id(t) for t in ("<|startoftranscript|>", "<|notimestamps|>", "<|endoftext|>")
    )
    memory = model.model.encoder(mels)
    ids = torch.tensor([[sot, nots]] * len(mels))
    for _ in range(48):
        scores = model.model.decoder(ids, memory)[:, -1].float()
        scores[:, eot + 1 :] = -1e9
        best = scores.argmax(-1)
        best[(ids[:, 2:] == eot).any(1)] = eot
        ids = torch.cat([ids, best[:, None]], 1)
        if (best == eot).all():
            break
    return [tok.decode([i for i in row if i < eot]).strip() for row in ids[:, 2:].tolist()]


def dev_errors(state: dict[str, Tensor], tok: Tokenizer) -> dict[str, float]:
    """Word error rate in percent on the dev set, by kind of sentence."""
    model = Whisper(tok.get_vocab_size())
    model.load_state_dict(state)
    rows = [json.loads(line) for line in (WORK / "test-dev.jsonl").open()]
    audio = np.load(WORK / "test-dev.npz")
    mels = [
        normalise(log_mel(np.pad(audio[f"{i:04d}"].astype(np.float32) / 32768, (1600, 8000))))
        for i in range(len(rows))
    ]
    order = sorted(range(len(rows)), key=lambda i: len(mels[i]))
    wrong: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for start in range(0, len(order), 16):
        group = order[start : start + 16]
        n = max(len(mels[i]) for i in group)
        x = np.zeros((len(group), n + n % 2, 80), np.float32)
        for row, i in enumerate(group):
            x[row, : len(mels[i])] = mels[i]
        for i, text in zip(group, greedy(model, tok, torch.from_numpy(x)), strict=True):
            for name in (rows[i]["kind"], "all"):
                wrong[name] += edits(rows[i]["text"].split(), text.split())
                total[name] += len(rows[i]["text"].split())
    return {name: round(100 * wrong[name] / total[name], 1) for name in total}


def freeze(encoder: Encoder, layers: int) -> None:
    """Leave the convolutions and the lowest `layers` layers as they are; 0: train everything."""
    if layers:
        for part in (encoder.conv1, encoder.conv2, *encoder.layers[:layers]):
            part.requires_grad_(False)
    if layers == len(encoder.layers):
        encoder.layer_norm.requires_grad_(False)


class Worker:
    """One process of one thread: trains on its own and is averaged with the others now and then.

    (Workers keep going when a core is taken away; threads of one worker would wait.)
    """

    def __init__(self, rank: int, a: argparse.Namespace) -> None:
        torch.set_num_threads(1)
        torch.manual_seed(0)
        self.rank, self.a = rank, a
        self.dtype = torch.bfloat16 if a.bf16 else torch.float32
        if a.workers > 1:
            meeting = f"file://{WORK / f'rendezvous-{int(a.started)}'}"
            dist.init_process_group("gloo", init_method=meeting, rank=rank, world_size=a.workers)
        self.tok = Tokenizer.from_file(str(WORK / "tokenizer.json"))
        self.data = Batches(self.tok, seed=int(a.started) % 100000 + rank)
        self.model = Whisper(self.tok.get_vocab_size())
        if a.init:
            state = torch.load(a.init, weights_only=False)["state"]
            self.model.load_state_dict(state, strict=False)
        freeze(self.model.model.encoder, a.freeze)
        self.adam = FlatAdam(self.model, self.dtype)
        self.stat: list[tuple[float, ...]] = []

    def lr(self, step: int, done: float) -> float:
        """Warm-up, then a cosine over the share of time that is gone."""
        slope = 0.5 + 0.5 * math.cos(math.pi * max(0.0, done - 0.1) / 0.9)
        return self.a.lr * min(1, (step + 1) / self.a.warmup) * max(0.01, slope)

    def learn(self, step: int, done: float) -> int:
        """One update; returns the number of utterances."""
        b = self.data.batch(self.a.frames)
        loss, decoder, ctc = loss_of(self.model, b, self.dtype)
        loss.backward()
        norm = self.adam.step(self.lr(step, done))
        self.stat.append((decoder, ctc, norm))
        return len(b.mels)

    def checkpoint(self) -> None:
        self.adam.save(self.model, WORK / "checkpoint.pt")
        errors = dev_errors(self.adam.state(self.model, True), self.tok)
        print(f"   {len(self.data.clips)} clips, dev WER {errors}", flush=True)

    def run(self) -> None:
        seconds, started = self.a.minutes * 60, self.a.started
        step = seen = syncs = 0
        shown = saved = fresh = time.time()
        while syncs < int(seconds / SYNC):
            seen += self.learn(step, min(1.0, (time.time() - started) / seconds))
            step += 1
            while syncs < int(seconds / SYNC) and time.time() > started + (syncs + 1) * SYNC:
                syncs += 1
                self.adam.average(self.a.workers, keep=min(0.9, syncs / (syncs + 2)))
            if time.time() - fresh > REFRESH:
                self.data.refresh()
                fresh = time.time()
            if self.rank == 0 and time.time() - shown > REPORT:
                decoder, ctc, norm = np.mean(self.stat, axis=0)
                print(
                    f"{(time.time() - started) / 60:5.1f} min step {step} seen {seen} decoder "
                    f"{decoder:.3f} ctc {ctc:.3f} norm {norm:.2f}",
                    flush=True,
                )
                self.stat, shown = [], time.time()
            if self.rank == 0 and time.time() - saved > SAVE:
                self.checkpoint()
                saved = time.time()
        if self.rank == 0:
            self.checkpoint()


def work(rank: int, a: argparse.Namespace) -> None:
    Worker(rank, a).run()


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--minutes", type=float, default=60)
    ap.add_argument("--workers", type=int, default=2, help="processes of one thread each")
    ap.add_argument("--frames", type=int, default=2200, help="mel frames in a worker's batch")
    ap.add_argument("--lr", type=float, default=5e-4)
    ap.add_argument("--warmup", type=int, default=60)
    ap.add_argument("--init", help="start from the weights of this checkpoint")
    ap.add_argument("--freeze", type=int, default=0, help="encoder layers to leave as they are")
    ap.add_argument("--bf16", action="store_true")
    a = ap.parse_args()
    path = WORK / "tokenizer.json"
    if not path.exists():
        make_tokenizer(path, [s for _, s in Domain().distinct(40000)])
    a.started = time.time()
    if a.workers > 1:
        torch.multiprocessing.spawn(work, (a,), a.workers)
    else:
        work(0, a)


if __name__ == "__main__":
    main()
