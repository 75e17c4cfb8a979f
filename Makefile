# Winwin's targets; each installs what it needs.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DRIFT := $(VENV)/drift.db

.PHONY: install demo test static tests fuzz faults plants bench bench-page quarter messages pictures clean

install: $(STAMP)

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	touch $(STAMP)

demo: install
	@exec $(BIN)/winwin demo --folder .demo

test: static tests

static: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	rm -f $(DRIFT)
	DATABASE_URL=sqlite:///$(DRIFT) $(BIN)/alembic upgrade head
	DATABASE_URL=sqlite:///$(DRIFT) $(BIN)/alembic check
	rm -f $(DRIFT)

tests: install
	$(BIN)/pytest -n 4 --dist loadfile

# A hundred thousand odd lines through the reader; make test runs five thousand.
fuzz: install
	$(BIN)/python -m tests.unit.language.fuzz --count 100000

# Every promise under every fault, thousands of times; make test runs a short form.
faults: install
	$(BIN)/python -m tests.faults

# Bugs planted in a copy, one at a time: each has to be caught by a test.
plants: install
	$(BIN)/python -m tests.faults plants

# Speed, as ratios measured side by side in one run; it writes docs/performance.md.
bench: install
	$(BIN)/python -m bench

# A quarter of three teams, its figures counted anew; it writes docs/example-quarter.md.
quarter: install
	$(BIN)/python -m tests.quarter

# How long lines take to read, and how fast the playground's page is.
bench-page: install
	$(BIN)/python -m bench.reading
	$(BIN)/python -m bench.page

# Every message that people can read, written down from the bot itself.
messages: install
	$(BIN)/python -m tests.unit.slack.messages_page

# The pictures in README and docs, taken of the page as it is.
pictures: install
	$(BIN)/python -m tests.browser.pictures

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
