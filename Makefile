# Two commands matter: `make demo` (set-up, then the main job) and `make test` (set-up, then every test).
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(BIN)/uv pip install -q --python $(BIN)/python --require-hashes --no-deps
export PYTHONUTF8 := 1
# without its cache of compiled modules every command takes twice as long to begin
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup demo test check unit storage field lock docs assets bench-identity bench-spark bench-movement bench-console bench-field clean

help:
	@echo "make setup                               set up alone; then .venv/bin/safepassage init"
	@echo "make demo [ARGS='--seed 7 --no-serve']   set up, walk a complete invented operation, serve the console"
	@echo "make test                                set up, then lint, types, contracts and every test"
	@echo "make check | unit | storage | field      one part of the tests"
	@echo "make lock                                renew the locked requirements"

$(VENV)/bin/uv: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Safe Passage needs Python 3.11 or newer; this is $$($(PYTHON) --version). Set PYTHON=/path/to/python3.12"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "The venv module is missing: on Debian, apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

$(VENV)/.run: $(VENV)/bin/uv requirements/run.txt pyproject.toml hatch_build.py
	@echo "Setting up (locked, hashed requirements) ..."
	@$(UV) -r requirements/run.txt
	@$(BIN)/uv pip install -q --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	@$(UV) -r requirements/test.txt
	@touch $@

assets: $(VENV)/.run
	@$(BIN)/python hatch_build.py

setup: $(VENV)/.run assets
	@echo "Ready: . $(VENV)/bin/activate, then safepassage init"

demo: $(VENV)/.run assets
	@$(BIN)/safepassage demo $(ARGS)

check: $(VENV)/.test
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/python manage.py makemigrations --check --dry-run

unit: $(VENV)/.test assets
	$(BIN)/python -m tests.browser
	$(BIN)/pytest -n 2 --dist worksteal

storage: $(VENV)/.test
	$(BIN)/python -m tests.postgres $(BIN)/pytest -m storage -n 2 --dist worksteal
	$(BIN)/python -m tests.encrypted $(BIN)/pytest -m storage -n 2 --dist worksteal tests/apps

field: $(VENV)/.test assets
	$(BIN)/python hatch_build.py test

test: check unit storage field

lock:
	uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 requirements/bootstrap.in -o requirements/bootstrap.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml --group pyproject.toml:build -o requirements/run.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml --group pyproject.toml:build --group pyproject.toml:test -o requirements/test.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml --group pyproject.toml:bench -o requirements/bench.txt
	uv pip compile -q --generate-hashes --no-emit-index-url --universal --python-version 3.11 pyproject.toml --extra spark --group pyproject.toml:spark -o requirements/spark.txt

# in an environment of its own: nothing here is needed to run or to test
$(VENV)-bench/.bench: $(VENV)/bin/uv requirements/bench.txt pyproject.toml
	@$(PYTHON) -m venv $(VENV)-bench
	@$(BIN)/uv pip install -q --python $(VENV)-bench/bin/python --require-hashes --no-deps -r requirements/bench.txt
	@touch $@

# SETS="FILE ..." adds sets of the same columns; MILLION=0 leaves the large one out, which takes five minutes
MILLION ?= 1000000
bench-identity: $(VENV)-bench/.bench
	PYTHONPATH=src $(VENV)-bench/bin/python -m benchmarks.identity --sets ../shared/bench/identity/dev.csv.gz ../shared/bench/identity/dev2.csv.gz $(SETS) --million $(MILLION)
	PYTHONPATH=src $(VENV)-bench/bin/python -m benchmarks.identity.calibration ../shared/bench/identity/dev.csv.gz ../shared/bench/identity/dev2.csv.gz $(SETS)

$(VENV)-spark/.spark: $(VENV)/bin/uv requirements/spark.txt pyproject.toml
	@$(PYTHON) -m venv $(VENV)-spark
	@$(BIN)/uv pip install -q --python $(VENV)-spark/bin/python --require-hashes --no-deps -r requirements/spark.txt
	@touch $@

# the clusters of Spark in local mode against those of the local engine; ROWS=200000 for a large invented set
ROWS ?= 20000
bench-spark: $(VENV)-spark/.spark
	PYTHONPATH=src:. $(VENV)-spark/bin/pytest -c tests/spark/pytest.ini --rootdir . tests/spark
	PYTHONPATH=src $(VENV)-spark/bin/python -m benchmarks.identity.invent --rows $(ROWS) $(VENV)-spark/invented.csv
	PYTHONPATH=src $(VENV)-spark/bin/python -m benchmarks.spark $(VENV)-spark/invented.csv

# the whole table takes half an hour; SEEDS=2 REPLANS=0 TIMES=0 PLAIN=0 leaves its long parts out (PLAIN: the plain model's seconds)
SEEDS ?= 10
REPLANS ?= 30
TIMES ?= 10
PLAIN ?= 60
ICEP ?= $(wildcard ../shared/bench/icep)
bench-movement: export SEEDS := $(SEEDS)
bench-movement: export REPLANS := $(REPLANS)
bench-movement: export TIMES := $(TIMES)
bench-movement: export PLAIN := $(PLAIN)
bench-movement: $(VENV)/.test
	$(BIN)/python -m benchmarks.movement --acceptance $(if $(ICEP),--icep $(ICEP))

# every page of the console at demo size; CONSOLE='--home FOLDER' takes a demo that is there
bench-console: $(VENV)/.test assets
	$(BIN)/python -m benchmarks.console $(CONSOLE)

# the whole table; look-ups over 125,000 people where IDENTITY, the folder of the identity benchmark's files, is there
IDENTITY ?= $(wildcard ../shared/bench/identity)
bench-field: $(VENV)/.test assets
	$(BIN)/python -m tests.browser
	$(BIN)/python -m benchmarks.field $(if $(IDENTITY),--identity $(IDENTITY))

clean:
	rm -rf $(VENV) $(VENV)-bench $(VENV)-spark node_modules src/safepassage/web/static/built dist demo
