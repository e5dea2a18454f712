"""Write a checkpoint as a GGUF file that llama.cpp loads (architecture "llama").

python export.py work/final.pt work/tokenizer.json model.gguf --kind q8_0
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
import torch
from data import END, PAD, START
from gguf import GGMLQuantizationType, GGUFWriter, LlamaFileType, TokenType, quantize

from model import Shape

TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\n' + message['content']"
    " + '<|im_end|>' + '\n' }}{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}"
)
KINDS = {
    "q8_0": (GGMLQuantizationType.Q8_0, LlamaFileType.MOSTLY_Q8_0),
    "f16": (GGMLQuantizationType.F16, LlamaFileType.MOSTLY_F16),
    "f32": (GGMLQuantizationType.F32, LlamaFileType.ALL_F32),
}
NAMES = {
    "attn_norm": "attn_norm",
    "wq": "attn_q",
    "wk": "attn_k",
    "wv": "attn_v",
    "wo": "attn_output",
    "ffn_norm": "ffn_norm",
    "gate": "ffn_gate",
    "up": "ffn_up",
    "down": "ffn_down",
}


def target(name: str) -> str:
    """Return the GGUF name of one of our weights."""
    parts = name.split(".")
    if parts[0] == "blocks":
        return f"blk.{parts[1]}.{NAMES[parts[2]]}.weight"
    return {"embed": "token_embd.weight", "norm": "output_norm.weight"}[parts[0]]


def write_shape(writer: GGUFWriter, shape: Shape, kind: str) -> None:
    """Write sizes and provenance."""
    writer.add_name("Roomtone starter language model")
    writer.add_license("Apache-2.0")
    writer.add_description("Small home assistant model trained from scratch on generated dialogues")
    writer.add_file_type(KINDS[kind][1])
    writer.add_vocab_size(shape.vocab)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.hidden)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.width // shape.heads)
    writer.add_rope_freq_base(shape.theta)
    writer.add_layer_norm_rms_eps(shape.eps)


def write_tokenizer(writer: GGUFWriter, path: Path) -> None:
    """Write vocabulary, merges, special tokens and the ChatML template."""
    spec = json.loads(path.read_text())
    vocab: dict[str, int] = spec["model"]["vocab"]
    tokens = sorted(vocab, key=vocab.__getitem__)
    special = {START, END, PAD}
    merges = [m if isinstance(m, str) else " ".join(m) for m in spec["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokens)
    writer.add_token_types(
        [TokenType.CONTROL if t in special else TokenType.NORMAL for t in tokens]
    )
    writer.add_token_merges(merges)
    writer.add_bos_token_id(vocab[START])
    writer.add_eos_token_id(vocab[END])
    writer.add_eot_token_id(vocab[END])
    writer.add_pad_token_id(vocab[PAD])
    writer.add_add_bos_token(False)
    writer.add_chat_template(TEMPLATE)


def export(checkpoint: Path, tokenizer: Path, out: Path, kind: str) -> None:
    """Write the whole file; norms stay in 32 bits."""
    state = torch.load(checkpoint)
    writer = GGUFWriter(str(out), "llama")
    write_shape(writer, Shape(**state["shape"]), kind)
    write_tokenizer(writer, tokenizer)
    for name, weight in state["model"].items():
        values = weight.numpy().astype(np.float32)
        how = KINDS[kind][0] if values.ndim == 2 else GGMLQuantizationType.F32
        writer.add_tensor(target(name), quantize(values, how), raw_dtype=how)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    """Read the options and export."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--kind", choices=sorted(KINDS), default="q8_0")
    args = parser.parse_args()
    export(args.checkpoint, args.tokenizer, args.out, args.kind)


if __name__ == "__main__":
    main()
