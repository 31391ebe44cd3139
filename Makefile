# Everything a person does with HocVu is one of these words; CI and pre-commit use the same ones.
# Needs Python 3.11 or newer, make and git. The first use installs into .venv what the lock files
# pin; ARGS="..." is handed on, as in: make test ARGS="-k memory"

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help run chat test test-all check bench format lock FORCE

help: ## print this list
	@echo "usage: make WORD"
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  \1@\2/p' Makefile | awk -F@ '{ printf "%-10s %s\n", $$1, $$2 }'

# No shell stands between make and the server, so that a SIGTERM to make reaches it.
run: .venv/runtime ## serve the bot, the scheduler and the web pages
	@.venv/bin/hocvu serve $(ARGS)

# Ctrl-C is how a chat is left, not an error of make's.
chat: .venv/runtime ## talk to the tutor in this terminal
	@trap 'exit 0' INT; .venv/bin/hocvu chat $(ARGS)

test: .venv/dev ## the tests that need nothing but Python, make and git
	@.venv/bin/python -m pytest -m "not slow" -n auto --dist worksteal $(ARGS)

test-all: .venv/dev ## every test: also PostgreSQL, a browser, npm, the long ones
	@.venv/bin/python -m pytest $(ARGS)

check: .venv/dev ## format, lint, types, import contracts, then make test
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	@$(MAKE) test

bench: .venv/dev ## measure, beside the peers: make bench ARGS="NAME --json"
	@.venv/bin/python -m benchmarks $(ARGS)

format: .venv/dev ## put the code into shape
	.venv/bin/ruff check --fix-only .
	.venv/bin/ruff format .

# Pins stay where they are unless ARGS=--upgrade. The runtime lock takes its pins from the other,
# so that what is tested is what runs.
LOCK := .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate pyproject.toml $(ARGS)
lock: | .venv/complete ## write both lock files anew from pyproject.toml
	@test -x .venv/bin/uv || .venv/bin/python -m pip install --quiet uv
	$(LOCK) --group dev --output-file requirements-dev.lock
	$(LOCK) --group build --constraint requirements-dev.lock --output-file requirements.lock

# --- installing: .ci/install.py touches these files when it is done ---

# The first Python that is new enough; PYTHON=... decides otherwise.
PYTHONS := $(or $(PYTHON),python3 python3.13 python3.12 python3.11 python3.14)
define install
@for python in $(PYTHONS); do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	exec "$$python" .ci/install.py $(@F); \
done; \
echo "HocVu needs Python 3.11 or newer. Tried and found none: $(PYTHONS)." >&2; \
echo "Install one, or name it: make PYTHON=/path/to/python ..." >&2; exit 1
endef

.venv/runtime: requirements.lock pyproject.toml
	$(install)

.venv/dev: requirements-dev.lock pyproject.toml
	$(install)

.venv/complete:
	$(install)

# An environment that was never finished, or belongs to another folder (a moved or copied tree),
# is made anew.
ifneq ($(shell cat .venv/complete 2>/dev/null),$(CURDIR))
.venv/runtime .venv/dev .venv/complete: FORCE
endif
