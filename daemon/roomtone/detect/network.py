"""ONNX Runtime behind one file: small networks, one thread, nothing that burns while it waits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from roomtone.base.error import OwnerError


def open_network(
    path: str, remade: Callable[[bytes], bytes] | None = None, *, often: bool = True
) -> Any:
    """An inference session for the ONNX file at `path`, or for what `remade` makes of its bytes.

    What is not run `often` keeps no memory for the next time.
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
    options.enable_cpu_mem_arena = options.enable_mem_pattern = often
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    try:
        model = remade(Path(path).read_bytes()) if remade is not None else path
        return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except (
        failure.Fail,
        failure.InvalidArgument,
        failure.InvalidGraph,
        failure.InvalidProtobuf,
        ValueError,
    ) as problem:
        raise OwnerError(f"{path} is no network: run `roomtone models verify`") from problem
