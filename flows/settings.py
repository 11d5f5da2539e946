"""What the user sets in the environment or `.env`, read strictly."""

from __future__ import annotations

import difflib
import os
import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "MUSTER_"
DOTENV = Path(".env")
HOST = re.compile(r"[\w.-]+(?::\d{1,5})?|\[[\da-fA-F:.]+\](?::\d{1,5})?|[\da-fA-F:.]+")


class ConfigurationError(Exception):
    """What the user configured cannot be used; the text says where, what, and what is allowed."""


class Settings(BaseSettings):
    """Settings of one process. Paths may be relative to the folder the command runs in."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_file=".env", extra="ignore", frozen=True)

    home: Path = Field(Path("data"), description="folder of the warehouse, the archive and the reports")
    warehouse: Path | None = Field(None, description="path of the DuckDB file; default HOME/warehouse.duckdb")
    contact: str | None = Field(None, description="address or page that the User-Agent names")
    notify: SecretStr = Field(SecretStr(""), description="Apprise addresses, separated by white space")
    outlets: Path | None = Field(None, description="path of outlets.toml")
    rules: Path | None = Field(None, description="folder of alert rules of your own, one SQL file each")
    allow_private: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="private or loopback hosts that may be fetched from, separated by commas"
    )
    now: datetime | None = Field(None, description="an ISO time taken as the clock, for replays and tests")
    delay_seconds: float = Field(1.0, ge=0, le=3600, description="least time between two requests to one host")

    @field_validator("home", "warehouse", "outlets", "rules", "now", "delay_seconds", mode="before")
    @classmethod
    def _given(cls, value: object) -> object:
        if isinstance(value, str) and not value.strip():
            raise ValueError("is empty; give it a value, or take it out")
        return value

    @field_validator("allow_private", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        hosts = tuple(value.replace(",", " ").split()) if isinstance(value, str) else value
        for host in hosts if isinstance(hosts, tuple) else ():
            if not HOST.fullmatch(host):
                raise ValueError(f"{host!r} is no host; write it as localhost, 127.0.0.1 or 127.0.0.1:8000")
        return hosts

    @field_validator("now", mode="before")
    @classmethod
    def _read_time(cls, value: object) -> object:
        try:
            moment = datetime.fromisoformat(value) if isinstance(value, str) else value
        except ValueError:
            raise ValueError(f"{value!r} is no time; write it as 2021-12-01T18:00:00Z") from None
        return moment.replace(tzinfo=UTC) if isinstance(moment, datetime) and moment.tzinfo is None else moment

    @field_validator("delay_seconds", mode="before")
    @classmethod
    def _read_seconds(cls, value: object) -> object:
        try:
            seconds = float(value) if isinstance(value, str) else value
        except ValueError:
            seconds = -1.0
        if isinstance(seconds, float) and not 0 <= seconds <= 3600:
            raise ValueError(f"must be a number of seconds from 0 to 3600, not {value!r}")
        return seconds

    @field_validator("rules")
    @classmethod
    def _is_folder(cls, value: Path | None) -> Path | None:
        if value and not value.is_dir():
            raise ValueError(f"{value} is no folder; make it, or take the setting out")
        return value

    @field_validator("warehouse")
    @classmethod
    def _is_file(cls, value: Path | None) -> Path | None:
        if value and (value.is_dir() or str(value).startswith("ducklake:")):
            raise ValueError(f"{value} is no DuckDB file; name one, such as data/warehouse.duckdb")
        return value

    @field_validator("contact")
    @classmethod
    def _is_one_line(cls, value: str | None) -> str | None:
        if value and not value.isprintable():
            raise ValueError("must be one line that can be printed: an address or a page of yours")
        return value

    @field_validator("notify")
    @classmethod
    def _are_addresses(cls, value: SecretStr) -> SecretStr:
        for number, address in enumerate(value.get_secret_value().split(), 1):
            if "://" not in address:  # not shown: it may be a secret all the same
                raise ValueError(f"address {number} has no '://'; write it as Apprise has it, such as mailto://…")
        return value

    @property
    def warehouse_path(self) -> Path:
        """The writer's own DuckDB file."""
        return self.warehouse or self.home / "warehouse.duckdb"

    @property
    def published_path(self) -> Path:
        """The read-only copy that people and commands open."""
        return self.home / "published.duckdb"

    @property
    def clock(self) -> Callable[[], datetime]:
        """Return the clock of this process: the real one in UTC, or the fixed MUSTER_NOW."""
        fixed = self.now.astimezone(UTC) if self.now else None
        return lambda: fixed or datetime.now(UTC)

    @property
    def notify_addresses(self) -> tuple[str, ...]:
        """The notification addresses; each is a secret."""
        return tuple(self.notify.get_secret_value().split())


def _refuse_unknown_names(names: list[str], where: str) -> None:
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    for name in names:
        if name.upper().startswith(PREFIX) and name.upper() not in known:
            near = difflib.get_close_matches(name.upper(), known, 1)
            hint = f", did you mean '{near[0]}'?" if near else f"; known are {', '.join(known)}"
            raise ConfigurationError(f"{where}: unknown setting '{name}'{hint}")


def load_settings() -> Settings:
    """Return the settings of this process.

    Raises ConfigurationError for an unknown MUSTER_ name (a typo would otherwise pass in silence) or a bad value.
    """
    _refuse_unknown_names(list(os.environ), "environment")
    _refuse_unknown_names(list(_dotenv()), ".env")
    try:
        return Settings()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX + "…"
        problem = first["msg"].removeprefix("Value error, ")
        raise ConfigurationError(f"{_place(name)}: {name}: {problem[:1].lower()}{problem[1:]}") from None


def _dotenv() -> dict[str, str | None]:
    try:
        return dotenv_values(DOTENV)
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"{DOTENV}: not UTF-8 text at byte {error.start}; save it as UTF-8") from error


def _place(name: str) -> str:
    """Return where a setting stands: the environment, which wins, or a line of `.env`."""
    if name in (known.upper() for known in os.environ):
        return "environment"
    lines = DOTENV.read_text("utf-8").splitlines()
    own = re.compile(rf"\s*(?:export\s+)?{name}\s*=", re.I)
    return f"{DOTENV}:{next((number for number, line in enumerate(lines, 1) if own.match(line)), 1)}"


def make_home(settings: Settings) -> None:
    """Make the home folder; raises ConfigurationError where it cannot be made or written to."""
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigurationError(f"MUSTER_HOME: {settings.home} cannot be made: {error.strerror}") from error
    if not os.access(settings.home, os.W_OK):
        raise ConfigurationError(
            f"MUSTER_HOME: {settings.home} cannot be written to; mend its rights, or name another"
        )


def day_given(option: str, text: str | None) -> date | None:
    """Return the day that an option of the command line names; raises ConfigurationError when it names none."""
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise ConfigurationError(f"{option}: {text!r} is no date; write it as 2021-12-01") from None
