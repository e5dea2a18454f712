"""The cloud: shut it by voice, ask how it stands; to open it takes the command line."""

from __future__ import annotations

from roomtone.base.room import DenyCloud, Reply, Room
from roomtone.respond.template import Slots

DENIED = "Done. I no longer ask the cloud; everything is answered here."
CLOSED = "The cloud is off. Everything is answered here."
NOT_BY_VOICE = "I can't be given that by voice. The command roomtone cloud allow does it."

SENTENCES: tuple[str, ...] = (
    "(turn off|switch off|disable|deny|shut off|stop) [using] [the] {cloud:shut}",
    "(turn|switch) [the] {cloud:shut} off",
    "[the] {cloud:shut} off",
    "(do not|never) (use|ask|contact|go to|connect to|go on) [the] {cloud:shut} [again|any more]",
    "(stop|quit) (asking|contacting|using|talking to) [the] {cloud:shut}",
    "(do not|never|stop) {send} {mine:shut} [{away}] [again|any more]",
    "(go|stay|be|work) {offline:shut}",
    "[please] (disconnect|stay away|stay off|keep off|get off) [from] [the] {cloud:shut}",
    "keep {mine:shut} (here|local|at home|in the house|in this house|in this room|private)",
    "(turn on|switch on|enable|allow|use|start|start using|ask|connect to) [the] {cloud:open}",
    "(turn|switch) [the] {cloud:open} on",
    "[the] {cloud:open} on",
    "(you may|you can|i allow you to|you are allowed to) "
    "(use|ask|go to|connect to) [the] {cloud:open}",
    "go {online:open}",
    "(are|do) you (use|using|on|connected to|ask|asking|in|talk to|talking to) [the] {cloud:asked}",
    "(are you|is this) [still] {online:asked}",
    "is [the] {cloud:asked} (on|off|allowed|open|denied)",
    "(do|are|did|have|does|is|has) (you|anything|something|my words|my questions|it) "
    "[ever] {sent:asked} {away}",
    "(what|how much) (leaves|left|has left|is leaving|goes out of|went out of) {house:asked}",
    "(does|did|has|is) (anything|something|any of this|what i say|what we say|my data) "
    "(leave|left|leaving|ever leave|get out of|go out of) {house:asked}",
    "(what|how much) (do|did|have|are) you {sent:asked} [{away}]",
    "(what|how much) (is|was|has been|gets) {sent:asked} {away}",
    "where (does|do|is|are) {mine:asked} (go|go to|sent|sent to|going|going to)",
)
_MINE = (
    r"(?:any|anything|something|everything|it|this|that|my (?:words|data|questions|voice)|"
    r"(?:any )?(?:data|information)|what (?:i|we) say)"
)
LISTS: dict[str, str] = {
    "cloud": r"cloud|internet|web|open ?ai|open a i|chat ?gpt|gpt|online services?|remote server|"
    r"network",
    "offline": "offline|local|local only",
    "online": "online|connected to the internet|connected to the cloud",
    "mine": _MINE,
    "send": "send|sending|share|sharing|upload|uploading|give|giving|leak|leaking",
    "sent": rf"(?:send|sent|sending|share|shared|sharing|upload|uploaded|uploading)(?: {_MINE})?",
    "away": r"(?:away|out|out of (?:the|this|my|our) (?:house|home|room))|"
    r"(?:over|on|in|into|to|through) (?:the )?(?:cloud|internet|web|open ?ai|outside|network|"
    r"chat ?gpt|anyone|anybody|somebody|someone|others)",
    "house": r"(?:the|this|my|our) (?:house|home|room|machine|device|computer)",
}


def answer(slots: Slots, room: Room) -> Reply:
    """Shut it, refuse to open it, or tell how it stands."""
    if "shut" in slots:
        text = DENIED if room.cloud else CLOSED
        return Reply(text=text, skill="cloud_off", actions=(DenyCloud(),))
    if "open" in slots:
        return Reply(text=NOT_BY_VOICE, skill="cloud_off")
    if not room.cloud:
        return Reply(
            text="No. The cloud is not allowed to me, and everything is answered here. "
            "The command roomtone cloud ledger lists what has ever left.",
            skill="cloud_off",
        )
    return Reply(
        text="Questions that I can't answer may go to the cloud, as text and without what I know "
        "as private. Your voice never leaves. The command roomtone cloud ledger shows every word.",
        skill="cloud_off",
    )
