"""Where the provider's key comes from, and who may read it."""

from __future__ import annotations

import pytest

from roomtone.respond.cloud_key import NONE, find
from roomtone.respond.failure import ProviderError

KEY = "sk-canary-4711"


@pytest.fixture
def key_file(tmp_path):
    path = tmp_path / "key"
    path.write_text(KEY + "\n")
    path.chmod(0o600)
    return path


def test_the_file_wins_over_the_credential_and_that_over_the_environment(tmp_path, key_file):
    folder = tmp_path / "credentials"
    folder.mkdir()
    env = {"CREDENTIALS_DIRECTORY": str(folder), "OPENAI_API_KEY": "of-the-environment"}
    assert find("", env, local=False) == "of-the-environment"
    (folder / "cloud-key").write_text("of-the-manager")
    assert find("", env, local=False) == "of-the-manager"
    assert find(str(key_file), env, local=False) == KEY


def test_without_any_it_says_how_to_give_one():
    with pytest.raises(ProviderError, match="key_file") as told:
        find("", {}, local=False)
    assert told.value.kind == "no_key"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o644])
def test_a_file_that_others_may_read_is_refused(key_file, mode):
    key_file.chmod(mode)
    with pytest.raises(ProviderError, match="chmod 600"):
        find(str(key_file), {}, local=False)


def test_a_server_in_the_house_never_gets_the_key_of_somebody_else(key_file):
    env = {"OPENAI_API_KEY": KEY}
    assert find("", env, local=True) == NONE
    assert find(str(key_file), env, local=True) == KEY


@pytest.mark.parametrize("text", ["", " \n", "two words", "sk-\x00", "sk-é", "a\nb", "x" * 5000])
def test_what_is_no_key_is_refused_and_not_repeated(tmp_path, text):
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(ProviderError, match="is no key") as told:
        find(str(path), {}, local=False)
    assert not text.strip() or text.strip() not in str(told.value)


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ProviderError, match="No such file"):
        find(str(tmp_path / "none"), {}, local=False)
