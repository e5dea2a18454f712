"""What mends a fault: one line each, with the command, for every word of `event.Fault.kind`."""

from __future__ import annotations

MIXER = "`alsamixer -V capture` (F6 chooses the card; the switch must say CAPTURE)"

ROOM = (
    "make room: `journalctl --vacuum-size=100M`, `apt-get clean`; `du -xh / | sort -h | tail` "
    "shows the largest folders"
)

MENDS = {
    "microphone_missing": "plug the microphone in; `arecord -l` shows what the system sees, "
    "`roomtone devices` what can be used; `sudo adduser $USER audio` and log in again when only "
    "root sees it",
    "microphone_lost": "plug it in again, directly and not over a hub; `dmesg | tail` says why it "
    "went",
    "microphone_stalled": "plug the microphone out and in again; `dmesg | tail` says why",
    "microphone_silent": f"open its switch, and the mixer's: {MIXER}; "
    "else choose another in [sound] input",
    "microphone_stuck": "plug the microphone out and in again; else choose another in "
    "[sound] input",
    "microphone_rate": "plug it into another USB port; on a desktop restart the sound server: "
    "`systemctl --user restart pipewire wireplumber`",
    "microphone_busy": "end the program that holds it: `sudo fuser -v /dev/snd/*`",
    "sound_lost": "see what takes the processor: `top`; choose smaller models: "
    "`roomtone models list`",
    "loudspeaker_lost": "plug the loudspeaker in; `aplay -l` shows what the system sees, "
    "[sound] output chooses one",
    "loudspeaker_stalled": "plug the loudspeaker out and in again; `dmesg | tail` says why",
    "sound_server_hung": "restart the sound server: `systemctl --user restart pipewire wireplumber`"
    " or `pulseaudio -k`",
    "part_died": "`journalctl -u roomtone -p warning -b` says why; it is started again by itself",
    "part_hung": "`journalctl -u roomtone -p warning -b` says which; it is started again by itself",
    "part_failing": "`journalctl -u roomtone -p warning -b` says why; then "
    "`sudo systemctl restart roomtone`",
    "part_unable": "`roomtone models verify`; then `sudo systemctl restart roomtone`",
    "model_bad": "`roomtone models verify` names the file, `roomtone models pull` fetches it again",
    "disk_full": ROOM,
    "disk_readonly": "`dmesg | grep -i 'error\\|remount'` says why; `sudo mount -o remount,rw /`; "
    "a card that goes read-only again is worn out: replace it",
    "disk_failed": "`dmesg | tail` says why; a card with errors is worn out: replace it",
    "database_bad": "put the database and its key back from a backup, or move it away to start "
    "afresh",
    "database_restored": "nothing has to be done; `roomtone memory status` tells of the copy",
    "locked": "`roomtone memory unlock`, with the passphrase",
    "cloud_refused": "`roomtone cloud status` says what it objects to: the key or [cloud] model",
    "cpu_starved": "see what takes the processor: `top`",
    "memory_short": "see what takes the memory: `ps aux --sort -rss | head`; choose smaller "
    "models: `roomtone models list`",
    "hot": "give it air or a heat sink; `vcgencmd measure_temp` or `sensors` shows the temperature",
    "under_voltage": "use the maker's own power supply and a short cable; `dmesg | grep -i volt`",
    "clock_jumped": "`timedatectl` shows whether a time server is reached; alarms were set right",
}


def mend(kind: str, otherwise: str = "") -> str:
    """What mends a fault of this kind; `otherwise` for one that is not known."""
    return MENDS.get(kind, otherwise)
