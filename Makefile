# What developers run; plain `make` lists it.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYTEST := $(BIN)/python -m pytest
WORKERS ?= 2

# An activated environment or a user's PYTHONPATH must not decide what is tested.
unexport PYTHONPATH VIRTUAL_ENV

.DEFAULT_GOAL := help
.PHONY: help setup cli test test-fast test-thorough fuzz browser lint types generate typescript demo clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-14s %s\n' "$$name" "$$text"; done

setup: $(READY) ## make .venv, with the package and its tools

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "error: no Python 3.11 or newer on PATH. Install one, or name it: make setup PYTHON=/path/to/python3" >&2; exit 1; }
	"$(PYTHON)" -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

cli: $(READY) ## find the Pulumi CLI or install one into the user's cache; prints its folder
	@$(BIN)/python -m pulumi_dyte.engine.cli

test: $(READY) cli ## run every test; the engine's need the Pulumi CLI
	$(PYTEST) -n $(WORKERS) --dist worksteal

test-fast: $(READY) ## run the tests that need no Pulumi CLI
	$(PYTEST) -n $(WORKERS) --dist worksteal -m "not engine"

test-thorough: $(READY) cli ## run every test, the property tests with many more examples
	HYPOTHESIS_PROFILE=thorough $(PYTEST) -n $(WORKERS) --dist worksteal

CASES ?= 50000
SEED ?= $(shell date +%s)

fuzz: $(READY) ## try mutated org files, CASES of them; SEED= gives the same again
	ulimit -v 4194304 && FUZZ_CASES=$(CASES) SEED=$(SEED) $(PYTEST) -q -s tests/org/test_fuzz.py

browser: $(READY) ## load the HTML plan into Chromium; pictures of it are in build/browser
	$(PYTEST) -q tests/report/plan_in_browser.py

lint: $(READY) ## check style, format and layers
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(READY) ## check types
	$(BIN)/mypy

generate: $(READY) ## write the generated modules anew
	$(BIN)/python tools/generate.py

TYPESCRIPT := build/typescript
GO_RUN := GOWORK=off go run -mod=readonly -trimpath -buildvcs=false -tags=grpcnotrace,osusergo

typescript: $(TYPESCRIPT)/.ready ## write the TypeScript SDK and compile examples/typescript with it; needs Go and Node.js

# The flags are those of the Pulumi CLI's build, so that what is compiled already is used again.
$(TYPESCRIPT)/.ready: schema/package.schema.json $(wildcard tools/typescript-sdk/* examples/typescript/*.json examples/typescript/*.ts)
	@for tool in go npm; do command -v $$tool >/dev/null || { echo "error: no $$tool on PATH; the TypeScript SDK needs Go and Node.js with npm" >&2; exit 1; }; done
	rm -rf $(TYPESCRIPT)
	mkdir -p $(TYPESCRIPT)
	cp examples/typescript/*.json examples/typescript/*.ts examples/typescript/.npmrc examples/typescript/Pulumi.yaml $(TYPESCRIPT)
	cd tools/typescript-sdk && $(GO_RUN) . ../../schema/package.schema.json ../../$(TYPESCRIPT)/sdks/dyte
	cd $(TYPESCRIPT) && npm ci --no-audit --no-fund --loglevel=error && npx --no-install tsc --noEmit
	@touch $@

demo: $(READY) cli ## show the whole cycle on a local sandbox with the real engine
	@$(BIN)/python tools/demo.py

clean: ## remove .venv, caches and what was built; the Pulumi CLI in the user's cache stays
	rm -rf $(VENV) build dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .schemathesis *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
