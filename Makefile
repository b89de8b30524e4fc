# A dozen verbs. On a fresh machine Python 3.11 or later, make and pip are enough.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
SHARED ?= ../shared

.PHONY: demo test lint types law unit serve docs clean bench bench-coding bench-formats bench-identity bench-intake bench-names \
	bench-outlook bench-particulars bench-peers bench-reading bench-safety bench-scale bench-stories bench-turning-points \
	bench-together bench-workbench

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[dev]"
	@touch $@ $(VENV)/.installed

demo: $(VENV)/.installed  ## read the bundled corpus, write demo.db and demo.html
	@rm -f demo.db demo.db-wal demo.db-shm demo.html
	@$(BIN)/dragoman read examples/iraq-2020 --archive demo.db || [ $$? -eq 3 ]
	@$(BIN)/dragoman show dyads --archive demo.db --limit 12
	@$(BIN)/dragoman report --archive demo.db --to demo.html --title "Iraq, October 2019 to February 2020: articles written for demonstration"
	@echo "The archive is $(CURDIR)/demo.db, the page is $(CURDIR)/demo.html"

test: lint types law unit  ## everything that must pass

unit: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check src tests benchmarks training
	$(BIN)/ruff format --check src tests benchmarks training

types: $(VENV)/.installed-dev
	$(BIN)/mypy

law: $(VENV)/.installed-dev
	$(BIN)/lint-imports

bench: $(VENV)/.installed-dev  ## articles a second and peak memory, reading to keeping, one core
	$(BIN)/python -m benchmarks.speed

bench-intake: $(VENV)/.installed-dev  ## text, title, author and date of pages in eighty layouts; near-copies; pages a second
	$(BIN)/python -m benchmarks.intake

bench-reading: $(VENV)/.installed-dev  ## accuracy and speed of the reader, against the treebanks in $(SHARED)
	$(BIN)/python -m benchmarks.reading --data $(SHARED)/data

bench-peers: $(VENV)/.installed-dev  ## speed, memory and accuracy beside the peers that are installed (docs/peers.md)
	$(BIN)/python -m benchmarks.side_by_side --gold $(SHARED)/gold

bench-safety: $(VENV)/.installed-dev  ## hostile files, kills, full disks, old archives: what must not happen, counted
	$(BIN)/python -m benchmarks.safety

bench-scale: $(VENV)/.installed-dev  ## archives of 1,000, 10,000 and 100,000 articles: does anything grow faster than n log n?
	$(BIN)/python -m benchmarks.scale

bench-identity: $(VENV)/.installed-dev  ## 20,000 sentences read alone and in company: is everything the same?
	$(BIN)/python -m benchmarks.identity --data $(SHARED)/data

bench-coding: $(VENV)/.installed-dev  ## accuracy of coding, against the gold in $(SHARED)
	$(BIN)/python -m benchmarks.coding --gold $(SHARED)/gold --data $(SHARED)/data

bench-names: $(VENV)/.installed-dev  ## are two written names one party, on 400 pairs of our own
	$(BIN)/python -m benchmarks.names

bench-outlook: $(VENV)/.installed-dev  ## whom, by whom, and conflict in a week, against the events in $(SHARED)
	$(BIN)/python -m benchmarks.outlook --data $(SHARED)/data

bench-turning-points: $(VENV)/.installed-dev  ## turning points found, against the realignments in $(SHARED)
	$(BIN)/python -m benchmarks.turning_points --data $(SHARED)/data/events

bench-formats: $(VENV)/.installed-dev  ## rows a second and peak memory of importing each format, round trips
	$(BIN)/python -m benchmarks.formats

bench-particulars: $(VENV)/.installed-dev  ## dates, places, counts, speakers and parties of events, time expressions, names
	$(BIN)/python -m benchmarks.particulars --gold $(SHARED)/gold

bench-stories: $(VENV)/.installed-dev  ## accuracy of ties, shifts, causes and incidents, on texts of our own kept apart
	$(BIN)/python -m benchmarks.stories

bench-workbench: $(VENV)/.installed-dev  ## time of each page of the workbench, on 5,000 articles and 100,000 events
	$(BIN)/python -m benchmarks.workbench

bench-together: $(VENV)/.installed-dev  ## longest wait of two people who decide while articles are read; is anything lost?
	$(BIN)/python -m benchmarks.together

serve: demo  ## open the workbench on the demo corpus
	$(BIN)/dragoman serve demo.db

docs: $(VENV)/.installed-dev  ## write the generated parts of the documentation
	$(BIN)/python -m dragoman.records.schema docs/schema

clean:
	rm -rf $(VENV) demo.db* demo.html .mypy_cache .ruff_cache .pytest_cache .hypothesis
