"""A yes or a no to what the turn before has asked: only then is it done."""

from __future__ import annotations

from roomtone.base.room import Action, DropNotes, Forget, Reply, Room
from roomtone.respond.skills.note_pick import counted
from roomtone.respond.template import Slots

KEPT = "Alright, nothing was deleted."
"""Said after a no."""

SENTENCES: tuple[str, ...] = ("{yes}", "{no}", "{unclear}")
_YES = (
    r"yes|yeah|yep|yup|sure|of course|certainly|absolutely|definitely|correct|confirm(?:ed)?|"
    r"i (?:confirm|am sure|do|want that)|go ahead|do (?:it|that|so)|please do(?: it| that)?|"
    r"that is (?:right|correct)|delete (?:it|them|that)|erase (?:it|them|that)"
)
_NO = (
    r"no|nope|nah|do not(?: do (?:it|that))?|please do not|not now|better not|rather not|"
    r"i (?:changed my mind|do not want (?:that|to)|did not mean that)|wait|"
    r"(?:do not|never) (?:delete|forget|erase) (?:it|them|that|anything)|"
    r"(?:keep|leave) (?:it|them|that|everything)|never mind|cancel(?: that)?"
)
LISTS: dict[str, str] = {
    "yes": rf"(?:{_YES})(?: (?:{_YES}|please|thanks|now)){{0,2}}",
    "no": rf"(?:{_NO})(?: (?:{_NO}|please|thanks|thank you)){{0,2}}",
    "unclear": r"ok|maybe|perhaps|really|what|right|please|i (?:think|guess) so|i do not know|"
    r"are you sure",
}


def answer(slots: Slots, room: Room) -> Reply | None:
    """Do what is pending, drop it, or ask once more; decline when nothing is."""
    if room.pending is None:
        return None
    if "unclear" in slots:
        return Reply(text="Say yes to do it, or no.", skill="confirm", confirm=room.pending)
    if "no" in slots:
        return Reply(text=KEPT, skill="confirm")
    return Reply(text=_done(room.pending), skill="confirm", actions=(room.pending,))


def _done(action: Action) -> str:
    match action:
        case Forget(what="today"):
            return "Done. What was said today is deleted."
        case Forget(what="all"):
            return "Done. Everything you told me is deleted."
        case DropNotes(ids=ids):
            return f"Done. {counted(len(ids))} deleted."
        case _:
            return "Done."
