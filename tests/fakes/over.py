"""Somebody who speaks over our own sound when the test says so."""

from __future__ import annotations


class Over:
    """`begins` and `perhaps` are set by hand; `alone` is what the ear said last."""

    complaint = ""

    def __init__(self) -> None:
        self.alone = True
        self.begins = self.perhaps = False
        self.residues: list[int] = []

    def heard(self, residue, *, alone):
        self.alone = alone
        self.residues.append(len(residue))

    def feed(self, voice):
        pass

    @property
    def clear(self):
        return self.alone or self.begins
