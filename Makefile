# Everything a person runs here. `make grade` sets up and grades the example class; `make test` sets up and tests.
PYTHON ?= python3
# On Linux, plain torch brings several gigabytes for graphics cards; where a CPU build can be had, name it here.
TORCH ?= torch==2.13.0
IN = .venv/bin/
CLASS ?= examples/submissions/ue73-tp2
ID ?= ue73-tp2

.PHONY: setup grade test slow check validate bench messages

setup: .venv/ready

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(IN)python -m pip install --quiet --disable-pip-version-check "$(TORCH)"
	$(IN)python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	touch $@

grade: setup
	$(IN)python grade.py $(CLASS)

test: setup
	$(IN)python -m pytest -n auto

slow: setup
	$(IN)python -m pytest -n auto -m slow

check: setup
	$(IN)ruff check .
	$(IN)ruff format --check .
	$(IN)mypy

validate: setup
	$(IN)python grade.py validate $(ID)

bench: setup
	$(IN)python -m benchmarks

messages: setup
	$(IN)python -m graders.messages
