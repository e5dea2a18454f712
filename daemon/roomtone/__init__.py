"""Roomtone: a private voice for a room."""

__version__ = "0.1.0"
