# What a person or a pipeline types. Needs make, git, Python 3.11 or newer, and Go or a Pulumi CLI.
# `make` alone lists the targets.

PYTHON ?= python3
TEST_ARGS ?= -n auto --dist loadfile --no-loadscope-reorder
BIN := .venv/bin
HUBKEEPER := $(BIN)/hubkeeper
READY := .venv/.ready

# Commands and tests start Python some thousand times; without bytecode each would compile all that it imports.
export PYTHONDONTWRITEBYTECODE :=

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help setup up test matrix lint format hooks bench pins clean python venv cli readers debian

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' Makefile

setup: python ## Install everything into .venv and .hubkeeper (again only when the pins change)
	@$(MAKE) -j2 venv cli

up: setup ## Bring dev up on the local Azure, check all environments, write the runbooks
	@$(HUBKEEPER) up dev --local --yes
	@$(HUBKEEPER) check
	@$(HUBKEEPER) runbook
	@printf '%s\n' '' 'Where to look next' \
	  '  environments/dev.yaml             what was built; change it, then make up again' \
	  '  runbooks/index.md                 what operators read' \
	  '  hubkeeper check                   all environments against all rules, no cloud' \
	  '  hubkeeper explain                 the rules, and why each is one' \
	  '  hubkeeper preview prod --local    what prod would become' \
	  '  hubkeeper destroy dev --local     takes dev down again' \
	  '  README.md                         real Azure' \
	  '  (the command is $(HUBKEEPER); `. $(BIN)/activate` puts it on PATH)'

test: setup readers ## Run all tests (TEST_ARGS="tests/plan -x" for some)
	@$(BIN)/python -m pytest $(TEST_ARGS)

matrix: setup ## Bring up every cell of docs/matrix.md on the local Azure (about an hour)
	@HUBKEEPER_WHOLE_MATRIX=1 $(BIN)/python -m pytest -n auto --dist worksteal tests/engine/test_matrix.py

lint: venv ## Check style and types
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/pyrefly check --summary=none
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/check-jsonschema --quiet --builtin-schema vendor.azure-pipelines --data-transform azure-pipelines \
	  --regex-variant nonunicode azure-pipelines.yml
	@echo "style and types: nothing to complain about"

format: venv ## Rewrite the code in the one style
	@$(BIN)/ruff check --quiet --fix-only
	@$(BIN)/ruff format

hooks: venv ## Check every commit before it is made (pre-commit)
	@$(BIN)/pre-commit install

bench: setup ## Measure: check against other tools, recording per resource
	@set -e; for file in benchmarks/[a-z]*.py; do echo "== $$file"; $(BIN)/python $$file; done

COMPILE := $(BIN)/uv pip compile --quiet --no-config --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-emit-find-links --custom-compile-command 'make pins' $(if $(UPGRADE),--upgrade)

pins: venv ## Write requirements/*.txt from requirements/*.in (UPGRADE=1 for newer versions)
	@$(COMPILE) requirements/runtime.in --output-file requirements/runtime.txt
	@$(COMPILE) requirements/dev.in --constraints requirements/runtime.txt --output-file requirements/dev.txt
	@$(COMPILE) requirements/peers.in --output-file requirements/peers.txt
	@$(COMPILE) requirements/azure-cli.in --output-file requirements/azure-cli.txt

clean: ## Remove what was installed and built here, the local Azure and its stacks included
	@rm -rf .venv .hubkeeper tests/readers/node_modules .hypothesis .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the parts of setup ---

python:
	@command -v $(PYTHON) >/dev/null || \
	  { echo "$(PYTHON) not found: install Python 3.11 or newer, or say which: make PYTHON=..." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "$(PYTHON) is $$($(PYTHON) -V 2>&1): expected Python 3.11 or newer: make PYTHON=python3.12" >&2; exit 1; }

venv: python .venv/.pins .venv/.project

PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check install --no-compile

.venv/.pins: requirements/dev.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make virtual environments: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 1; }
	@echo "  making .venv with $$($(PYTHON) -V)"
	@$(PYTHON) -m venv --clear .venv
	@echo "  installing the pinned packages of requirements/dev.txt"
	@$(PIP) --require-hashes --requirement requirements/dev.txt
	@touch $@

.venv/.project: .venv/.pins pyproject.toml
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

# A virtual environment knows its own path: one that came along when the folder was moved or copied is made anew.
ifeq ($(shell grep -sF '$(CURDIR)/.venv' .venv/pyvenv.cfg),)
.PHONY: .venv/.pins
endif

# The runbook's pages are read by real readers, where they can be had; their tests say so where they cannot, and fail in CI.
readers: tests/readers/node_modules/.ready .hubkeeper/azure-cli/.ready debian

# The Azure CLI, as a parser. 390 MB in an environment of its own.
.hubkeeper/azure-cli/.ready: requirements/azure-cli.txt | python
	@echo "  installing the Azure CLI that reads the pages' commands, into .hubkeeper/azure-cli"
	@$(PYTHON) -m venv --clear .hubkeeper/azure-cli
	@.hubkeeper/azure-cli/bin/python -m pip --quiet --disable-pip-version-check install --no-compile \
	  --require-hashes --requirement requirements/azure-cli.txt
	@touch $@

# What Debian has is installed where that can be done without asking; elsewhere it is named.
DEBIAN := shellcheck chromium jq
debian:
	@missing=$$(for one in $(DEBIAN); do command -v $$one >/dev/null || echo $$one; done | xargs); \
	if [ "$$(id -u)" = 0 ]; then as=env; elif [ "$$CI" ] && sudo -n true 2>/dev/null; then as="sudo -n env"; else as=; fi; \
	if [ -z "$$missing" ]; then :; \
	elif [ "$$as" ] && command -v apt-get >/dev/null; then \
	  echo "  installing $$missing from Debian, which read the pages"; \
	  mkdir -p .hubkeeper; \
	  { $$as apt-get update -qq && \
	    $$as DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $$missing; } \
	    </dev/null >.hubkeeper/debian.log 2>&1 || { echo "  not installed ($$missing): see .hubkeeper/debian.log" >&2; }; \
	else echo "  not here: $$missing. The pages are not read by them (Debian and Ubuntu: apt-get install $$missing)"; fi

tests/readers/node_modules/.ready: tests/readers/package-lock.json
	@if command -v npm >/dev/null; then \
	  echo "  installing the pinned readers of tests/readers"; \
	  npm ci --prefix tests/readers --ignore-scripts --no-audit --no-fund --silent && touch $@; \
	else echo "  no npm: the runbook's pages are not read by the real readers"; fi

# Without a CLI all works that needs no engine: check, plan, runbook. What needs one says so again.
cli: python
	@$(PYTHON) -m hubkeeper.engine.pulumi_cli || test $$? -eq 1
