"""Put into .venv what a lock file pins; the Makefile calls it, and it needs nothing but Python.

`install.py runtime` and `install.py dev` install their lock file and the project itself;
`install.py complete` only makes the bare environment, for `make lock`.

`.venv/complete` names the folder the environment was made for. It is taken away while an
installation runs, so that one that was interrupted is never taken for a whole one.
"""

import fcntl
import importlib.util
import os
import subprocess
import sys
from pathlib import Path

VENV = Path(".venv")
PYTHON = VENV / "bin" / "python"
COMPLETE = VENV / "complete"
LOCKS = {"runtime": "requirements.lock", "dev": "requirements-dev.lock"}
STAMPS = {"runtime": ["runtime"], "dev": ["runtime", "dev"]}  # the dev lock holds the other


def whole() -> bool:
    """True when .venv was finished, for this folder, and its Python still starts."""
    if not COMPLETE.is_file() or COMPLETE.read_text() != str(Path.cwd()):
        return False
    return subprocess.run([PYTHON, "-c", ""], capture_output=True).returncode == 0


def fresh(kind: str) -> bool:
    """True when somebody else installed `kind` while we waited for our turn."""
    if not whole():
        return False
    if kind == "complete":
        return True
    stamp, sources = VENV / kind, (Path(LOCKS[kind]), Path("pyproject.toml"))
    return stamp.is_file() and all(stamp.stat().st_mtime >= s.stat().st_mtime for s in sources)


def say(sentence: str) -> None:
    """Speak beside the program's own output, which may be read by another program."""
    sys.stderr.write(sentence + "\n")


def step(*command: object) -> None:
    """Run quietly; when it fails, show everything it said and stop."""
    done = subprocess.run(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    if done.returncode:
        say(done.stdout)
        sys.exit("The installation failed: the reason stands above.")


def install(kind: str) -> None:
    """Bring .venv to the state of `kind`."""
    was_whole = whole()
    if was_whole:
        say("Installing what changed …")
    else:
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            sys.exit(
                f"{sys.executable} cannot make virtual environments: its venv module or pip is"
                " missing. On Debian and Ubuntu install the package python3-venv, then try again."
            )
        say("Installing (once) …")
        step(sys.executable, "-m", "venv", "--clear", VENV)
    COMPLETE.unlink(missing_ok=True)
    try:
        if kind in LOCKS:
            pip = (PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
            step(*pip, "--require-hashes", "-r", LOCKS[kind])
            step(*pip, "--no-deps", "--no-build-isolation", "--editable", ".")
    except SystemExit:
        if was_whole:  # pip refused and undid its own work, so what stood before still stands
            COMPLETE.write_text(str(Path.cwd()))
        raise
    COMPLETE.write_text(str(Path.cwd()))
    for stamp in STAMPS.get(kind, []):
        (VENV / stamp).touch()


def main() -> None:
    """One installation at a time: two terminals may start at once."""
    os.chdir(Path(__file__).parent.parent)
    kind = sys.argv[1]
    with Path("pyproject.toml").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not fresh(kind):
            install(kind)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit("Interrupted. The next make begins the installation anew.")
