"""Compare the logits of a checkpoint with those of its exported file in llama.cpp.

python export.py work/final.pt work/tokenizer.json work/f32.gguf --kind f32
python verify.py work/final.pt work/tokenizer.json work/f32.gguf
"""

from __future__ import annotations

import argparse
from pathlib import Path

import llama_cpp
import numpy as np
import torch
from tokenizers import Tokenizer

from model import Llama, Shape

PROMPTS = (
    "<|im_start|>user\nwhat is the capital of spain<|im_end|>\n<|im_start|>assistant\n",
    "<|im_start|>system\nNotes: the ladder is behind the shed.<|im_end|>\n"
    "<|im_start|>user\nWhere's the ladder?<|im_end|>\n<|im_start|>assistant\nThe ladder",
    "<|im_start|>user\nhow far is the moon<|im_end|>\n<|im_start|>assistant\n"
    "The Moon is about 384,000 kilometers",
)


def main() -> None:
    """Print the largest difference per prompt, over all tokens."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("tokenizer", type=Path)
    parser.add_argument("gguf", type=Path)
    args = parser.parse_args()
    state = torch.load(args.checkpoint)
    model = Llama(Shape(**state["shape"])).eval()
    model.load_state_dict(state["model"])
    tokenizer = Tokenizer.from_file(str(args.tokenizer))
    llm = llama_cpp.Llama(str(args.gguf), n_ctx=256, logits_all=True, n_threads=1, verbose=False)
    for prompt in PROMPTS:
        tokens = llm.tokenize(prompt.encode(), add_bos=False, special=True)
        if tokens != tokenizer.encode(prompt).ids:
            raise SystemExit(f"the two tokenizers differ on {prompt!r}")
        llm.reset()
        llm.eval(tokens)
        theirs = np.array(llm.scores[: len(tokens)])
        with torch.no_grad():
            ours = model.logits(model.features(torch.tensor([tokens]))[0]).numpy()
        same = (ours.argmax(1) == theirs.argmax(1)).mean()
        print(
            f"{len(tokens)} tokens: largest difference {np.abs(ours - theirs).max():.2e}, "
            f"same best token {100 * same:.0f} %"
        )


if __name__ == "__main__":
    main()
