"""What is asked of the owner at the terminal: a yes, a passphrase that nobody sees."""

from __future__ import annotations

import argparse
import io
import os
import pty
import select
import sys

import pytest

from fakes.household import Terminal
from roomtone.app import command
from roomtone.base.error import OwnerError


def at(monkeypatch, typed, terminal=Terminal):
    monkeypatch.setattr("sys.stdin", terminal(typed))


@pytest.mark.parametrize("typed", ["yes\n", " YES \n"])
def test_a_typed_yes_is_a_yes(monkeypatch, typed):
    at(monkeypatch, typed)
    command.typed_yes("All of it?", given=False)


@pytest.mark.parametrize("typed", ["", "\n", "y\n", "no\n", "yes please\n"])
def test_everything_else_is_a_no(monkeypatch, typed):
    at(monkeypatch, typed)
    with pytest.raises(OwnerError, match="nothing has changed"):
        command.typed_yes("All of it?", given=False)


def test_a_script_must_say_yes_itself(monkeypatch):
    at(monkeypatch, "yes\n", io.StringIO)
    with pytest.raises(OwnerError, match="--yes"):
        command.typed_yes("All of it?", given=False)
    command.typed_yes("All of it?", given=True)


def test_a_passphrase_of_a_script_is_one_line(monkeypatch):
    at(monkeypatch, " open sesame \nmore\n", io.StringIO)
    assert command.passphrase(new=True, from_stdin=True) == " open sesame "


@pytest.mark.parametrize("typed", ["", "\n", "x" * 1025])
def test_an_empty_or_endless_passphrase_is_refused(monkeypatch, typed):
    at(monkeypatch, typed, io.StringIO)
    with pytest.raises(OwnerError, match="1 to 1024 characters"):
        command.passphrase(new=False, from_stdin=True)


def test_a_new_passphrase_that_is_soon_guessed_is_refused_and_an_old_one_is_not(monkeypatch):
    at(monkeypatch, "ab\n", io.StringIO)
    with pytest.raises(OwnerError, match="8 to 1024 characters"):
        command.passphrase(new=True, from_stdin=True)
    at(monkeypatch, "ab\n", io.StringIO)
    assert command.passphrase(new=False, from_stdin=True) == "ab"


def test_without_a_terminal_it_says_how_to_hand_it_over(monkeypatch):
    at(monkeypatch, "open sesame\n", io.StringIO)
    with pytest.raises(OwnerError, match="--stdin"):
        command.passphrase(new=False, from_stdin=False)


TYPE = """
from roomtone.app import command
print("got", len(command.passphrase(new=True, from_stdin=False)))
"""


@pytest.mark.parametrize(("again", "told"), [("open sesame", b"got 11"), ("open", b"not the same")])
def test_what_is_typed_at_a_terminal_is_not_shown_and_must_be_typed_twice(again, told):
    child, terminal = pty.fork()
    if child == 0:
        os.environ["PYTHONPATH"] = ":".join(sys.path)
        os.execv(sys.executable, [sys.executable, "-c", TYPE])  # noqa: S606 - in a fork of its own
    seen = b""
    for prompt, line in ((b"Passphrase: ", "open sesame"), (b"again: ", again)):
        while prompt not in seen:
            seen += read(terminal)
        os.write(terminal, line.encode() + b"\n")
    while piece := read(terminal):
        seen += piece
    os.waitpid(child, 0)
    os.close(terminal)
    assert told in seen
    assert b"sesame" not in seen


def read(terminal):
    """What comes next; nothing at the end."""
    assert select.select([terminal], [], [], 10)[0], "it waits for something"
    try:
        return os.read(terminal, 1000)
    except OSError:
        return b""


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "x", "", "²", "9" * 16])
def test_only_a_whole_number_from_one_is_positive(text):
    with pytest.raises(argparse.ArgumentTypeError):
        command.positive(text)
