# Two commands for a new machine with Python >= 3.11 and nothing else:
#   make demo    the bundled Vostochny 2024 case, start to finish
#   make test    everything: lint, types, import order, tests, wheel, docs
# PYTHON=/path/to/python3 chooses the interpreter, VENV=dir the environment.

VENV ?= .venv
BIN := $(VENV)/bin
export PYTHON VENV

.PHONY: demo test lint format bench bench-names docs torture wheel clean setup setup-test
.DEFAULT_GOAL := demo

setup:
	@sh tools/setup.sh run

setup-test:
	@sh tools/setup.sh test

demo: setup
	@$(BIN)/vesseltrack demo

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/python -m pytest -n auto --dist loadfile --no-loadscope-reorder

format: setup-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-test
	$(BIN)/python bench/run.py
	$(BIN)/python bench/ledger.py
	$(BIN)/python bench/page.py
	$(BIN)/python bench/ais.py
	$(BIN)/python bench/nmea.py

# The other matchers get an environment of their own; nomenklatura may want libicu-dev and pkg-config to install.
bench-names: override VENV := $(VENV)/bench
bench-names: setup
	@uv pip install --quiet --python $(VENV)/bin/python -e ".[bench]" </dev/null 2>/dev/null \
		|| $(VENV)/bin/python -m pip install --quiet --no-input --disable-pip-version-check -e ".[bench]" </dev/null \
		|| echo "The other matchers could not all be installed; those that are not there are left out." >&2
	$(VENV)/bin/python bench/names.py

docs: setup-test
	$(BIN)/python tools/make_docs.py
	$(BIN)/python tools/make_picture.py

torture: setup-test
	LAW_EXAMPLES=2000 $(BIN)/python -m pytest tests/cases/test_laws.py
	LAW_EXAMPLES=300 $(BIN)/python -m pytest tests/tracks tests/ledger/test_round_trip.py tests/ledger/test_marks.py
	LEDGER_KILLS=200 $(BIN)/python -m pytest tests/ledger/test_killed.py

wheel: setup-test
	$(BIN)/python -m build --wheel --outdir dist .

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
