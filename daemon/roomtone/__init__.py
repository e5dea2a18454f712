"""Roomtone: a private voice for a room."""

import os

__version__ = "0.1.0"

# ONNX Runtime reports to its maker over the internet, with a number for this machine kept in the
# home folder, unless this is set before it is loaded. Every process of Roomtone passes here.
os.environ["ORT_DISABLE_TELEMETRY"] = "1"
