"""The developer house: the words of the Makefile, and lock files that can be trusted."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
WORDS = ["run", "chat", "test", "test-all", "check", "bench", "format", "lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ["requirements.lock", "requirements-dev.lock"]


def make(*words: str) -> subprocess.CompletedProcess[str]:
    # `make test` leaves its own flags in the environment; they are not ours.
    clean = {k: v for k, v in os.environ.items() if k not in {"MAKEFLAGS", "MFLAGS", "ARGS"}}
    command = ["make", "-C", str(ROOT), *words]
    return subprocess.run(command, env=clean, capture_output=True, text=True, check=False)


def pins(lock: str) -> dict[str, str]:
    """Each pinned name and its version."""
    found = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def without_hash(lock: str) -> list[str]:
    """Requirements pip could not verify: nothing pinned, or no hash on the lines that follow."""
    whole_lines = lock.replace("\\\n", " ").splitlines()
    pinned = re.compile(r"^[A-Za-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}")
    requirements = [line for line in whole_lines if line and not line.startswith("#")]
    return [line.split()[0] for line in requirements if not pinned.match(line)]


def not_met(wanted: list[str], pinned: dict[str, str]) -> list[str]:
    """The wanted requirements that no pin satisfies."""
    requirements = [Requirement(line) for line in wanted]
    return [
        str(r)
        for r in requirements
        if not r.specifier.contains(pinned.get(canonicalize_name(r.name), "0.dev0"))
        or canonicalize_name(r.name) not in pinned
    ]


def group(name: str) -> list[str]:
    """A dependency group with the groups it includes."""
    lines: list[str] = []
    for entry in PROJECT["dependency-groups"][name]:
        lines += [entry] if isinstance(entry, str) else group(entry["include-group"])
    return lines


def lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("word", WORDS)
def test_make_knows_the_word(word: str) -> None:
    done = make("-n", word)
    assert done.returncode == 0, done.stderr


def test_make_alone_lists_the_words() -> None:
    assert re.findall(r"^  (\S+) +\S", make().stdout, re.MULTILINE) == ["help", *WORDS]


def test_make_names_the_python_it_does_not_find(tmp_path: Path) -> None:
    (tmp_path / "Makefile").write_text(lock("Makefile"), encoding="utf-8")
    for name in [*LOCKS, "pyproject.toml"]:
        (tmp_path / name).touch()
    done = make("-C", str(tmp_path), "chat", "PYTHON=python-of-nobody")
    assert done.returncode != 0
    assert "Python 3.11 or newer" in done.stderr
    assert "python-of-nobody" in done.stderr


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_requirement_has_a_hash(name: str) -> None:
    assert without_hash(lock(name)) == []


def test_a_requirement_without_hash_is_reported() -> None:
    good = "a==1 ; sys_platform == 'win32' \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert without_hash(good) == []
    assert without_hash(good + "b==2\nc>=3 \\\n    --hash=sha256:" + "0" * 64) == ["b==2", "c>=3"]


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    runtime = PROJECT["project"]["dependencies"] + PROJECT["build-system"]["requires"]
    assert not_met(runtime + group("build"), pins(lock("requirements.lock"))) == [], "make lock"
    assert not_met(runtime + group("dev"), pins(lock("requirements-dev.lock"))) == [], "make lock"


def test_a_missing_or_older_pin_is_reported() -> None:
    assert not_met(["a>=1", "B_b>=2", "c"], pins("a==1.5 \\\nb-b==1.9 ; x\n")) == ["B_b>=2", "c"]


def test_what_is_tested_is_what_runs() -> None:
    runtime, dev = pins(lock("requirements.lock")), pins(lock("requirements-dev.lock"))
    assert runtime.items() <= dev.items()
