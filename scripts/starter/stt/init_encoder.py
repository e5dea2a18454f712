"""Start the encoder from smart-turn v3, for a model from the beginning.

    python init_encoder.py .../smart-turn-v3.2-cpu.onnx init.pt
    python train.py --minutes 9 --freeze 4 --lr 1.5e-3 --frames 8000 --init init.pt
    python train.py --minutes 120 --init checkpoint.pt

smart-turn v3 (BSD-2; the ONNX file travels in the pipecat-ai wheel) is a fine-tuned Whisper-tiny
encoder (MIT) with int8 weights. Dequantised and renamed they fit Whisper's encoder; the positions
are sinusoids.
"""

from __future__ import annotations

import sys

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper

from model import Whisper

ORDER = (
    "self_attn.k_proj",
    "self_attn.q_proj",
    "self_attn.v_proj",
    "self_attn.out_proj",
    "fc1",
    "fc2",
)  # of the matrix products within a layer


class Weights:
    """The dequantised tensors of an ONNX graph."""

    def __init__(self, path: str) -> None:
        self.graph = onnx.load(path).graph
        self.stored = {i.name: numpy_helper.to_array(i) for i in self.graph.initializer}
        self.made = {o: n for n in self.graph.node for o in n.output}

    def value(self, name: str) -> np.ndarray | None:
        """A stored tensor, plain or behind DequantizeLinear, as float32."""
        if name in self.stored:
            return self.stored[name].astype(np.float32)
        node = self.made.get(name)
        if node is None or node.op_type != "DequantizeLinear" or node.input[0] not in self.stored:
            return None
        q, scale = (self.stored[i].astype(np.float32) for i in node.input[:2])
        zero = self.value(node.input[2]) if len(node.input) > 2 else np.float32(0)
        if scale.size > 1:
            axis = next((a.i for a in node.attribute if a.name == "axis"), 1)
            shape = [-1 if i == axis else 1 for i in range(q.ndim)]
            scale, zero = scale.reshape(shape), np.reshape(zero, shape)
        return (q - zero) * scale

    def named(self, node: NodeProto) -> list[str]:
        """Inputs of a node that carry an encoder parameter's own name."""
        if node.op_type in ("LayerNormalization", "Conv"):
            return [i for i in node.input[1:3] if "encoder" in i]
        if node.op_type == "Add":
            return [i for i in node.input if "encoder" in i and i.endswith("bias")]
        return []

    def encoder(self, layers: int = 4) -> dict[str, torch.Tensor]:
        """State dict of Whisper's encoder; nameless products are taken in the graph's order."""
        found = {
            i.replace("inner.", "").replace("_DequantizeLinear_Output", ""): self.value(i)
            for node in self.graph.node
            for i in self.named(node)
        }
        products = [
            w.T
            for node in self.graph.node
            if node.op_type == "MatMul" and (w := self.value(node.input[1])) is not None
        ]
        names = [f"encoder.layers.{layer}.{n}.weight" for layer in range(layers) for n in ORDER]
        found |= dict(zip(names, products, strict=False))
        return {
            "model." + k: torch.from_numpy(np.ascontiguousarray(v))
            for k, v in found.items()
            if k.startswith("encoder.")
        }


def main() -> None:
    source, target = sys.argv[1:3]
    state = Weights(source).encoder()
    wanted = dict(Whisper(2509).named_parameters())
    bad = [n for n, v in state.items() if n not in wanted or wanted[n].shape != v.shape]
    missing = [n for n in wanted if n.startswith("model.encoder") and n not in state]
    print(f"{len(state)} tensors; missing {missing}; misfits {bad}")
    torch.save({"state": state}, target)


if __name__ == "__main__":
    main()
