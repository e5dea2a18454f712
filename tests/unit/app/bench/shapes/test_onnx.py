"""ONNX files that are written here are read by ONNX Runtime."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest

from roomtone.app.bench.shapes.onnx import Graph


def test_a_graph_computes_what_it_says(tmp_path):
    graph = Graph()
    value = graph.input("input", "<f4", (1, "time"))
    double = graph.run("Mul", value, graph.weight(np.float32(2.0)))
    first, rest = graph.several("Split", double, graph.weight([1, 2]), count=2, axis=1)
    graph.name(graph.run("Concat", rest, first, axis=1), "output")
    graph.output("output", (1, "time"))
    graph.write(tmp_path / "graph.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "graph.onnx"))
    (made,) = session.run(None, {"input": np.array([[1, 2, 300]], np.float32)})
    assert made.tolist() == [[4, 600, 2]]


@pytest.mark.parametrize("alpha", [0.1, 0.5])
def test_attributes_reach_the_operation(alpha, tmp_path):
    graph = Graph()
    value = graph.input("input", "<f4", ("time",))
    graph.name(graph.run("LeakyRelu", value, alpha=alpha), "output")
    graph.output("output", ("time",))
    graph.write(tmp_path / "graph.onnx")
    session = onnxruntime.InferenceSession(str(tmp_path / "graph.onnx"))
    (made,) = session.run(None, {"input": np.array([-1, 1], np.float32)})
    assert made == pytest.approx([-alpha, 1])
