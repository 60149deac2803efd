# SPDX-License-Identifier: EUPL-1.2
# Two commands do everything on a fresh machine: `make run` and `make test`.
# Prerequisites: make, Python 3.11+ with venv, Node 20+. Chromium for the browser journeys.

PYTHON ?= python3
PORT ?= 8000
DB ?= sqlite
BIN := .venv/bin
POSTGRES ?= postgres://postgres@127.0.0.1:5432/test
export ENNAKKO_DATABASE ?= $(if $(filter postgres,$(DB)),$(POSTGRES),)
ifeq ($(strip $(ENNAKKO_DATABASE)),)
unexport ENNAKKO_DATABASE
endif
TESTS ?=
# What Python compiles is kept: tests start hundreds of processes, and each would compile the same again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: help run test fast check check-types check-rest format bench test-spark new-service docs lock clean

help: ## what can be done here
	@grep -E '^[a-z-]+:.*## ' Makefile | sed 's/:.*## /\t/' | expand -t 16

.venv/installed: requirements/dev.txt requirements/uv.txt pyproject.toml
	@echo "Setting up the Python environment (.venv) ..."
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv || { echo "Python 3.11 with venv is needed: on Debian, apt-get install python3-venv"; exit 1; }
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip sync --quiet --python $(BIN)/python --require-hashes requirements/uv.txt requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

node_modules/installed: package.json package-lock.json
	@echo "Bringing the front-end assets (npm ci) ..."
	@command -v npm >/dev/null || { echo "Node 20 with npm is needed: see README.md"; exit 1; }
	@npm ci --silent --no-progress 2>/dev/null || npm ci
	@touch $@

run: .venv/installed node_modules/installed ## the demo: city, screening, pages at http://localhost:8000
	@PORT=$(PORT) $(BIN)/ennakko demo

test: .venv/installed node_modules/installed ## the whole suite (DB=postgres: what uses a database, on PostgreSQL)
	@$(BIN)/python -m tests.run $(TESTS)

fast: .venv/installed ## values, rules, facts, law, states, access: under ten seconds
	@$(BIN)/pytest ennakko/values ennakko/rules ennakko/facts $(wildcard ennakko/services/*/law) -m "not slow and not spark"

check: check-types check-rest ## lint, types, import contracts, migrations, licences

check-types: .venv/installed
	$(BIN)/mypy ennakko

check-rest: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/ennakko makemigrations --check --dry-run
	$(BIN)/reuse lint --quiet || $(BIN)/reuse lint

format: .venv/installed ## format the code
	$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

.venv-bench/installed: requirements/bench.txt .venv/installed
	@test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	@$(BIN)/uv pip sync --quiet --python .venv-bench/bin/python --require-hashes requirements/bench.txt
	@$(BIN)/uv pip install --quiet --python .venv-bench/bin/python --no-deps --no-build-isolation -e .
	@touch $@

bench: .venv-bench/installed node_modules/installed ## measure side by side; writes bench/results.json (BENCH=--full adds 5.6 million)
	@.venv-bench/bin/python -m bench.run $(BENCH)

.venv-spark/installed: requirements/spark.txt .venv/installed
	@test -x .venv-spark/bin/python || $(PYTHON) -m venv .venv-spark
	@$(BIN)/uv pip sync --quiet --python .venv-spark/bin/python --require-hashes requirements/dev.txt requirements/spark.txt
	@$(BIN)/uv pip install --quiet --python .venv-spark/bin/python --no-deps --no-build-isolation -e .
	@touch $@

test-spark: .venv-spark/installed ## the distributed engine against the others (needs Java 17)
	@command -v java >/dev/null || { echo "Spark needs Java 17: on Debian, apt-get install openjdk-17-jre-headless"; exit 1; }
	@.venv-spark/bin/python -m pytest -m spark -p no:django ennakko/rules/tests/test_engines_agree.py

new-service: .venv/installed ## make new-service NAME=library_cards
	@test -n "$(NAME)" || { echo "Say the name: make new-service NAME=library_cards"; exit 1; }
	@$(BIN)/ennakko new_service $(NAME)

docs: .venv/installed ## write the generated pages (docs/law, tables in docs)
	@$(BIN)/ennakko write_docs

lock: .venv/installed ## resolve the dependencies again (versions and hashes, no addresses)
	@for name in uv runtime dev bench spark; do \
	  $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header --python-version 3.11 \
	    requirements/$$name.in -o requirements/$$name.txt || exit 1; done

clean: ## remove what was built (keeps the sources)
	rm -rf .venv .venv-bench .venv-spark node_modules var
