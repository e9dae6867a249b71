# Baken: two commands are enough, `make run` and `make test`. `make` lists the rest.
PY ?= python3
V := .venv
BIN := $(CURDIR)/$(V)/bin
UV := VIRTUAL_ENV=$(CURDIR)/$(V) $(BIN)/uv
export PATH := $(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help setup assets system run test lint types bench docs lock clean

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

$(BIN)/uv: requirements/uv.lock
	$(PY) -m venv $(V)
	$(BIN)/pip install -q --require-hashes --only-binary :all: -r $<
	@touch $@

$(V)/.installed: $(BIN)/uv requirements/dev.lock pyproject.toml
	$(UV) pip install -q -p $(BIN)/python --require-hashes --only-binary :all: -r requirements/dev.lock
	$(UV) pip install -q -p $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

setup: $(V)/.installed ## make the environment (hash-pinned) and compile the translations
	@$(BIN)/python -m baken.sites.shared.languages compile

VENDOR := src/baken/sites/shared/look/static/vendor
$(VENDOR)/manifest.json: package.json package-lock.json .npmrc src/baken/sites/shared/look/assets.py | $(V)/.installed
	$(BIN)/python -m baken.sites.shared.look.assets

assets: $(VENDOR)/manifest.json ## fetch fonts, design tokens and component styles (a no-op when nothing changed)

system: ## install Chromium and PostgreSQL where apt is at hand (idempotent)
	@tools/system-packages

run: setup assets ## start both sites with the synthetic city
	@BAKEN_DEMO=1 $(BIN)/python -m baken.sites.serve

PYTEST := $(BIN)/python -m pytest -q

test: system setup assets lint types ## run everything that decides whether a change may land
	$(PYTEST) -n 2 -m "not browser and not postgres" tests
	$(PYTEST) --ds=baken.sites.window.settings -m "not browser" tests/window
	$(PYTEST) -m browser tests/browser
	$(BIN)/python tools/with_postgresql.py $(BIN)/python -m pytest -q -m "not browser" --ignore=tests/unit/look --ignore=tests/unit/render \
		--ignore=tests/unit/schoolside --ignore=tests/unit/shield --ignore=tests/unit/shield_tables tests/unit tests/migrations

lint: setup ## check style and walls; print the sizes that are worth a question
	$(BIN)/ruff check .
	$(BIN)/ruff format --check -q .
	$(BIN)/lint-imports --no-cache
	@$(BIN)/python tools/sizes.py

types: setup ## check types
	BAKEN_TEST=1 $(BIN)/mypy

bench: setup ## measure speed and memory, each beside a baseline in the same run
	@for script in bench/*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

docs: setup ## write the generated parts of the docs again
	$(BIN)/python tools/generate_docs.py

lock: $(BIN)/uv ## write requirements/*.lock again (no file names a host)
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --upgrade pyproject.toml --extra postgres -o requirements/base.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --upgrade pyproject.toml --extra postgres --group dev -c requirements/base.lock -o requirements/dev.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --upgrade pyproject.toml --extra peer -c requirements/dev.lock -o requirements/peer.lock

clean: ## remove everything that the targets made, the databases included
	rm -rf $(V) node_modules var build dist src/baken/sites/shared/look/static/vendor
