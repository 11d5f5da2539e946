from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.settings import ConfigurationError, load_settings


@pytest.fixture(autouse=True)
def empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_defaults_need_no_environment():
    settings = load_settings()
    assert settings.home == Path("data")
    assert settings.published_path == Path("data/published.duckdb")
    assert settings.clock().tzinfo is UTC


def test_fixed_clock_is_taken_as_now(monkeypatch):
    monkeypatch.setenv("MUSTER_NOW", "2021-12-01T21:00:00+03:00")
    assert load_settings().clock() == datetime(2021, 12, 1, 18, tzinfo=UTC)


def test_values_come_from_a_dotenv_file_too(empty_folder):
    (empty_folder / ".env").write_text("MUSTER_HOME=elsewhere\nOTHER=1\n")
    assert load_settings().home == Path("elsewhere")


def test_hosts_and_addresses_are_lists(monkeypatch):
    monkeypatch.setenv("MUSTER_ALLOW_PRIVATE", "127.0.0.1, localhost:8000")
    monkeypatch.setenv("MUSTER_NOTIFY", "json://127.0.0.1:1  mailto://a@b")
    settings = load_settings()
    assert settings.allow_private == ("127.0.0.1", "localhost:8000")
    assert len(settings.notify_addresses) == 2
    assert "127.0.0.1:1" not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("MUSTER_HOMES", "x", "did you mean 'MUSTER_HOME'"),
        ("MUSTER_DELAY_SECONDS", "-1", "MUSTER_DELAY_SECONDS: input should be greater"),
        ("MUSTER_NOW", "soon", "MUSTER_NOW"),
    ],
)
def test_bad_setting_is_refused_by_name(monkeypatch, name, value, said):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=said):
        load_settings()


def test_misspelt_name_in_dotenv_is_refused(empty_folder):
    (empty_folder / ".env").write_text("MUSTER_CONTACTS=me\n")
    with pytest.raises(ConfigurationError, match=r"\.env: unknown setting"):
        load_settings()
