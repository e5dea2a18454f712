"""Checkpoint -> CTranslate2 int8 folder that faster-whisper opens.

python convert.py [--checkpoint FILE] [--out DIR] [--type int8] [--latest]
"""

from __future__ import annotations

import argparse
import json
import shutil
from pathlib import Path

import ctranslate2
import torch
from ctranslate2.converters import transformers as ct2_transformers
from ctranslate2.specs import whisper_spec
from tokenizers import Tokenizer
from transformers import WhisperConfig, WhisperForConditionalGeneration

from common import MODEL, WORK

FRONT_END = {
    "feature_size": 80,
    "sampling_rate": 16000,
    "hop_length": 160,
    "chunk_length": 30,
    "n_fft": 400,
}


def as_transformers(
    c: dict[str, int], state: dict[str, torch.Tensor], vocab: list[str]
) -> WhisperForConditionalGeneration:
    """The weights in transformers' Whisper; the letter head stays behind."""
    eot = vocab.index("<|endoftext|>")
    hf = WhisperForConditionalGeneration(
        WhisperConfig(
            vocab_size=len(vocab),
            d_model=c["d_model"],
            encoder_layers=c["enc"],
            decoder_layers=c["dec"],
            encoder_attention_heads=c["heads"],
            decoder_attention_heads=c["heads"],
            encoder_ffn_dim=c["ffn"],
            decoder_ffn_dim=c["ffn"],
            num_mel_bins=c["mels"],
            max_source_positions=c["src"],
            max_target_positions=c["tgt"],
            pad_token_id=eot,
            bos_token_id=eot,
            eos_token_id=eot,
            decoder_start_token_id=vocab.index("<|startoftranscript|>"),
            begin_suppress_tokens=[],
            suppress_tokens=[],
        )
    )
    state = {k: v for k, v in state.items() if k.startswith("model.")}
    state["proj_out.weight"] = state["model.decoder.embed_tokens.weight"]
    hf.load_state_dict(state)
    return hf


def specification(
    c: dict[str, int], hf: WhisperForConditionalGeneration, vocab: list[str], kind: str
) -> whisper_spec.WhisperSpec:
    """CTranslate2's model, quantised to `kind`; an empty transcript is a legal answer of it."""
    spec = whisper_spec.WhisperSpec(c["enc"], c["heads"], c["dec"], c["heads"])
    loader = ct2_transformers.WhisperLoader()
    loader.set_encoder(spec.encoder, hf.model.encoder)
    loader.set_decoder(spec.decoder, hf.model.decoder)
    ct2_transformers.WhisperLoader.set_linear(loader, spec.decoder.projection, hf.proj_out)
    spec.register_vocabulary(vocab)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = []
    spec.config.lang_ids = []
    spec.config.alignment_heads = [(c["dec"] - 1, 0)]
    spec.validate()
    spec.optimize(quantization=kind)
    return spec


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--checkpoint", type=Path, default=WORK / "checkpoint.pt")
    ap.add_argument("--out", type=Path, default=MODEL)
    ap.add_argument("--type", default="int8")
    ap.add_argument("--latest", action="store_true", help="not the running average of the weights")
    a = ap.parse_args()
    saved = torch.load(a.checkpoint, map_location="cpu", weights_only=True)
    tok = Tokenizer.from_file(str(WORK / "tokenizer.json"))
    vocab = [t for t, _ in sorted(tok.get_vocab().items(), key=lambda kv: kv[1])]
    state = saved["latest" if a.latest else "state"]
    hf = as_transformers(saved["config"], state, vocab)
    a.out.mkdir(parents=True, exist_ok=True)
    specification(saved["config"], hf, vocab, a.type).save(str(a.out))
    shutil.copy(WORK / "tokenizer.json", a.out / "tokenizer.json")
    (a.out / "preprocessor_config.json").write_text(json.dumps(FRONT_END))
    ctranslate2.models.Whisper(str(a.out), device="cpu", compute_type="int8")
    files = sorted(a.out.iterdir())
    print(a.out, f"{sum(f.stat().st_size for f in files) / 1e6:.1f} MB", [f.name for f in files])


if __name__ == "__main__":
    main()
