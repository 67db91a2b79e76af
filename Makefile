# Everything a newcomer needs: `make run`, `make test`. Each makes its own .venv first.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
# Some containers set it, and then each process compiles the tool and the tests again.
unexport PYTHONDONTWRITEBYTECODE
STAMP := $(VENV)/.installed

.PHONY: bom advisories bench-engines bench-team changes run test test-commit browser test-ordinary-user coverage test-slow test-all shuffle test-anywhere mutation lint docs map lock bench redaction readers reading learn fuzz soak clean help
.DEFAULT_GOAL := help

help: ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# Exactly what was tested, held against its hashes, and nothing looked for besides: the list is whole (`make lock`), and
# an older pip that looks stops where a newer release of a package with an extra is out. Then the project itself.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed, and $(PYTHON) is %s. Name another: make run PYTHON=python3.13" % sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --no-deps --require-hashes --requirement constraints.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $(STAMP)

# One more than there are cores: some tests wait for a terminal.
WORKERS := $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)
OPTIONS ?=
PYTEST := $(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(OPTIONS)
# The everyday examples of properties are the same at each run.
RANDOM := --hypothesis-profile=random

run: $(STAMP) ## a first call: interactive on a terminal, otherwise the example
	@$(BIN)/python examples/run.py

test: $(STAMP) ## the tests, in parallel
	$(PYTEST) -m 'not slow'

browser: ## as root: install Debian's Chromium for the tests that open pages; RECOVERY_BROWSER names another browser
	@command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ] || { \
		echo "make browser installs Chromium by apt-get, as root. Or name a browser: RECOVERY_BROWSER=PATH make test"; exit 1; }
	apt-get update -qq
	apt-get install -y -qq --no-install-recommends chromium

# Root gives up its rights for these, but for the one to read: Python and this folder may lie where only root looks.
ORDINARY = $(shell [ "$$(id -u)" != 0 ] || echo setpriv --reuid=nobody --regid=nogroup --clear-groups \
	--inh-caps=-all,+dac_read_search --ambient-caps=-all,+dac_read_search --bounding-set=-all,+dac_read_search)

test-ordinary-user: $(STAMP) ## as root: run the tests that cannot run as root, as nobody; `make test` includes them for other users
	@home=$$(mktemp -d); trap 'rm -rf "$$home"' EXIT; chmod 777 "$$home"; \
	$(ORDINARY) env HOME="$$home" TMPDIR="$$home" HYPOTHESIS_STORAGE_DIRECTORY="$$home" \
		$(BIN)/python -m pytest -m not_as_root -p no:cacheprovider $(OPTIONS) \
		$$(grep -rl mark.not_as_root tests --include='test_*.py')

coverage: $(STAMP) ## the tests with branch coverage and its minimum; takes about half as long again
	$(PYTEST) -m 'not slow' --cov --cov-report=term

test-slow: $(STAMP) ## the slow tests: every fault at every step; and the properties, with random examples
	$(PYTEST) -m 'slow or hypothesis' $(RANDOM)

COMMIT ?= 0

test-commit: $(STAMP) ## the tests, and one in twelve of the slow ones: which, says COMMIT=hash
	$(PYTEST) --slow-part $(COMMIT)

test-all: test test-slow ## all tests

soak: $(STAMP) ## 2,000 calls by processes that are killed at random, and an account of every fact; ten minutes
	@$(BIN)/python benchmarks/soak.py

PLACES ?=
ANYWHERE = $(BIN)/python -m tests.places --ordinary "$(ORDINARY)"

test-anywhere: $(STAMP) ## the tests at other dates, in other zones and locales, as an ordinary user; PLACES="kolkata auckland" selects some
	@$(ANYWHERE) $(PLACES) -- $(PYTEST) -q -m 'not slow' -p no:cacheprovider

RUNS ?= 20
BUCKET ?= module

shuffle: $(STAMP) ## the tests in random order, RUNS=20 times, each at another place, until the first failure; BUCKET=global mixes modules
	@for run in $$(seq $(RUNS)); do \
		seed=$$(od -An -N4 -tu4 /dev/urandom | tr -d ' '); echo "run $$run of $(RUNS), seed $$seed"; \
		$(ANYWHERE) --turn $$(printf %x $$run) -- $(PYTEST) -q -m 'not slow' $(RANDOM) --random-order-bucket=$(BUCKET) --random-order-seed=$$seed || exit 1; \
	done

MUTATION_SAMPLE ?= 0
MUTATION_SEED ?= 1

# Without hashes: the tool is optional, and what is tested and shipped does not depend on it.
$(VENV)/.mutation: $(STAMP)
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['mutation'], sep='\n')" \
		| xargs -d '\n' $(PIP) install
	@touch $@

mutation: $(VENV)/.mutation ## mutation testing of store/ and session/; MUTATION_SAMPLE=3000 runs a sample
	$(BIN)/python -m tests.mutation --sample $(MUTATION_SAMPLE) --seed $(MUTATION_SEED)

