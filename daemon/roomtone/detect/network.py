"""ONNX Runtime behind one file: small networks, one thread, nothing that burns while it waits."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from roomtone.base.error import OwnerError


def open_network(path: str) -> Any:
    """An inference session for the ONNX file at `path`.

    One thread and no spinning: a spinning pool burns three CPU-seconds in the second after a call.
    Raises OwnerError when the file is missing or no network.
    """
    import onnxruntime as ort
    from onnxruntime.capi import onnxruntime_pybind11_state as failure

    if not Path(path).is_file():
        raise OwnerError(f"{path} is missing: run `roomtone models pull`")
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = ort.ExecutionMode.ORT_SEQUENTIAL
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        return ort.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except (failure.InvalidProtobuf, failure.InvalidGraph, failure.Fail) as problem:
        raise OwnerError(f"{path} is no network: run `roomtone models verify`") from problem
