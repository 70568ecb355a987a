# Two commands do all the set-up: `make run` and `make test`. Both work on a bare machine with Python 3.11.
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
ARGS   ?=

.PHONY: run test test-stanza test-wordpress check format lock bench clean help

help:            ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*##/\t/' | expand -t 18

run: $(VENV)/.run      ## the main job on the embedded sample: scrape, extract, Parquet, a summary
	@$(BIN)/rilis run $(ARGS)

test: $(VENV)/.dev check  ## all tests, after `make check`
	@$(BIN)/python -m pytest $(ARGS)

check: $(VENV)/.dev    ## format, lint, strict types, import contracts
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/.dev   ## put the code into shape
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

test-wordpress: $(VENV)/.dev  ## the nightly run against a real WordPress (Debian's packages)
	@RILIS_TEST_WORDPRESS=1 $(BIN)/python -m pytest -m wordpress tests/wordpress $(ARGS)

test-stanza: $(VENV)-stanza/.ready  ## the stanza back end for real, in an environment of its own (torch is large)
	@OMP_NUM_THREADS=1 $(VENV)-stanza/bin/python -m pytest -m stanza tests/extract/test_ner_stanza.py $(ARGS)

bench: $(VENV)/.dev    ## measure (never part of the tests)
	@$(BIN)/python -m tests.bench --write $(ARGS)

lock: $(VENV)/.dev     ## renew the locked versions after a change of pyproject.toml
	@$(BIN)/pip install -q pip-tools
	@$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header -o requirements.lock pyproject.toml
	@$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --extra notebooks --extra dev -c requirements.lock -o requirements-dev.lock pyproject.toml

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Rilis needs Python 3.11 or newer: make PYTHON=/path/to/python3.11 …"; exit 2; }
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(BIN)/python requirements.lock pyproject.toml
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps -e .
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(BIN)/python -m pip install -q --disable-pip-version-check -r requirements-dev.lock
	@touch $@

$(VENV)-stanza/.ready: requirements.lock requirements-dev.lock
	@$(PYTHON) -m venv $(VENV)-stanza
	@$(VENV)-stanza/bin/pip install -q --disable-pip-version-check torch==2.13.0
	@$(VENV)-stanza/bin/pip install -q --disable-pip-version-check -r requirements.lock -c requirements-dev.lock stanza==1.15.0 pytest hypothesis
	@touch $@

clean:           ## remove the virtual environment, caches and built data
	rm -rf $(VENV) $(VENV)-stanza build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
