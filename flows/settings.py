"""What the user sets in the environment or `.env`, read strictly."""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

from dotenv import dotenv_values
from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "MUSTER_"


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

    @field_validator("allow_private", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return tuple(value.replace(",", " ").split()) if isinstance(value, str) else value

    @field_validator("now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value

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
    _refuse_unknown_names(list(dotenv_values(".env")), ".env")
    try:
        return Settings()  # type: ignore[call-arg]  # the values come from the environment
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX + "…"
        # The value is left out: MUSTER_NOTIFY is a secret.
        raise ConfigurationError(f"environment: {name}: {first['msg'][:1].lower()}{first['msg'][1:]}") from None


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
