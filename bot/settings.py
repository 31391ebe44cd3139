"""Settings from the environment or `.env`, read once; `hocvu settings` prints them all."""

import re
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
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
    calendars: Annotated[tuple[Path, ...], NoDecode] = Field(
        default=(), description="calendar files of units (NAME.toml), separated by ':'"
    )
    calendar: str = Field(
        default="vn", description="the calendar of a new learner: vn, quoc-hoi or one of your own"
    )
    telegram_token: SecretStr = Field(
        default=SecretStr(""), description="the bot's token from @BotFather; empty: no Telegram"
    )
    telegram_api_url: str = Field(
        default="https://api.telegram.org",
        description="where the Bot API is: a server of your own, or hocvu fake-telegram",
    )
    telegram_mode: Literal["polling", "webhook"] = Field(
        default="polling", description="polling: HocVu asks; webhook: Telegram sends"
    )
    telegram_webhook_url: str = Field(
        default="", description="the public https address that leads to /telegram/webhook here"
    )
    telegram_webhook_secret: SecretStr = Field(
        default=SecretStr(""),
        description="what Telegram proves itself with: A-Z a-z 0-9 _ -; empty: HocVu makes one",
    )
    telegram_rate: int = Field(
        default=30, ge=1, le=1000, description="messages in any one second, over all chats"
    )
    telegram_paid_broadcast: bool = Field(
        default=False, description="pay Telegram's price to broadcast faster than 30 a second"
    )

    @field_validator("courses", "calendars", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(filter(None, value.split(":"))) if isinstance(value, str) else value

    @field_validator("telegram_api_url")
    @classmethod
    def _origin(cls, value: str) -> str:
        if not re.fullmatch(r"https?://[^\s/]+(/[^\s]*)?", value):
            raise ValueError("is not an address: write one like https://api.telegram.org")
        return value.rstrip("/")

    @field_validator("telegram_webhook_secret")
    @classmethod
    def _sendable(cls, value: SecretStr) -> SecretStr:
        if not re.fullmatch(r"[A-Za-z0-9_-]{0,256}", value.get_secret_value()):
            raise ValueError("may hold at most 256 of A-Z a-z 0-9 _ -")
        return value

    @field_validator("telegram_webhook_url")
    @classmethod
    def _leads_here(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://\S+/telegram/webhook", value):
            raise ValueError("must be an https address that ends in /telegram/webhook")
        return value

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.telegram_mode == "webhook" and not self.telegram_webhook_url:
            raise ValueError("HOCVU_TELEGRAM_MODE=webhook needs HOCVU_TELEGRAM_WEBHOOK_URL")
        return self

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
        lines = (_sentence(each["loc"], each["msg"]) for each in error.errors())
        raise Wrong("\n".join(lines)) from error


def _sentence(place: tuple[int | str, ...], what: str) -> str:
    return f"HOCVU_{str(place[0]).upper()}: {what}" if place else what


def shown(settings: Settings) -> dict[str, str]:
    """Every variable with its value as text; the password of a database address is hidden."""
    values = {f"HOCVU_{name.upper()}": getattr(settings, name) for name in Settings.model_fields}
    return {name: _text(value) for name, value in values.items()}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ":".join(str(each) for each in value)
    if isinstance(value, SecretStr):
        return "***" if value.get_secret_value() else ""
    return re.sub(r"(://[^:/@]+):[^@]+@", r"\1:***@", str(value))