# The same, for the engines of analysts.
$(VENV)/.engines: $(STAMP)
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['engines'], sep='\n')" \
		| xargs -d '\n' $(PIP) install
	@touch $@

bench-engines: $(VENV)/.engines ## count an exported dataset with DuckDB, PySpark and log stats and compare; needs Java 17
	@$(BIN)/python benchmarks/engines.py

bench-team: $(VENV)/.engines ## 1,000,000 calls and fifty desks on an embedded PostgreSQL, then bench-engines; half an hour, 10 GB
	@$(BIN)/python benchmarks/team.py; read=$$?; $(BIN)/python benchmarks/engines.py && exit $$read

lint: $(STAMP) ## style, types, import layers and unused code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/vulture

docs: $(STAMP) ## generate the schemas and the picture in the README
	$(BIN)/python docs/make_docs.py

map: $(STAMP) ## generate the picture of the packages in docs/architecture.md
	$(BIN)/python docs/make_map.py

lock: ## update constraints.txt: the newest versions that pyproject.toml allows, with hashes, for every platform
	$(PYTHON) -m venv $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet --disable-pip-version-check uv
	$(VENV)-lock/bin/uv --quiet pip compile --universal --python-version 3.11 --generate-hashes --upgrade \
		--no-header --no-annotate --no-emit-index-url --group dev --extra trial pyproject.toml --output-file constraints.txt >/dev/null
	rm -rf $(VENV)-lock

# Apart from the environment of the tests: neither of the two tools is needed for anything else.
$(VENV)-supply/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)-supply
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['supply'], sep='\n')" \
		| xargs -d '\n' $(VENV)-supply/bin/python -m pip --quiet --disable-pip-version-check install
	@touch $@

# What `pip install "recoverycli[trial]"` brings at the tested versions; pip holds no hashes against the project itself.
bom: $(STAMP) $(VENV)-supply/.installed ## write sbom.json (CycloneDX: what is installed with the tool) and docs/licences.md
	rm -rf $(VENV)-bom
	$(PYTHON) -m venv $(VENV)-bom
	sed -E 's/ \\$$//; /--hash/d' constraints.txt >$(VENV)-bom/pins.txt
	$(VENV)-bom/bin/python -m pip --quiet --disable-pip-version-check install --constraint $(VENV)-bom/pins.txt ".[trial]" colorama
	$(VENV)-bom/bin/python -m pip --quiet --disable-pip-version-check uninstall --yes recoverycli setuptools pip
	$(VENV)-supply/bin/cyclonedx-py environment --pyproject pyproject.toml --output-reproducible --of JSON \
		$(VENV)-bom/bin/python | $(BIN)/python docs/make_bom.py
	rm -rf $(VENV)-bom

advisories: $(STAMP) $(VENV)-supply/.installed ## look for known vulnerabilities of the pinned versions; needs a network
	$(VENV)-supply/bin/pip-audit --strict --disable-pip --require-hashes --requirement constraints.txt

bench: $(STAMP) ## start-up, first paint, Enter-to-paint, and 100,000 calls, compared with their floors; some minutes
	@$(BIN)/python benchmarks/bench.py; started=$$?; $(BIN)/python benchmarks/scale.py && exit $$started

redaction: $(STAMP) ## how well card numbers, codes and other data are masked, on our own test lines
	@$(BIN)/python benchmarks/redaction.py --all

readers: $(STAMP) ## how typed amounts, dates, promises and commands without their slash are read, and which notes suggest cards
	@$(BIN)/python benchmarks/readers.py

# Without hashes, as above: what is fitted is data of the package, and nothing that is shipped needs the tool.
$(VENV)/.learning: $(STAMP)
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['dependency-groups']['learning'], sep='\n')" \
		| xargs -d '\n' $(PIP) install
	@touch $@

learn: $(VENV)/.learning ## fit the learned reader of sentences and the tagger of secrets to the labelled sentences, and write their weights
	@$(BIN)/python benchmarks/learning.py
	@$(BIN)/python benchmarks/secret_tagger.py

reading: $(STAMP) ## how words that backfire, parts of an apology and answers in role-plays are read, on labelled sentences
	@$(BIN)/python benchmarks/reading.py

changes: $(STAMP) ## how often `log stats --changed` sees a change, and one where there is none, in 8,500 stores made at random
	@$(BIN)/python benchmarks/changes.py

FUZZ_EXAMPLES ?= 200000

fuzz: $(STAMP) ## hostile input, FUZZ_EXAMPLES=200000: lines, files, journals, queries, names, dates; a quarter of an hour
	FUZZ_EXAMPLES=$(FUZZ_EXAMPLES) $(PYTEST) -q $(RANDOM) tests/hostile/test_any_words.py tests/hostile/test_any_files.py

clean: ## remove everything that was generated
	rm -rf $(VENV) $(VENV)-lock $(VENV)-bom $(VENV)-supply .run build dist .coverage .coverage.* htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache mutants mutants.log
