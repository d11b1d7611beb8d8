# Every command sets up what it needs, once, in .venv; only Python and make have to be there.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
DEMO := examples/contoso/deployment.json

SOAK ?= 20
FIRST_SEED ?= 1
PAIRS ?= 20000
MESSAGES ?= 200000
PEER_USERS ?= 100000
SEED ?= 1
RUNS ?= 300000
CALLS ?= 1000000

.PHONY: all demo test deep plans soak check lint types contracts lowest ratios bench calls hostile directory fuzz mutate peer clean

all: check

# pip of a version that knows dependency groups, and the tools that build the package, come before the package.
$(VENV)/.run: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --constraint constraints.txt pip hatchling editables
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[cli]'
	touch $@

$(VENV)/.develop: $(VENV)/.run
	$(PIP) install --constraint constraints.txt --no-build-isolation --editable '.[cli,hypothesis]' --group dev
	touch $@

demo: $(VENV)/.run
	$(BIN)/exum-routing route $(DEMO)
	@echo
	$(BIN)/exum-routing explain $(DEMO) sip:alice@contoso.com

test: $(VENV)/.develop
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --quiet --numprocesses auto
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

# The laws of advice on 20,000 random deployments.
deep: $(VENV)/.develop
	EXUM_ROUTING_PROFILE=deep $(BIN)/python -m pytest -q --numprocesses auto tests/test_audit_harm.py

# Plans between 20,000 random pairs of small deployments, each held against every order of cmdlets.
plans: $(VENV)/.develop
	$(BIN)/python tests/plan_orders.py $(PAIRS) $(SEED)

# The tests over and over, each time with another seed of the properties; every seed is printed, and the first failure ends it.
soak: $(VENV)/.develop
	for seed in $$(seq $(FIRST_SEED) $$(($(FIRST_SEED) + $(SOAK) - 1))); do \
	  echo "seed $$seed"; EXUM_ROUTING_PROFILE=dev $(BIN)/python -m pytest -q --numprocesses auto --hypothesis-seed=$$seed || exit 1; \
	done

check: lint types contracts test

lint: $(VENV)/.develop
	$(BIN)/ruff check .
	$(BIN)/ruff format --check --quiet .

types: $(VENV)/.develop
	$(BIN)/mypy

contracts: $(VENV)/.develop
	$(BIN)/lint-imports --no-logo

$(VENV)/.lowest: $(VENV)/.develop
	$(BIN)/python -m venv $(VENV)/lowest
	$(VENV)/lowest/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt pip hatchling editables
	$(BIN)/python tests/lowest.py > $(VENV)/lowest/requirements.txt
	$(VENV)/lowest/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation \
	  --requirement $(VENV)/lowest/requirements.txt --editable '.[cli,hypothesis,pytest]' --group test
	touch $@

lowest: $(VENV)/.lowest
	$(VENV)/lowest/bin/python -m pytest --quiet --numprocesses auto

ratios: $(VENV)/.develop
	$(BIN)/python benchmarks/decision.py

$(VENV)/.bench: $(VENV)/.develop
	$(PIP) install --constraint constraints.txt --group bench
	touch $@

bench: $(VENV)/.bench
	$(BIN)/python benchmarks/report.py $(SIZES)
	$(BIN)/python benchmarks/administration.py
	$(BIN)/python benchmarks/rehearsal.py
	$(BIN)/python benchmarks/questions.py
	$(BIN)/python benchmarks/importing.py

# A real directory (Samba) on the loopback interface, exported with ldapsearch and imported; needs root.
directory: $(VENV)/.develop
	$(BIN)/python tests/directory.py

calls: $(VENV)/.develop
	$(BIN)/python benchmarks/calls.py $(CALLS) $(SEED)

# Hostile SIP messages, of which one message leaves or none.
hostile: $(VENV)/.develop
	$(BIN)/python benchmarks/hostile_messages.py $(MESSAGES) $(SEED)

$(VENV)/.mutate: $(VENV)/.develop
	$(PIP) install --constraint constraints.txt --group mutate
	touch $@

mutate: $(VENV)/.mutate
	EXUM_ROUTING_PROFILE=mutate $(BIN)/mutmut run
	$(BIN)/python tests/mutation_report.py

$(VENV)/.fuzz: $(VENV)/.develop
	$(PIP) install --constraint constraints.txt --group fuzz
	touch $@

fuzz: $(VENV)/.fuzz
	for target in attributes sip_uri document export; do \
	  $(BIN)/python fuzz/fuzz_$$target.py -runs=$(RUNS) -verbosity=0 || exit 1; \
	done
	for reader in clixml json csv ldif topology any import; do \
	  $(BIN)/python fuzz/fuzz_records.py $$reader -runs=$(RUNS) -verbosity=0 || exit 1; \
	done

peer: $(VENV)/.develop
	$(BIN)/python vectors/compare.py $(PEER_USERS) $(SEED)

clean:
	rm -rf $(VENV) build dist .coverage .coverage.* .mypy_cache .ruff_cache .hypothesis .import_linter_cache
