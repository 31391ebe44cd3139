"""Settings from the environment or `.env`, read once; `hocvu settings` prints them all."""

import re
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict


class Wrong(Exception):
    """A setting cannot be used; the text says which one, why, and what to write instead."""


class Settings(BaseSettings):
    """Each variable is HOCVU_ and the name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="HOCVU_", env_file=".env", extra="ignore", frozen=True
    )

    database_url: str = Field(
        default="sqlite+aiosqlite:///var/hocvu.db",
        description="where everything is kept; postgresql+asyncpg://user@host/name for a server",
    )
    web_host: str = Field(default="127.0.0.1", description="address the web chat listens on")
    web_port: int = Field(default=8000, ge=0, le=65535, description="port of the web chat")
    courses: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description="folders of courses beside the bundled ones, separated by ':'"
    )
    language: Literal["vi", "en", "fr"] = Field(
        default="vi", description="language of a person whose device does not say"
    )
    timezone: str = Field(default="Asia/Ho_Chi_Minh", description="time zone of a new learner")

    @field_validator("courses", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, value.split(":"))) if isinstance(value, str) else value

    @field_validator("timezone")
    @classmethod
    def _known(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError, OSError) as error:
            raise ValueError("is not a time zone: write one like Asia/Ho_Chi_Minh") from error
        return value


def read() -> Settings:
    """The settings as the environment has them. Raises Wrong with a sentence for each bad one."""
    try:
        return Settings()
    except ValidationError as error:
        lines = (f"HOCVU_{str(each['loc'][0]).upper()}: {each['msg']}" for each in error.errors())
        raise Wrong("\n".join(lines)) from error


def shown(settings: Settings) -> dict[str, str]:
    """Every variable with its value as text; the password of a database address is hidden."""
    values = {f"HOCVU_{name.upper()}": getattr(settings, name) for name in Settings.model_fields}
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ":".join(str(each) for each in value)
    return re.sub(r"(://[^:/@]+):[^@]+@", r"\1:***@", str(value))
