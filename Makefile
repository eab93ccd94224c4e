# `make run` and `make test` need nothing but Python 3.11 or newer, and make.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile pyproject.toml --all-extras --universal --upgrade --quiet
BOUNDS_lowest := --constraint constraints/lowest.txt
USES_LIBRARIES := tests/render tests/reports tests/linking tests/parsing/exchange tests/parsing/test_*.py tests/cli/test_golden_*.py

.DEFAULT_GOAL := help
.PHONY: help run test check lint coverage compiles lowest newest lock audit bench generate reliability format clean

help:  ## Say what there is to make
	@sed -n 's/^\([a-z ]*\):.*## /\1\t/p' $(MAKEFILE_LIST)

.venv/installed: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "ketreview needs Python 3.11 or newer; name one: make run PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(PIP) --upgrade pip
	$(PIP) --editable .
	@touch $@

.venv/developing: .venv/installed constraints/locked.txt
	$(PIP) --require-hashes --requirement constraints/locked.txt
	@touch $@

run: .venv/installed  ## Install, then show the shipped reviews and check them
	$(BIN)/ketreview status
	$(BIN)/ketreview check --concise

test: .venv/developing  ## Install what tests need, then run them all
	$(BIN)/python -m pytest --numprocesses auto

check: lint test  ## What CI asks: format, lint, types, import contracts, tests, the project itself
	$(BIN)/ketreview check --concise

lint: .venv/developing  ## Format, lint, types and import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

coverage: .venv/developing  ## Which lines and branches the tests do not reach
	$(BIN)/python -m pytest --quiet --numprocesses auto --cov=ketreview --cov-branch --cov-report=term:skip-covered

compiles: .venv/developing  ## Only the tests that compile drafts with a real typesetter
	$(BIN)/python -m pytest -m compiles

lowest newest:  ## Tests of what uses a library, with the oldest or newest ones that pyproject.toml allows
	$(PYTHON) -m venv .venv-$@
	.venv-$@/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	.venv-$@/bin/python -m pip install --quiet --disable-pip-version-check --upgrade --editable . --group dev $(BOUNDS_$@)
	.venv-$@/bin/python -m pytest --quiet --numprocesses auto -m "not compiles" $(USES_LIBRARIES)

lock: .venv/installed  ## Choose the versions in constraints/ anew
	$(PIP) uv
	$(LOCK) --group dev --generate-hashes --output-file constraints/locked.txt
	$(LOCK) --resolution lowest-direct --output-file constraints/lowest.txt

audit: .venv/installed  ## Ask a database of known weaknesses about the locked versions (needs the network)
	$(PIP) pip-audit
	$(BIN)/pip-audit --requirement constraints/locked.txt --require-hashes --disable-pip

bench: .venv/developing  ## Time whole runs, and write docs/benchmarks.md and docs/growth.svg (BENCH="--max 100000" for all)
	$(BIN)/python bench/run.py --date "$$(date +%F)" $(BENCH)

generate: .venv/developing  ## Write every generated file anew
	$(BIN)/python -m ketreview.generated
	$(BIN)/python bench/audit_coverage.py --write
	$(BIN)/python bench/reliability.py

reliability: .venv/developing  ## Count what the tests of hostile input try, and write docs/reliability.md
	$(BIN)/python bench/reliability.py --count "$$(date +%F)"

format: .venv/developing  ## Format the code
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

clean:  ## Remove what was installed and generated for a run
	rm -rf .venv .venv-lowest .venv-newest .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .ketreview_cache .coverage bench/.data
