"""What is private is replaced before a text leaves: names, numbers, addresses, accounts."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from roomtone.app.prove.proof import Trial, broken, holds, untried
from roomtone.respond.redact import corpus
from roomtone.respond.redact.corpus import Item
from roomtone.respond.redact.veil import Veil

SAYS = "Private details are replaced before a text leaves"

COUNT = 1000
"""Items that are made up anew each time, of all kinds in turn."""

SENTENCES = (
    "call {} tomorrow",
    "what did {} say about the weather",
    "is {}'s birthday in may",
    "{} likes chess, what is a good opening",
)
"""In which the names of this household are tried."""

Hide = Callable[[Sequence[str], str], str]
"""(names of the household, text) -> the text as it would leave."""


def prove(names: Sequence[str], hide: Hide | None = None) -> Iterator[Trial]:
    """Made-up items, then the names of this household."""
    hide = hide or veiled
    seed = secrets.randbelow(1_000_000)
    items = list(corpus.items(seed, COUNT))
    yield hidden(items, hide, seed)
    yield listed(names, hide, recall([item for item in items if item.names], hide))


def veiled(names: Sequence[str], text: str) -> str:
    """As the core does it before it sends anything."""
    return Veil(names).hide(text)


def hidden(items: Sequence[Item], hide: Hide, seed: int) -> Trial:
    """The verdict on made-up items; names among them are listed, as the owner lists theirs."""
    if not all(corpus.leaks(item, item.text) for item in items):
        return untried("items", "the search is blind: it misses an item that is not hidden")
    leaked = Counter(item.kind for item in items if corpus.leaks(item, hide(item.names, item.text)))
    if leaked:
        kinds = ", ".join(f"{count} {kind}" for kind, count in leaked.most_common())
        said = f"{leaked.total()} of {len(items)} made-up items came through: {kinds} (seed {seed})"
        return broken("items", said)
    kinds = ", ".join(sorted({item.kind for item in items}))
    return holds("items", f"{len(items)} made-up items, not one came through ({kinds})")


def listed(names: Sequence[str], hide: Hide, beside: str) -> Trial:
    """The verdict on the names in [cloud] names: how many came through, and never which.

    `beside` is told with it.
    """
    if not names:
        why = f"no names of this household are listed; {beside}"
        return untried("names", why, "write them into [cloud] names")
    through = sum(any(_stands(name, sent) for sent in _sent(names, name, hide)) for name in names)
    if through:
        return broken("names", f"{through} of {len(names)} names of this household came through")
    return holds("names", f"{len(names)} names of this household, not one came through; {beside}")


def recall(items: Sequence[Item], hide: Hide) -> str:
    """How many names are replaced that nobody has listed, for which there is no promise."""
    found = sum(not corpus.leaks(item, hide((), item.text)) for item in items)
    return f"of {len(items)} made-up names that nobody lists only {found} were replaced"


def _sent(names: Sequence[str], name: str, hide: Hide) -> Iterable[str]:
    return (hide(names, sentence.format(name)) for sentence in SENTENCES)


def _stands(name: str, sent: str) -> bool:
    return name.casefold() in sent.casefold()
