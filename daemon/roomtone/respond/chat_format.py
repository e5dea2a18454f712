"""A model's own chat template: messages become the text it was trained to continue."""

from __future__ import annotations

import re

from jinja2 import TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from roomtone.respond.prompt import Chat

CHATML = (
    "{% for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content }}<|im_end|>\n"
    "{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""Used for models that bring no template of their own."""

_USUAL_ENDS = ("<|im_end|>", "<|im_start|>", "<|eot_id|>", "<|end|>", "<end_of_turn>", "</s>")
_MARKER = re.compile(r"<\|?[\w/]+\|?>|\[/?[A-Z]+\]")


class ChatFormat:
    """A template, rendered in a sandbox: it comes with the model's file.

    Raises ValueError for a template that cannot be read.
    """

    def __init__(self, template: str, bos: str = "", eos: str = "") -> None:
        environment = ImmutableSandboxedEnvironment(trim_blocks=True, lstrip_blocks=True)
        environment.globals["raise_exception"] = _refuse
        environment.globals["strftime_now"] = lambda _form: ""
        self._given = {"bos_token": bos, "eos_token": eos, "enable_thinking": False}
        try:
            self._template = environment.from_string(template or CHATML)
            self.ends = self._ends(eos)
        except TemplateError as problem:
            raise ValueError("the chat template cannot be read") from problem

    def text(self, messages: Chat, *, open_turn: bool) -> str:
        """Render the messages; with `open_turn` the text ends where the model is to write on.

        A template without a system role gets the system message at the head of the first question.
        """
        try:
            return self._rendered(messages, open_turn=open_turn)
        except TemplateError:
            return self._rendered(_without_system(messages), open_turn=open_turn)

    def _rendered(self, messages: Chat, *, open_turn: bool) -> str:
        return self._template.render(
            messages=messages, add_generation_prompt=open_turn, **self._given
        )

    @property
    def takes_late_system(self) -> bool:
        """Whether a system message may stand between turns."""
        roles = ("system", "user", "assistant", "system", "user")
        messages = [{"role": role, "content": f"\u0001{at}"} for at, role in enumerate(roles)]
        try:
            text = self._rendered(messages, open_turn=True)
        except TemplateError:
            return False
        places = [text.find(message["content"]) for message in messages]
        return -1 not in places and places == sorted(places)

    def _ends(self, eos: str) -> tuple[str, ...]:
        """Texts that end an answer, should the model spell them instead of using its token."""
        turns = [("user", "\u0001"), ("assistant", "\u0002"), ("user", "\u0003")]
        sample = self.text([{"role": r, "content": c} for r, c in turns], open_turn=False)
        between = sample.partition("\u0002")[2].partition("\u0003")[0]
        found = _MARKER.search(between)
        own = found[0] if found else between.rstrip()
        return tuple(dict.fromkeys(filter(str.strip, (own, eos, *_USUAL_ENDS))))


def _without_system(messages: Chat) -> Chat:
    if not messages or messages[0]["role"] != "system":
        return messages
    system, *rest = messages
    if not rest:
        return [{"role": "user", "content": system["content"]}]
    first = {"role": rest[0]["role"], "content": f"{system['content']}\n\n{rest[0]['content']}"}
    return [first, *rest[1:]]


def _refuse(message: str) -> None:
    raise TemplateError(message)
