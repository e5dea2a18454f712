"""One file, every mistake at once, in words that say what to do."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roomtone.app import config as configuration
from roomtone.app.config import Config
from roomtone.base.error import OwnerError


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "config.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def mistakes(folder: Path, text: str) -> list[str]:
    """What is told about a file, without its name."""
    path = written(folder, text)
    with pytest.raises(OwnerError) as told:
        configuration.load(path)
    return [line.removeprefix(f"{path}: ") for line in str(told.value).splitlines()]


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    assert configuration.load(None, {"HOME": str(tmp_path)}) == Config()


def test_an_empty_file_is_the_defaults(tmp_path: Path) -> None:
    assert configuration.load(written(tmp_path, "")) == Config()


def test_what_is_written_counts_and_the_rest_is_default(tmp_path: Path) -> None:
    found = configuration.load(
        written(
            tmp_path,
            "[wake.words]\nalexa = 0.6\nhey_mycroft = 0.4\n"
            "[follow_up]\nseconds = 3\n[models]\nvoice = 'lessac'\n[keep]\ndays = 7\n",
        )
    )
    assert found.wake.words == {"alexa": 0.6, "hey_mycroft": 0.4}
    assert found.follow_up.seconds == 3.0
    assert (found.models.voice, found.models.speech) == ("lessac", "starter-speech")
    assert found.keep.days == 7
    assert found.cues == Config().cues


def test_all_mistakes_are_told_at_once_one_a_line(tmp_path: Path) -> None:
    told = mistakes(
        tmp_path,
        "[wake.words]\nhey_jarvs = 0.5\n[sound]\ninputt = 'x'\n[wakeup]\nx = 1\n"
        "[keep]\ndays = 'many'\n[follow_up]\nseconds = -1\n[cues]\nenabled = 1\n"
        "[cloud]\npolicy = 'open'\n[models]\nlanguage = 'qwen'\n",
    )
    assert told == [
        "[wake.words] hey_jarvs is not known; did you mean hey_jarvis? "
        "(known: hey_jarvis, alexa, hey_mycroft, hey_marvin)",
        "[sound] inputt is not a setting; did you mean input?",
        "[wakeup] is not a section; did you mean wake?",
        '[keep] days must be a whole number from 0 to 3650, not "many"',
        "[follow_up] seconds must be a number from 0 to 30, not -1",
        "[cues] enabled must be true or false, not 1",
        '[cloud] policy must be "cloud-first" or "local" or "local-first" or "race", not "open"',
        '[models] language = "qwen" is not known '
        "(known: starter-language, qwen2.5-0.5b, qwen2.5-1.5b)",
    ]


def test_broken_toml_is_told_with_line_and_column(tmp_path: Path) -> None:
    assert mistakes(tmp_path, "[keep]\ndays = \n")[0].endswith("(at line 2, column 8)")


def test_a_file_that_is_no_text_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, b"[keep]\n# gr\xfc\xdfe\n")
    with pytest.raises(OwnerError, match="line 2 is not UTF-8"):
        configuration.load(path)


def test_a_file_far_too_large_is_not_read(tmp_path: Path) -> None:
    path = written(tmp_path, b"#" * (configuration.SIZE_LIMIT + 1))
    with pytest.raises(OwnerError, match="no configuration"):
        configuration.load(path)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OwnerError, match="no such file"):
        configuration.load(tmp_path)


@pytest.mark.parametrize("by", ["option", "environment"])
def test_a_file_that_was_asked_for_must_exist(tmp_path: Path, by: str) -> None:
    missing = tmp_path / "mine.toml"
    option = missing if by == "option" else None
    environ = {"HOME": str(tmp_path), "ROOMTONE_CONFIG": str(missing)}
    with pytest.raises(OwnerError, match=r"mine\.toml: there is no such file"):
        configuration.load(option, environ)


def test_the_option_wins_over_the_environment_and_that_over_the_home(tmp_path: Path) -> None:
    places = {}
    for name, days in (("option", 1), ("environment", 2), (".config/roomtone/config", 3)):
        place = tmp_path / f"{name}.toml"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(f"[keep]\ndays = {days}\n")
        places[name] = place
    home = {"HOME": str(tmp_path)}
    both = home | {"ROOMTONE_CONFIG": str(places["environment"])}
    assert configuration.load(places["option"], both).keep.days == 1
    assert configuration.load(None, both).keep.days == 2
    assert configuration.load(None, home).keep.days == 3


def test_paths_are_taken_from_the_folder_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "word.onnx").write_bytes(b"")
    found = configuration.load(
        written(
            tmp_path,
            "[models]\nspeech = './mine'\n[paths]\nstate = 'kept'\nmodels = '/big'\n"
            "[wake.words]\n'./word.onnx' = 0.4\n",
        )
    )
    assert found.models.speech == str(tmp_path / "mine")
    assert (found.paths.state, found.paths.models) == (str(tmp_path / "kept"), "/big")
    assert found.wake.words == {str(tmp_path / "word.onnx"): 0.4}


def test_a_path_that_leads_nowhere_is_told(tmp_path: Path) -> None:
    told = mistakes(tmp_path, "[models]\nvoice = './v.onnx'\n[wake.words]\n'~/w.onnx' = 0.5\n")
    assert told == [
        '[models] voice = "./v.onnx": there is no such file',
        "[wake.words] ~/w.onnx: there is no such file",
    ]


@pytest.mark.parametrize("broken", ['names = ["Cla\n', "policy = 7\n"])
def test_whoever_only_speaks_with_the_daemon_goes_on_with_mistakes_at_the_same_places(
    tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = written(tmp_path, f'[paths]\nstate = "here"\n[cloud]\n{broken}')
    found = configuration.usable(file)
    assert found.paths.state == str(tmp_path / "here")
    assert found.cloud.policy == "local"
    assert str(file) in capsys.readouterr().err
    with pytest.raises(OwnerError):
        configuration.load(file)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
SECTIONS = st.sampled_from([*Config.__struct_fields__, "nonsense"])
KEYS = st.sampled_from(["policy", "base_url", "names", "days", "state", "words", "enabled", "x"])


@settings(deadline=None, max_examples=200)
@given(st.dictionaries(SECTIONS, st.dictionaries(KEYS, VALUES, max_size=4) | VALUES, max_size=4))
def test_whatever_stands_in_it_is_a_configuration_or_a_list_of_mistakes(plain: object) -> None:
    lines = [f"{name} = {json.dumps(value)}" for name, value in plain.items()]  # type: ignore[attr-defined]
    loaded_or_told("\n".join(lines).encode("utf-8", "replace"))
    tables = [
        f"[{name}]\n" + "\n".join(f"{key} = {json.dumps(one)}" for key, one in table.items())
        for name, table in plain.items()  # type: ignore[attr-defined]
        if isinstance(table, dict) and all(key.isidentifier() for key in table)
    ]
    loaded_or_told("\n".join(tables).encode("utf-8", "replace"))


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes_are_a_configuration_or_a_list_of_mistakes(content: bytes) -> None:
    loaded_or_told(content)


def loaded_or_told(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "config.toml")
        file.write_bytes(content)
        with contextlib.suppress(OwnerError):
            assert isinstance(configuration.load(file), Config)


def test_a_file_with_mistakes_still_tells_where_the_daemon_is_but_a_missing_one_does_not(
    tmp_path: Path,
) -> None:
    path = written(tmp_path, '[follow_up]\nsecond = 3\n[paths]\nstate = "here"\n')
    assert configuration.placed(path).paths.state == str(tmp_path / "here")
    with pytest.raises(OwnerError, match=r"missing\.toml"):
        configuration.placed(tmp_path / "missing.toml")
