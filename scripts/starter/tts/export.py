"""Trained network -> Piper voice.

export.py TRAINED.pt OUT.onnx        (writes OUT.onnx and OUT.onnx.json)
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import ModelProto, TensorProto, helper, numpy_helper
from piper.phoneme_ids import DEFAULT_PHONEME_ID_MAP as IDS

from model import Net, Voice

F0_RANGE = 1.15  # the teacher is a little flat
CONFIG = {
    "audio": {"sample_rate": 16000, "quality": "low"},
    "espeak": {"voice": "en-us"},
    "phoneme_type": "espeak",
    "language": {
        "code": "en_US",
        "family": "en",
        "region": "US",
        "name_native": "English",
        "name_english": "English",
        "country_english": "United States",
    },
    "dataset": "starter",
    "inference": {"noise_scale": 0.667, "length_scale": 1.0, "noise_w": 0.8},
    "phoneme_map": {},
    "phoneme_id_map": {k: v for k, v in IDS.items() if len(k) == 1},
    "num_symbols": 256,
    "num_speakers": 1,
    "speaker_id_map": {},
    "hop_length": 80,
    "piper_version": "1.0.0",
}


def halve(model: ModelProto) -> None:
    """Store large float tensors as 16-bit, cast back when the model is loaded; in place."""
    graph, casts = model.graph, []
    for t in list(graph.initializer):
        if t.data_type == TensorProto.FLOAT and np.prod(t.dims) > 4096:
            name, values = t.name, numpy_helper.to_array(t)
            graph.initializer.remove(t)
            half = numpy_helper.from_array(values.astype(np.float16), name + "_h")
            graph.initializer.append(half)
            casts.append(helper.make_node("Cast", [name + "_h"], [name], to=TensorProto.FLOAT))
    for cast in reversed(casts):
        graph.node.insert(0, cast)


def main() -> None:
    source, out = sys.argv[1:3]
    saved = torch.load(source, weights_only=True)
    net = Net()
    net.load_state_dict(saved["net"])
    voice = Voice(net, json.loads(saved["facts"]), F0_RANGE).eval()
    ids = torch.tensor(
        [[1, 0, 41, 0, 59, 0, 3, 0, 32, 0, 120, 0, 14, 0, 74, 0, 25, 0, 60, 0, 10, 0, 2]]
    )
    example = ids, torch.tensor([ids.shape[1]]), torch.tensor([0.667, 1.0, 0.8])
    axes = {
        "input": {0: "batch", 1: "phonemes"},
        "input_lengths": {0: "batch"},
        "output": {3: "time"},
    }
    with torch.no_grad():
        torch.onnx.export(
            voice,
            example,
            out,
            dynamo=False,
            opset_version=17,
            input_names=["input", "input_lengths", "scales"],
            output_names=["output"],
            dynamic_axes=axes,
        )
    model = onnx.load(out)
    halve(model)
    onnx.checker.check_model(model)
    onnx.save(model, out)
    Path(out + ".json").write_text(json.dumps(CONFIG, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
