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


BAD = [
    ("HOMES", "x", "unknown setting 'MUSTER_HOMES', did you mean 'MUSTER_HOME'?"),
    ("QQQQQQQ", "x", "unknown setting 'MUSTER_QQQQQQQ'; known are MUSTER_HOME,"),
    ("HOME", "", "MUSTER_HOME: is empty; give it a value, or take it out"),
    ("OUTLETS", " ", "MUSTER_OUTLETS: is empty; give it a value, or take it out"),
    ("NOW", "soon", "MUSTER_NOW: 'soon' is no time; write it as 2021-12-01T18:00:00Z"),
    ("NOW", "2026-13-01", "MUSTER_NOW: '2026-13-01' is no time"),
    ("NOW", "12345", "MUSTER_NOW: '12345' is no time"),
    ("DELAY_SECONDS", "-1", "MUSTER_DELAY_SECONDS: must be a number of seconds from 0 to 3600, not '-1'"),
    ("DELAY_SECONDS", "fast", "MUSTER_DELAY_SECONDS: must be a number of seconds from 0 to 3600, not 'fast'"),
    ("DELAY_SECONDS", "nan", "MUSTER_DELAY_SECONDS: must be a number of seconds from 0 to 3600, not 'nan'"),
    ("RULES", "nowhere", "MUSTER_RULES: nowhere is no folder; make it, or take the setting out"),
    (
        "ALLOW_PRIVATE",
        "127.0.0.1 http://a.test",
        "MUSTER_ALLOW_PRIVATE: 'http://a.test' is no host; write it",
    ),
    ("ALLOW_PRIVATE", "10.0.0.0/8", "MUSTER_ALLOW_PRIVATE: '10.0.0.0/8' is no host"),
    ("NOTIFY", "json://a.test hunter2", "MUSTER_NOTIFY: address 2 has no '://'; write it as Apprise has it"),
    ("CONTACT", "me\nX-Header: y", "MUSTER_CONTACT: must be one line that can be printed"),
    ("WAREHOUSE", ".", "MUSTER_WAREHOUSE: . is no DuckDB file; name one, such as data/warehouse.duckdb"),
    ("WAREHOUSE", "ducklake:x", "MUSTER_WAREHOUSE: ducklake:x is no DuckDB file"),
]


@pytest.mark.parametrize(("name", "value", "said"), BAD)
def test_bad_setting_is_refused_by_name_with_the_mend(monkeypatch, name, value, said):
    monkeypatch.setenv(f"MUSTER_{name}", value)
    with pytest.raises(ConfigurationError) as refused:
        load_settings()
    assert str(refused.value).startswith(f"environment: {said}")
    assert "hunter2" not in str(refused.value)


def test_bad_value_in_dotenv_is_refused_with_its_line(empty_folder, monkeypatch):
    (empty_folder / ".env").write_text("# settings\nMUSTER_HOME=a\nexport MUSTER_NOW=soon\n")
    with pytest.raises(ConfigurationError, match=r"^\.env:3: MUSTER_NOW: 'soon' is no time"):
        load_settings()
    monkeypatch.setenv("MUSTER_NOW", "later")
    with pytest.raises(ConfigurationError, match=r"^environment: MUSTER_NOW: 'later'"):
        load_settings()


def test_dotenv_that_is_no_text_is_refused(empty_folder):
    (empty_folder / ".env").write_bytes(b"\xff\xfe")
    with pytest.raises(ConfigurationError, match=r"^\.env: not UTF-8 text at byte 0"):
        load_settings()


def test_misspelt_name_in_dotenv_is_refused(empty_folder):
    (empty_folder / ".env").write_text("MUSTER_CONTACTS=me\n")
    with pytest.raises(ConfigurationError, match=r"\.env: unknown setting"):
        load_settings()
