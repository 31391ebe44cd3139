"""How long a person waits at the keyboard: for the help, and for the tutor's first words in a new
folder. Whole processes, timed from outside."""

import os
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from threading import Timer
from time import perf_counter

from benchmarks.measure import Benchmark, Case, Prepared, Size

HOCVU = Path(sys.executable).with_name("hocvu")
PATIENCE = 30.0  # seconds until a process that hangs is ended
GREETING = b"/start\n"
SPOKEN = b"tutor: "


def prepare(_: Size, __: ExitStack) -> Prepared:
    if not HOCVU.exists():
        why = "the hocvu command is not installed"
        return Prepared(absent=(("help", why), ("chat", why)))
    return Prepared([Case("startup", "help", _help), Case("startup", "chat", _chat)])


def _help() -> float:
    began = perf_counter()
    subprocess.run(
        [HOCVU, "--help"], check=True, capture_output=True, timeout=PATIENCE, env=untouched()
    )
    return perf_counter() - began


def _chat() -> float:
    """Until the tutor's first line can be read; the line that asks for it waits in the pipe."""
    with tempfile.TemporaryDirectory(prefix="hocvu-benchmark-") as folder:
        began = perf_counter()
        process = subprocess.Popen(
            [HOCVU, "chat"],
            cwd=folder,
            env=untouched(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        hung = Timer(PATIENCE, process.kill)
        hung.start()
        with process:
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(GREETING)
            process.stdin.flush()
            spoken = any(line.startswith(SPOKEN) for line in process.stdout)
            seconds = perf_counter() - began
            process.stdin.close()
            process.stdout.read()
        hung.cancel()
    assert spoken, "hocvu chat said nothing"
    return seconds


def untouched() -> dict[str, str]:
    """The environment without settings of ours."""
    ours = ("HOCVU_", "OPENAI_")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


STARTUP = Benchmark("startup", "s", "hocvu --help; hocvu chat to its first words", prepare)
