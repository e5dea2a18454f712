"""A conversation as people read it: who said what, and how long the answer took."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from roomtone.base import event
from roomtone.base.event import Event


class Transcript:
    """Prints events as a live transcript."""

    def __init__(self, console: Console, guest: str = "you") -> None:
        self._console = console
        self._guest = guest
        self.delays_ms: list[int] = []
        """From end of speech to first sound, one an answer."""

    def tell(self, happened: Event) -> None:
        """Print what a reader of the conversation wants to know of `happened`."""
        match happened:
            case event.WakeHeard():
                self._line(happened.t, "", f"woken by “{happened.phrase}” ({happened.score:.2f})")
            case event.Understood():
                self._said(happened.t, self._guest, happened.text, "cyan")
            case event.Sentence():
                self._said(happened.t, "roomtone", happened.text, "green")
            case event.SoundStarted():
                if happened.after_speech_ms is not None:
                    self.delays_ms.append(happened.after_speech_ms)
                    told = f"first sound {happened.after_speech_ms} ms after the last word"
                    self._line(happened.t, "", told)
            case event.TimerFired():
                name = f"the {happened.name} timer" if happened.name else "the timer"
                self._line(happened.t, "", f"{name} rings")
            case event.StopHeard():
                self._line(happened.t, "", "stopped")
            case event.Muted():
                self._line(happened.t, "", "muted" if happened.on else "listening again")
            case event.Fault():
                self._line(happened.t, "", f"{happened.part}: {happened.fault} ({happened.action})")
            case event.Failed():
                self._line(happened.t, "", f"the turn was lost: {happened.part} failed")
            case _:
                pass

    def _said(self, t: float, who: str, what: str, style: str) -> None:
        self._console.print(
            Text(f"{t:7.1f}  ", style="dim") + Text(f"{who:<9}", style=style) + Text(what)
        )

    def _line(self, t: float, who: str, what: str) -> None:
        self._console.print(Text(f"{t:7.1f}  {who:<9}{what}", style="dim"))
