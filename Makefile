# `make demo` and `make test` need Python 3.11+, make and a package index; they set up .venv themselves.
# `make` alone runs every check. Set PYTHON to choose another interpreter: make test PYTHON=python3.12

PYTHON ?= python3
BIN := .venv/bin
UV := $(shell command -v uv 2>/dev/null)
STORE := .papergraph

.PHONY: check lint types contracts test slow coverage demo evaluate page pictures website benchmark spark constraints clean

check: lint types contracts test

.venv/.ready: constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "papergraph needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
ifdef UV
	$(UV) venv --quiet --allow-existing --python $(PYTHON) .venv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r constraints.txt
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
else
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endif
	@touch $@

lint: .venv/.ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/.ready
	$(BIN)/mypy

contracts: .venv/.ready
	$(BIN)/lint-imports

test: .venv/.ready
	$(BIN)/python -m pytest -q -n auto --dist worksteal

slow: .venv/.ready
	$(BIN)/python -m pytest -q -n auto --dist worksteal -m slow --hypothesis-profile=thorough

coverage: .venv/.ready
	$(BIN)/python -m pytest -q -n auto --dist worksteal --cov --cov-report=term

demo: .venv/.ready
	@$(BIN)/papergraph build data/notes --store $(STORE)
	@echo
	@$(BIN)/papergraph lineage H2O --downstream --store $(STORE)
	@echo
	@$(BIN)/papergraph view --store $(STORE) -o graph.html

evaluate: .venv/.ready
	$(BIN)/papergraph evaluate data/gold data/notes data/gold/notes

# The page's scripts; users need none of this, the built file is committed.
page:
	npm ci --silent --no-audit --no-fund --prefix viz/page
	npm run --silent check --prefix viz/page
	npm run --silent test --prefix viz/page
	npm run --silent build --prefix viz/page

pictures: .venv/.ready demo
	$(BIN)/python docs/pictures.py $(STORE)

benchmark: .venv/.ready
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/page.py

# The documentation as a website, in build/website.
website: .venv/.all
	rm -rf build/website
	$(BIN)/python docs/website.py build/website

# What only this project's own checks need beside the rest: the maker of the website, data frames, Parquet.
.venv/.all: .venv/.ready constraints-all.txt
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r constraints-all.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints-all.txt
endif
	@touch $@

# The tests of jobs on Spark: 455 MB more, and Java 17.
spark: .venv/.all constraints-spark.txt
ifdef UV
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r constraints-spark.txt
else
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r constraints-spark.txt
endif
	$(BIN)/python -m pytest -q tests/spark -m "slow or not slow"

# The exact versions that everyone installs, with hashes and without the address of any index.
constraints: .venv/.ready
	$(UV) pip compile pyproject.toml --extra check --extra llm --extra serve --extra mcp --group dev --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-emit-index-url --quiet -o constraints.txt
	$(UV) pip compile pyproject.toml --extra pandas --extra parquet --group docs --constraint constraints.txt --universal --python-version 3.11 --generate-hashes --no-strip-extras --no-header --no-emit-index-url --quiet -o constraints-all.txt
# constraints-spark.txt holds what the extra `spark` needs beyond these; it is edited by hand.

clean:
	rm -rf .venv .papergraph graph.html dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .coverage .coverage.* htmlcov
