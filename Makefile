# Clean Slate Atlas. `make run` opens the page, `make test` runs every check; both first set up what is missing.

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
PYTHON ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test lint bench clean

help:
	@echo "make setup   the environment in .venv/ and the index (minutes the first time, seconds afterwards)"
	@echo "make run     setup, then the page on http://127.0.0.1:7860"
	@echo "make test    setup, then lint and all tests"
	@echo "make lint    ruff and mypy"
	@echo "make bench   speed and memory, each beside a bare baseline"
	@echo "make clean   removes the environment, the index and caches; texts that you added stay"

# The build looks at what has changed: if nothing has, it ends within seconds and embeds nothing.
setup: $(INSTALLED)
	@$(BIN)/python -m indexer build

run: setup
	@$(BIN)/cleanslate serve

test: setup lint
	$(BIN)/python -m pytest

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy

bench: setup
	@$(BIN)/python tests/bench.py

clean:
	rm -rf $(VENV) .index/current build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# torch goes first and alone, so that a build for CPUs which is at hand is taken before anything else asks for torch.
$(INSTALLED): requirements.lock pyproject.toml
	@python="$(PYTHON)"; \
	for candidate in python3.11 python3.12 python3.13 python3.14 python3; do \
		if [ -n "$$python" ]; then break; fi; \
		if $$candidate -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$candidate; fi; \
	done; \
	if [ -z "$$python" ] || ! "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
		echo "make: $${python:-python3} is not Python 3.11 or newer; install one, or name it: make setup PYTHON=/path/to/python3" >&2; \
		exit 1; \
	fi; \
	echo "Creating $(VENV) with $$("$$python" --version)"; \
	"$$python" -m venv $(VENV)
	@echo "Installing torch (one large file)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check "$$(grep '^torch==' requirements.lock)"
	@echo "Installing the packages named in requirements.lock"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@
