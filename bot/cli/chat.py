"""`hocvu chat`: the tutor in a terminal, through a pipe, or a conversation replayed from a file."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

Code = Annotated[str, typer.Option(help="Go on as the person who got this code on another device.")]
Replay = Annotated[
    Path | None, typer.Option(help="Play the learner's and the time lines of this transcript.")
]
Check = Annotated[bool, typer.Option(help="With --replay: exit 1 and show what differs.")]
Now = Annotated[str, typer.Option(help="With --replay: when it begins, such as 2026-11-23T08:00.")]
Db = Annotated[Path | None, typer.Option(help="Use this SQLite file.")]


def chat(
    code: Code = "", replay: Replay = None, check: Check = False, now: Now = "", db: Db = None
) -> None:
    """Talk to the tutor in this terminal; or replay a conversation from a file."""
    from bot.cli.plain import plainly
    from bot.logs import configure

    configure(quiet=True)
    with plainly():
        if replay is not None:
            raise typer.Exit(_replay(replay, check=check, now=now, db=db))
        asyncio.run(_talk(code, db))


async def _talk(code: str, db: Path | None) -> None:
    from bot import conversation, wiring
    from bot.settings import read

    settings = read()
    if db is not None:
        settings = settings.model_copy(update={"database_url": f"sqlite+aiosqlite:///{db}"})
    async with wiring.opened(settings) as house:
        await conversation.hold(house, code)


def _replay(file: Path, *, check: bool, now: str, db: Path | None) -> int:
    from bot import transcript
    from bot.replay import play
    from bot.settings import Settings

    try:
        script = transcript.read(file.read_text(encoding="utf-8"))
        played = asyncio.run(play(script, Settings(), now, db))
    except (transcript.Unreadable, OSError, UnicodeDecodeError) as error:
        typer.echo(f"{file}: {error}", err=True)
        return 2
    if not check:
        sys.stdout.write(transcript.write(played))
        return 0
    lines = transcript.difference(script, played)
    if lines:
        typer.echo("\n".join(lines))
    return 1 if lines else 0
