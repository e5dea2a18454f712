import pytest

from roomtone.base.room import SetVolume


@pytest.mark.parametrize(
    ("command", "level"),
    [
        ("louder", 0.65),
        ("volume up", 0.65),
        ("turn the volume up", 0.65),
        ("turn up the volume", 0.65),
        ("you are too quiet", 0.65),
        ("i can't hear you", 0.65),
        ("speak up", 0.65),
        ("a little quieter please", 0.35),
        ("turn it down", 0.35),
        ("you're too loud", 0.35),
        ("speak more quietly", 0.35),
        ("lower the volume", 0.35),
        ("set the volume to 50 percent", 0.5),
        ("volume at 20%", 0.2),
        ("volume seven", 0.7),
        ("volume ten", 1.0),
        ("full volume", 1.0),
        ("set the volume to minimum", 0.1),
        ("set the volume to half", 0.5),
        ("volume 35", 0.35),
    ],
)
def test_the_volume_follows(ask, command, level):
    assert ask(command, volume=0.5).actions == (SetVolume(level),)


def test_it_cannot_be_louder_than_loud(ask):
    assert ask("louder", volume=1.0).text == "This is as loud as I get."
    assert ask("set the volume to two hundred").actions == ()


def test_quieter_never_means_silent(ask):
    assert ask("quieter", volume=0.05).actions == (SetVolume(0.05),)


def test_the_level_can_be_asked(ask):
    assert ask("what is the volume", volume=0.35).text == "My volume is 35 percent."
