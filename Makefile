# make demo | test | test-all | check | bench | docs | gallery | wheelhouse | clean
# Needs python 3.11 or newer, and make. Everything is installed into .venv, nothing elsewhere.

PYTHON ?= python3
PIP_FLAGS ?=
PYTEST_FLAGS ?=
BENCH_FLAGS ?=

VENV := .venv
BIN := $(VENV)/bin
# Its schemata check a format of ours; of its own dependencies one is compiled against ICU.
SCHEMATA := followthemoney>=4.11
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet $(PIP_FLAGS)

.DEFAULT_GOAL := help
.PHONY: help demo test extras test-all check bench docs gallery wheelhouse clean
.DELETE_ON_ERROR:

help:
	@echo "make demo        install, then walk the example case; pages go to demo-out/"
	@echo "make test        the test suite, on SQLite"
	@echo "make test-all    the test suite on SQLite and PostgreSQL, Spark included (needs initdb, java)"
	@echo "make check       format, lint, types, direction of imports, migrations"
	@echo "make bench       measurements"
	@echo "make docs        write the generated parts of docs/ anew"
	@echo "make gallery     the pictures of docs/reading-a-page.md anew (needs chromium, chromedriver, pdftoppm)"
	@echo "make wheelhouse  what a machine without network needs to install"
	@echo "make clean       remove what the others made"

# A stamp per set of packages: later calls install nothing.
$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "tracer needs Python 3.11 or newer, $(PYTHON) is " + sys.version.split()[0] + "; try: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.made pyproject.toml
	@echo "installing tracer into $(VENV) ..."
	@$(PIP) -e .
	@touch $@

$(VENV)/.test: $(VENV)/.made pyproject.toml
	@echo "installing tracer and what its tests need into $(VENV) ..."
	@$(PIP) -e '.[test]'
	@$(PIP) --no-deps '$(SCHEMATA)'
	@touch $@ $(VENV)/.run

$(VENV)/.all: $(VENV)/.made pyproject.toml
	@echo "installing tracer with every extra and what its tests need into $(VENV) ..."
	@$(PIP) -e '.[exhibits,postgresql,spark,test]'
	@$(PIP) --no-deps '$(SCHEMATA)'
	@touch $@ $(VENV)/.test $(VENV)/.run

$(VENV)/.check: $(VENV)/.made pyproject.toml
	@echo "installing tracer and what its checks need into $(VENV) ..."
	@$(PIP) -e '.[test,check]'
	@$(PIP) --no-deps '$(SCHEMATA)'
	@touch $@ $(VENV)/.test $(VENV)/.run

demo: $(VENV)/.run
	$(BIN)/tracer demo --out demo-out

# Tests that share something slow (a Spark session) stay with one of the processes: loadgroup.
test: $(VENV)/.test
	$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST_FLAGS)

# What PostgreSQL's and Spark's tests need beside a server and Java; then `make test` runs them too.
extras: $(VENV)/.all

test-all: extras
	$(MAKE) test PYTEST_FLAGS='--database both $(PYTEST_FLAGS)'

# The migrations are checked through the program's own set-up: there is no alembic.ini to go stale.
check: $(VENV)/.check
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -c 'from alembic import command; from tracer.store.upgrade import alembic_config; command.check(alembic_config())'

bench: $(VENV)/.test
	$(BIN)/python -m tests.benchmarks.run $(BENCH_FLAGS)

docs: $(VENV)/.run
	$(BIN)/python docs/generate.py

gallery: $(VENV)/.test
	$(BIN)/python -m docs.gallery

wheelhouse: $(VENV)/.made
	$(BIN)/python -m pip wheel --quiet $(PIP_FLAGS) --wheel-dir wheelhouse .

clean:
	rm -rf $(VENV) demo-out bench-out test-out wheelhouse build dist *.egg-info
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find tracer tests migrations examples docs -name __pycache__ -type d -prune -exec rm -rf {} +
