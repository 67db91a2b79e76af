# Everything a newcomer needs: `make run`, `make test`. Each makes its own .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test test-slow test-all soak lint docs bench clean help
.DEFAULT_GOAL := help

help: ## what can be made here
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(STAMP)

run: $(STAMP) ## a first call: on a terminal yours, elsewhere the example
	@$(BIN)/python examples/run.py

test: $(STAMP) ## the tests, in parallel, with branch coverage
	$(BIN)/python -m pytest -n 2 --dist worksteal -m 'not slow' --cov --cov-report=term

test-slow: $(STAMP) ## the tests that take long: every fault at every step
	$(BIN)/python -m pytest -n 2 --dist worksteal -m slow

test-all: test test-slow ## all tests

soak: $(STAMP) ## 2,000 calls by processes that are killed at random, and an account of every fact; ten minutes
	@$(BIN)/python benchmarks/soak.py

lint: $(STAMP) ## style, types and the layers of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMP) ## the schemas, and the picture in the README
	$(BIN)/python docs/make_docs.py

bench: $(STAMP) ## start-up, first paint, Enter-to-paint, and 100,000 calls, against their floors; some minutes
	@$(BIN)/python benchmarks/bench.py; started=$$?; $(BIN)/python benchmarks/scale.py && exit $$started

clean: ## take away everything that was made
	rm -rf $(VENV) .run build dist .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
