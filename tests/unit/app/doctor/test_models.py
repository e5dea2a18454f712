"""Which models count, and how a damaged one is told; their speed is measured with real ones."""

from __future__ import annotations

import msgspec

from fakes.shelf import file, listing, shelf
from roomtone.app.config import Config
from roomtone.app.doctor import models
from roomtone.system.settings import ModelSettings

GOOD = b"weights"


def test_a_model_that_is_what_was_listed_is_well(tmp_path):
    weights = shelf(tmp_path, listing("ears", "speech", file("m", "repo:models/m", GOOD)))
    (weights.shipped / "m").write_bytes(GOOD)
    [found] = models.unharmed(weights, ["ears", "ears"])
    assert (found.check, found.verdict) == ("model.ears", "ok")


def test_one_flipped_bit_is_bad_and_says_how_to_get_another_copy(tmp_path):
    shipped = listing("ears", "speech", file("m", "repo:models/m", GOOD))
    pulled = listing("mind", "language", file("g", "https://h/g", GOOD))
    weights = shelf(tmp_path, shipped, pulled)
    (weights.shipped / "m").write_bytes(b"weighty")
    (weights.folder / "mind").mkdir(parents=True)
    (weights.folder / "mind" / "g").write_bytes(b"weighty")
    ears, mind = models.unharmed(weights, ["ears", "mind"])
    assert (ears.verdict, ears.mend) == ("bad", "it came with Roomtone: install Roomtone again")
    assert (mind.verdict, mind.mend) == ("bad", "`roomtone models pull mind`")
    assert "m is changed" in ears.said


def test_a_model_that_nobody_knows_is_bad(tmp_path):
    [found] = models.unharmed(shelf(tmp_path, listing("ears", "speech")), ["noses"])
    assert found.verdict == "bad"
    assert "noses" in found.said


def test_what_is_needed_and_what_is_chosen_counts_but_no_file_of_the_owners(tmp_path):
    weights = shelf(
        tmp_path,
        listing("mel", "features", more="needed = true"),
        listing("jarvis", "wake", more="needed = true"),
        listing("other", "speech"),
    )
    config = msgspec.structs.replace(
        Config(), models=ModelSettings(speech="ears", language="/home/me/mind.gguf", voice="tongue")
    )
    assert models.used(config, weights) == ("mel", *config.wake.words, "ears", "tongue")


def test_work_that_cannot_keep_up_is_bad():
    assert models._paced("voice.speed", 1.0, 10.0).verdict == "ok"
    assert models._paced("voice.speed", 8.0, 10.0).verdict == "warn"
    slow = models._paced("voice.speed", 15.0, 10.0)
    assert (slow.verdict, slow.value) == ("bad", 1.5)
    assert "smaller model" in slow.mend
    assert models._paced("voice.speed", 1.0, 0.0).verdict == "bad"
