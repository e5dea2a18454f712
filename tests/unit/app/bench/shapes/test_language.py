"""Synthetic language models: what is written is read back, and llama.cpp takes it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from roomtone.app.bench.shapes import gguf, language

STARTER = Path(__file__).parents[5] / "models" / "starter" / "language" / "model.gguf"
SMALL = language.LanguageShape("small", 64, 1, 2, 1, 128)


def test_what_a_file_says_of_itself_is_read_back(tmp_path):
    said = {"a": "text", "b": 7, "c": 0.5, "d": True, "e": ["x", "yz"], "f": [1, 2, 3]}
    ones = gguf.Tensor((64,), gguf.F32, lambda blocks: np.ones(32 * blocks, "<f4").view("u1"))
    gguf.write(tmp_path / "file.gguf", said, {"ones": ones})
    assert gguf.metadata_of(tmp_path / "file.gguf") == said


def test_another_file_is_refused(tmp_path):
    (tmp_path / "file.gguf").write_bytes(b"RIFF" + bytes(40))
    with pytest.raises(ValueError, match="no GGUF file"):
        gguf.metadata_of(tmp_path / "file.gguf")


def test_it_has_qwens_vocabulary_and_the_starters_words(tmp_path):
    language.build(SMALL, STARTER, tmp_path / "model.gguf")
    known = gguf.metadata_of(tmp_path / "model.gguf")
    words = gguf.metadata_of(STARTER)
    tokens = words["tokenizer.ggml.tokens"]
    assert len(known["tokenizer.ggml.tokens"]) == language.VOCABULARY
    assert known["tokenizer.ggml.tokens"][: len(tokens)] == tokens
    assert known["tokenizer.chat_template"] == words["tokenizer.chat_template"]
    assert "synthetic weights" in known["general.name"]


def test_the_size_is_told_beforehand():
    assert language.HALF_B.bytes == pytest.approx(350_000_000, rel=0.03)
    assert language.ONE_AND_HALF_B.bytes == pytest.approx(985_000_000, rel=0.05)


@pytest.mark.sound
def test_llama_reads_it_and_writes(tmp_path):
    from llama_cpp import Llama

    language.build(SMALL, STARTER, tmp_path / "model.gguf")
    model = Llama(str(tmp_path / "model.gguf"), n_ctx=64, verbose=False)
    model.eval(model.tokenize(b"what time is it", add_bos=False))
    assert 0 <= model.sample(temp=0) < language.VOCABULARY
