# Everything a newcomer needs: `make run`, `make test`. Each makes its own .venv first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: run test lint docs bench fuzz clean help
.DEFAULT_GOAL := help

help: ## what can be made here
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 8

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	@touch $(STAMP)

run: $(STAMP) ## a first call: on a terminal yours, elsewhere the example
	@$(BIN)/python examples/run.py

test: $(STAMP) ## the tests, in parallel, with branch coverage
	$(BIN)/python -m pytest -n 2 --dist worksteal --cov --cov-report=term

lint: $(STAMP) ## style, types and the layers of the house
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(STAMP) ## the schemas, and the picture in the README
	$(BIN)/python docs/make_docs.py

bench: $(STAMP) ## start-up, first paint, Enter-to-paint, and 100,000 calls, against their floors; some minutes
	@$(BIN)/python benchmarks/bench.py; started=$$?; $(BIN)/python benchmarks/scale.py && exit $$started

FUZZ_EXAMPLES ?= 200000

fuzz: $(STAMP) ## hostile input, FUZZ_EXAMPLES of it (200,000): lines, files, journals, queries, names, dates; a quarter of an hour
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(BIN)/python -m pytest -q -n 2 --dist worksteal tests/hostile/test_any_words.py tests/hostile/test_any_files.py

clean: ## take away everything that was made
	rm -rf $(VENV) .run build dist .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
