"""Says plainly when the small starter models are in use, and how to replace them."""

from __future__ import annotations

from roomtone.app.config import Config

PLAIN = (
    "These are the small starter models. They know the time, timers, sums and a few hundred "
    "facts in English, no more. `roomtone models pull recommended` fetches real ones."
)


def starters(config: Config) -> list[str]:
    """Which of the configured models are starter models."""
    models = config.models
    return [name for name in (models.speech, models.language, models.voice) if "starter" in name]
