# Everyday tasks. Set up first, as CONTRIBUTING.md says: pip install -e ".[dev,docs]" into .venv.
PYTHON ?= .venv/bin/python

.PHONY: help check test thorough coverage mutants bench bench-check screenshots docs serve-docs
.DEFAULT_GOAL := help

help: ## List the tasks
	@sed -n 's/^\([a-z-]*\):.*## /\1|/p' Makefile | awk -F '|' '{printf "%-12s %s\n", $$1, $$2}'

check: ## Lint, formatting, types, and whether generated pages are current
	$(PYTHON) -m ruff check
	$(PYTHON) -m ruff format --check
	$(PYTHON) -m mypy
	.venv/bin/lint-imports --no-cache
	$(PYTHON) -m docs --check

test: ## All tests; ARGS="-n0 tests/unit/test_dates.py" for some
	$(PYTHON) -m pytest $(ARGS)

thorough: ## All tests with every case and many examples, and long walks; an hour or more
	$(PYTHON) -m pytest -m "" --hypothesis-profile thorough $(ARGS)
	$(PYTHON) -m tests.terminal.wire --steps 10000 --faults
	$(PYTHON) -m tests.differential
	$(PYTHON) -m tests.terminal.monkey
	$(PYTHON) -m tests.interrupts

coverage: ## Coverage of all but the full screen by the tests without one; fails under 90 %
	$(PYTHON) -m coverage run -m pytest -n0 tests/unit tests/driver
	$(PYTHON) -m coverage report

mutants: ## Count the faults that the unit tests notice; ARGS="--count 100 query" for others
	$(PYTHON) -m tests.mutants $(ARGS)

bench: ## Measure start, steps and bytes; ARGS="--library 1000" for a library
	$(PYTHON) -m benchmarks $(ARGS)

bench-check: ## Count the faults that check finds, and its false alarms; ARGS="--missed" lists
	$(PYTHON) -m benchmarks.check $(ARGS)

screenshots: ## Draw the pictures of the documentation; ARGS="chart" for one
	$(PYTHON) -m screenshots $(ARGS)

docs: export NO_MKDOCS_2_WARNING = 1 # about a later major version, which pyproject.toml excludes
docs: ## Write the reference and build the site into site/
	$(PYTHON) -m docs
	$(PYTHON) -m mkdocs build --strict $(ARGS)

serve-docs: ## Show the site on localhost while you write
	$(PYTHON) -m mkdocs serve
