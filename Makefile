# make demo and make test set up what they need on a machine with nothing but Python 3.10 or later.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
READY := $(VENV)/.ready
UV := .cache/uv/bin/uv
STEP = @printf '\n== %s\n'

.PHONY: help demo test check bench lock clean

help:
	@echo 'make demo    set up, snapshot this machine, diff it with profiles/production.json'
	@echo 'make test    set up, check, and run the tests'
	@echo 'make check   format, lint and types'
	@echo 'make bench   measure parity beside other tools (builds a large environment once)'
	@echo 'make lock    lock the development tools again'
	@echo 'make clean   remove what these made'

demo: $(READY)
	@sh .ci/demo $(RUN)

test: check
	$(STEP) 'tests'
	@$(RUN)/pytest

check: $(READY)
	$(STEP) 'format, lint, types'
	@$(RUN)/ruff format --check --quiet . || { echo 'not formatted: run $(RUN)/ruff format'; exit 1; }
	@$(RUN)/ruff check --quiet .
	@$(RUN)/mypy

bench: $(READY)
	@$(RUN)/python -m benchmarks

LOCK := $(UV) pip compile --quiet --upgrade --no-annotate --no-emit-index-url --no-emit-find-links \
	--custom-compile-command 'make lock'

lock: $(UV)
	$(STEP) 'locking the development tools'
	@$(LOCK) --universal --generate-hashes --python-version 3.10 --group dev \
		--output-file .ci/requirements.txt pyproject.toml .ci/requirements.in
	$(STEP) 'locking the environment that is measured'
	@$(LOCK) --only-binary :all: --python-version 3.11 --output-file benchmarks/environment.txt benchmarks/environment.in

clean:
	rm -rf $(VENV) .cache .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(READY): .ci/requirements.txt pyproject.toml
	$(STEP) 'setting up $(VENV)'
	@PYTHON=$(PYTHON) VENV=$(VENV) sh .ci/setup
	@touch $@

$(UV):
	$(STEP) 'setting up uv'
	@$(PYTHON) -m venv .cache/uv
	@.cache/uv/bin/pip install -qq --disable-pip-version-check uv
