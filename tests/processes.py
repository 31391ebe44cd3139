"""The `hocvu` command as real processes, in a folder of their own."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOCVU = Path(sys.executable).parent / "hocvu"
PATIENCE = 60  # seconds; a loaded machine is slow


def environment(**settings: str) -> dict[str, str]:
    """Ours, without settings of HocVu but those given."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("HOCVU_")}
    return {**kept, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **settings}


def hocvu(
    folder: Path, *words: str, say: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """A command that ends by itself."""
    return subprocess.run(
        [HOCVU, *words],
        cwd=folder,
        input=say,
        env=environment(**settings),
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@contextmanager
def serving(folder: Path, **settings: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and its address; ended however the test ends."""
    process = subprocess.Popen(
        [HOCVU, "serve"],
        cwd=folder,
        env=environment(HOCVU_WEB_PORT="0", **settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert "http://" in line, process.stderr.read() if process.stderr else ""
        yield process, line.split()[3]
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()
