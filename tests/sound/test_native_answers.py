"""Known answers of the native libraries where memory that was written may not be run.

The service leaves MemoryDenyWriteExecute= off for the libraries that fail here. When one of them
learns to do without, its test fails, and the unit can be closed further.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.sound

ROOT = Path(__file__).resolve().parents[2]

DENY = """
import ctypes, sys
PR_SET_MDWE = 65
if sys.argv[1] == "denied" and ctypes.CDLL(None).prctl(PR_SET_MDWE, 1, 0, 0, 0):
    sys.exit("not in this kernel")
"""

NETWORK = """
import numpy, onnxruntime, pathlib
data = pathlib.Path(onnxruntime.__file__).parent / "datasets" / "logreg_iris.onnx"
session = onnxruntime.InferenceSession(data, providers=["CPUExecutionProvider"])
flower = numpy.array([[5.1, 3.5]] * 3, numpy.float32)
print(session.run(None, {session.get_inputs()[0].name: flower}))
"""

LANGUAGE = """
import llama_cpp, pathlib
path = next(pathlib.Path("models/starter/language").glob("*.gguf"))
model = llama_cpp.Llama(str(path), n_ctx=256, n_threads=1, verbose=False)
print(model.create_completion("What is", max_tokens=8, temperature=0.0)["choices"][0]["text"])
"""

SPEECH = """
import numpy
from roomtone.recognize.settings import HearingSettings
from roomtone.recognize.whisper import Whisper
whisper = Whisper("models/starter/speech", HearingSettings())
sound = numpy.fromfile(sys.argv[2], "<i2")
print(whisper.read(sound.tobytes(), final=True).text)
"""

CALLBACK = """
import sounddevice
sounddevice._ffi.callback("PaStreamCallback", lambda *_arguments: 0)
print("made")
"""


def ran(program: str, where: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", DENY + program, where, *arguments],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT / "daemon")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if "not in this kernel" in done.stderr:
        pytest.skip("this kernel cannot deny it to one process")
    return done


@pytest.mark.parametrize("program", [NETWORK, LANGUAGE], ids=["onnxruntime", "llama.cpp"])
def test_a_library_that_makes_no_code_gives_the_same_answer(program):
    allowed, denied = ran(program, "allowed"), ran(program, "denied")
    assert allowed.returncode == 0, allowed.stderr
    assert allowed.stdout.strip()
    assert denied.stdout == allowed.stdout


def test_the_sound_librarys_callback_needs_memory_for_code():
    assert ran(CALLBACK, "allowed").stdout == "made\n"
    assert "MemoryError" in ran(CALLBACK, "denied").stderr


def test_ctranslate2_reads_speech_with_memory_for_code_and_not_without(voice, tmp_path):
    question = tmp_path / "question.raw"
    voice(0.3, "What is seven times eight?", 0.3).tofile(question)
    assert "seven times eight" in ran(SPEECH, "allowed", str(question)).stdout
    assert "seven times eight" not in ran(SPEECH, "denied", str(question)).stdout
