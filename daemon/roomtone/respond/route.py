"""Which skill answers, if any: the first whose template matches the whole utterance."""

from __future__ import annotations

import functools
from collections.abc import Sequence

import msgspec

from roomtone.base.room import Reply, Room
from roomtone.respond.plain import plain, request
from roomtone.respond.skills import SKILLS, Skill
from roomtone.respond.slot import SLOTS
from roomtone.respond.template import Template

FREE = "thing"
"""The slot of a template that is filled by any words."""


class Router:
    """Skills in the order in which they are asked; pure."""

    def __init__(self, skills: Sequence[Skill] = SKILLS) -> None:
        self._skills = skills

    def prepare(self) -> None:
        """Read the sentences now, in a quarter of a second, instead of with the first question."""
        assert self._templates  # noqa: S101 - read when it is looked at

    @functools.cached_property
    def _templates(self) -> list[tuple[Template, Skill]]:
        return [
            (Template(sentence, SLOTS | skill.LISTS), skill)
            for skill in self._skills
            for sentence in skill.SENTENCES
        ]

    def knows(self, text: str) -> bool:
        """Whether `text`, as it is or without its politeness, has the form of what a skill answers.

        It may still decline. A form that any words have is none: whoever dictates may go on.
        """
        forms = dict.fromkeys((plain(text), request(text)))
        return any(
            slots is not None and FREE not in slots
            for form in forms
            for slots in (template.match(form) for template, _ in self._templates)
        )

    def answer(self, text: str, room: Room) -> Reply | None:
        """Reply to what was said, or None: ask the language model.

        `text` is as the recognizer wrote it. It is tried as it is and without its politeness.
        """
        bare, room = request(text, room.name), msgspec.structs.replace(room, said=text)
        for form in dict.fromkeys((plain(text), bare)):
            for template, skill in self._templates:
                slots = template.match(form)
                if slots is not None and (reply := skill.answer(slots, room)):
                    return reply
        return None
