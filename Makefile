# Two commands for a new machine with Python >= 3.11 and nothing else:
#   make demo    the bundled Vostochny 2024 case, start to finish
#   make test    everything: lint, types, import order, tests, wheel, docs
# PYTHON=/path/to/python3 chooses the interpreter, VENV=dir the environment.

VENV ?= .venv
BIN := $(VENV)/bin
export PYTHON VENV

.PHONY: demo test lint format bench docs torture wheel clean setup setup-test
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
	$(BIN)/python -m pytest

format: setup-test
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup-test
	$(BIN)/python bench/run.py

docs: setup-test
	$(BIN)/python tools/make_docs.py
	$(BIN)/python tools/make_picture.py

torture: setup-test
	LAW_EXAMPLES=2000 $(BIN)/python -m pytest tests/cases/test_laws.py

wheel: setup-test
	$(BIN)/python -m build --wheel --outdir dist .

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find src tests tools bench -name __pycache__ -type d -prune -exec rm -rf {} +
