"""Remember what somebody wants to be remembered, in their words."""

from __future__ import annotations

import re

from roomtone.base.room import AddNote, Reply, Room
from roomtone.respond.plain import plain
from roomtone.respond.template import Slots

GUESTS = "I keep nothing while guests are here."
"""Said instead of keeping a note."""

SENTENCES: tuple[str, ...] = (
    "remember (that|to|for me|for later|for me that|for later that) {what}",
    "(remember|note|write down|keep in mind|jot down) [this] {fact:what}",
    "remember [this] {thing}",
    "(make|take|add|write|save|keep|leave) (a|a quick|a new|another|this) note "
    "[that|saying|saying that|to self|to myself|about|of the fact that|to] {what}",
    "(make|take) [a] note (of this|of that|of it) {what}",
    "(note|write down|jot down|keep in mind|write) that {what}",
    "[make|take|add] [a] note (to self|to myself|for me|for later) [that] {what}",
    "(new note|note down|write this down) [that] {what}",
    "(do not|never) (forget|let me forget) that {what}",
    "(do not|never) (forget|let me forget) {fact:what}",
    "i want you to (remember|know|note) that {what}",
)
_VERB = (
    r"is|are|was|were|am|will|has|have|had|can|goes|comes|needs|starts|begins|ends|arrives|lives|"
    r"leaves|belongs|likes|hates|wants|costs|opens|closes|keeps|takes|works|feeds|fits|moved|lent|"
    r"put|parked|paid|bought|owes?|gets|got|gave|picks|brings|called|must|should"
)
LISTS: dict[str, str] = {
    "what": r"(?!(?:that|this|it|me|to|about|of)$)[\w'.:]+(?: [\w'.:]+){0,59}",
    "fact": r"(?!(?:that|when|how|where|who|what|why|if|me|us|him|her|them|you|this|to|for)\b)"
    rf"[\w'.:]+(?: [\w'.:]+){{0,20}}? (?:{_VERB})\b(?: [\w'.:]+){{1,40}}",
    "thing": r"[\w'.:]+(?: [\w'.:]+){1,40}",
}
_VAGUE = re.compile(
    r"(?:when|how|where|who|whom|whose|what|which|why|if|whether|last|yesterday|"
    r"the (?:last|1st|previous|old days|good old|name of (?:that|this))|"
    r"the (?:times?|days?|nights?) (?:i|we|you|he|she|they|when|that)|(?:the|our|my|that) trip|"
    r"(?:i|we|he|she|they) (?:told|said|went|did|talked|asked|met|used)|back|"
    r"that|this|it|these|those|me|us|him|them|you|to|for|of|as|more|less|only|"
    r"everything|anything|nothing|something|all)\b"
    r"|(?:(?:my|our|your|his|her|their|a|an|another|some) )?[\w'.:]+$"
    r"|the \d\w* of \w+$"
)
"""Talk of what was, a question, or a thing of which nothing is said: "my name", "Anna"."""
_ASKED = re.compile(r"\b(?:can|could|do|did) you\b")
_ORDERED = re.compile(r"\d|\bplease\b")
"""A figure or a "please", which nobody uses who asks what is remembered."""
_POLITE = re.compile(r"^(?:please|that) |(?: (?:please|thanks|thank you|ok))+$")
_FOR_A_LIST = re.compile(r"\b(?:to|on|onto|from|off) (?:the|my|our) (?:\w+ |to do )?list$")


def answer(slots: Slots, room: Room) -> Reply | None:
    """Keep it; not while guests are here. What belongs on a list is no note."""
    what = _POLITE.sub("", slots.get("what") or slots["thing"].removeprefix("about "))
    if not what or _FOR_A_LIST.search(what):
        return None
    if "thing" in slots and (_VAGUE.match(what) or _asks(room.said)):
        return None
    if room.guest:
        return Reply(text=GUESTS, skill="note_add")
    said = room.said.rstrip(" ?") if "thing" in slots else room.said
    text = _verbatim(what, said) or re.sub(r"\bi\b", "I", what[0].upper() + what[1:])
    return Reply(text=noted(text), skill="note_add", actions=(AddNote(text),))


def _asks(said: str) -> bool:
    """Whether it may be a question: "remember Anna's party?", "can you remember the name"."""
    words = plain(said)
    asked = said.rstrip().endswith("?") or _ASKED.search(words)
    return bool(asked) and not _ORDERED.search(words)


def _verbatim(what: str, said: str) -> str:
    """Find `what`, which is plain, in what was written: a password has its own case and signs."""
    words = said.split()
    tails = (" ".join(words[at:]).rstrip(" .!") for at in range(1, len(words)))
    tail = next((tail for tail in tails if plain(tail) == what), "")
    return tail[:1].upper() + tail[1:]


def noted(text: str) -> str:
    """Say what has been taken down, so that a slip of hearing is noticed."""
    return f"I'll remember: {text}."
