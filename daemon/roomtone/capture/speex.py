"""Speex's echo canceller and the suppressor behind it, from the system's libspeexdsp.

The canceller is a block filter in the frequency domain with a step size that watches for a second
voice (Valin, "On adjusting the learning rate in frequency domain echo cancellation with
double-talk", 2007); the suppressor takes what the filter left over, and steady noise.
"""

from __future__ import annotations

import ctypes

import numpy as np

from roomtone.base.frame import SAMPLE_RATE
from roomtone.capture.resample import Samples

FRAME = 160
"""Samples of one call: 10 ms. What comes out is as much later than what went in."""

TAPS = 4096
"""Length of the echo that is modelled: 256 ms."""

_LIBRARY = "libspeexdsp.so.1"
_RATE, _ECHO, _DENOISE = 24, 24, 0
"""`SPEEX_ECHO_SET_SAMPLING_RATE`, `SPEEX_PREPROCESS_SET_ECHO_STATE`, `..._SET_DENOISE`."""


class Speex:
    """Frames of the microphone and of the loudspeaker in, the microphone without echo out.

    Raises OSError when the library is not there.
    """

    def __init__(self, taps: int = TAPS) -> None:
        library = ctypes.CDLL(_LIBRARY)
        pointer, number = ctypes.c_void_p, ctypes.c_int
        library.speex_echo_state_init.restype = pointer
        library.speex_preprocess_state_init.restype = pointer
        library.speex_echo_ctl.argtypes = [pointer, number, pointer]
        library.speex_preprocess_ctl.argtypes = [pointer, number, pointer]
        library.speex_echo_cancellation.argtypes = [pointer] * 4
        library.speex_preprocess_run.argtypes = [pointer] * 2
        self._library = library
        self._echo = pointer(library.speex_echo_state_init(FRAME, taps))
        self._rest = pointer(library.speex_preprocess_state_init(FRAME, SAMPLE_RATE))
        library.speex_echo_ctl(self._echo, _RATE, ctypes.byref(number(SAMPLE_RATE)))
        library.speex_preprocess_ctl(self._rest, _ECHO, self._echo)
        library.speex_preprocess_ctl(self._rest, _DENOISE, ctypes.byref(number(1)))

    def clean(self, heard: Samples, played: Samples) -> tuple[Samples, Samples]:
        """Any number of whole frames, `played` in step with `heard`: cleaned, and only filtered.

        What is cleaned is 10 ms late, what is only filtered is in step.
        """
        heard, played = np.ascontiguousarray(heard), np.ascontiguousarray(played)
        cleaned, filtered = np.empty_like(heard), np.empty_like(heard)
        for at in range(0, 2 * len(heard), 2 * FRAME):
            frame = cleaned.ctypes.data + at
            linear = filtered.ctypes.data + at
            self._library.speex_echo_cancellation(
                self._echo, heard.ctypes.data + at, played.ctypes.data + at, linear
            )
            ctypes.memmove(frame, linear, 2 * FRAME)
            self._library.speex_preprocess_run(self._rest, frame)
        return cleaned, filtered
