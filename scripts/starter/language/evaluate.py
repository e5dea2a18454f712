"""Measure a GGUF file on held-out questions, as the daemon asks: ChatML, temperature 0.

python evaluate.py model.gguf [--show]
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path
from typing import Any

import yaml
from llama_cpp import Llama

HERE = Path(__file__).parent
PERSONA = (
    "You are Roomtone, a friendly voice assistant in a home. "
    "Answer in one or two short spoken sentences. If you do not know, say so."
)
REFUSAL = re.compile(r"^i (don't know|'m not sure|am not sure|can't)|^i'm not sure|^i can't")
DONE = re.compile(r"\b(turned|switched|added|playing|starting now|is set|reminded|called|opened)\b")
LONGEST = 40


def ask(llm: Llama, messages: list[dict[str, str]]) -> tuple[str, bool]:
    """Return the answer and whether the model ended it by itself."""
    out: Any = llm.create_chat_completion(messages=messages, temperature=0.0, max_tokens=80)  # type: ignore[arg-type]
    choice = out["choices"][0]
    return choice["message"]["content"].strip(), choice["finish_reason"] == "stop"


def converse(llm: Llama, item: dict[str, Any]) -> tuple[str, bool]:
    """Ask the questions of one item in turn; return the last answer."""
    system = item.get("persona", PERSONA)
    if "system" in item:
        system += "\n" + item["system"]
    messages = [{"role": "system", "content": system}]
    turns, said = item.get("turns") or [item["q"]], list(item.get("say", []))
    answer, ended = "", True
    for turn in turns:
        messages.append({"role": "user", "content": turn})
        answer, ended = (said.pop(0), True) if said else ask(llm, messages)
        messages.append({"role": "assistant", "content": answer})
    return answer, ended


def right(group: str, item: dict[str, Any], answer: str) -> bool:
    """Judge an answer by the words it needs and must not have."""
    low = answer.lower()
    if group == "refusals" and not REFUSAL.search(low):
        return False
    if group == "cannot" and DONE.search(low):
        return False
    needs = all(
        any(word in low for word in str(n).lower().split("|")) for n in item.get("need", [])
    )
    return needs and not any(str(n).lower() in low for n in item.get("not", []))


def fit(answer: str, ended: bool) -> bool:
    """Return whether an answer can be spoken: ended, short, plain."""
    return ended and 0 < len(answer.split()) <= LONGEST and not re.search(r"[*#_`<>|\n]", answer)


def main() -> None:
    """Print the share of right answers per group."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("model", type=Path)
    parser.add_argument("--questions", type=Path, default=HERE / "heldout.yaml")
    parser.add_argument("--show", action="store_true", help="print every wrong answer")
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    groups = yaml.safe_load(args.questions.read_text())
    llm = Llama(str(args.model), n_ctx=1024, n_threads=args.threads, n_batch=128, verbose=False)
    unfit, total, begin = 0, 0, time.monotonic()
    for group, items in groups.items():
        good = 0
        for item in items:
            answer, ended = converse(llm, item)
            okay = right(group, item, answer)
            good, total = good + okay, total + 1
            unfit += not fit(answer, ended)
            if args.show and not okay:
                print(f"  {group}: {item.get('q') or item['turns']} -> {answer}")
        print(f"{group:10} {good:3}/{len(items):3}  {100 * good / len(items):5.1f} %", flush=True)
    print(f"unfit      {unfit:3}/{total:3}   {(time.monotonic() - begin) / total:.2f} s per item")


if __name__ == "__main__":
    main()
