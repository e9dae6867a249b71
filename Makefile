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

setup: $(V)/.installed ## make the environment (hash-pinned)

lock: $(BIN)/uv ## write requirements/*.lock again (no file names a host)
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --upgrade pyproject.toml --extra postgres -o requirements/base.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --upgrade pyproject.toml --extra postgres --group dev -c requirements/base.lock -o requirements/dev.lock
	$(UV) pip compile -q --generate-hashes --no-emit-index-url --no-header --universal --python-version 3.11 --upgrade pyproject.toml --extra peer -c requirements/dev.lock -o requirements/peer.lock
