"""A virtual room for a machine: a sound server of this computer, reached as a drop-in allows it.

The kernel here has no sound cards; PulseAudio with a Unix socket takes their place.
"""

from __future__ import annotations

from pathlib import Path

from sound.sound_server import SoundServer

PLACE = Path("/run/room")
"""Where a machine sees the folder of the sound server."""

DROP_IN = f"""
[Service]
BindReadOnlyPaths={PLACE}
Environment=ALSA_CONFIG_PATH={PLACE}/asound.conf PULSE_CONFIG_PATH={PLACE}
Environment=PULSE_SERVER=unix:{PLACE}/native PULSE_COOKIE=/tmp/cookie
"""


def room(folder: Path) -> SoundServer:
    """A running room; `folder` is empty and becomes one that everybody may enter."""
    server = SoundServer(folder)
    server.start()
    folder.chmod(0o755)  # the server has made it its user's alone
    return server
