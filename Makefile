# make status   sees how the strategy stands; sets everything up the first time
# make test     everything that CI runs
# make help     the rest

# The Python to make .venv with: make status PYTHON=python3.13
PYTHON ?= python3
# Further words for elo and for pytest: make status ARGS="--as-of 2021-12-31", make test PYTEST="tests/store -x"
ARGS ?=
PYTEST ?=

VENV := .venv
BIN := $(VENV)/bin
# What is installed follows from these; when they change, the next target installs again.
PINS := pyproject.toml constraints.txt hatch_build.py
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq
PO := $(wildcard elo_cli/locales/*/LC_MESSAGES/*.po)
MO := $(PO:.po=.mo)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help summaries status test lint format catalogues schemas docs bench soak consoles floors ecosystem hashes markdownlint wheel release clean

help: ## Show the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# --- set up ----------------------------------------------------------------------------------------------------------
# Two stamps, so that whoever wants an answer does not wait for the tools of those who change elo.
# All words go to stderr: stdout is elo's answer, and nothing else.

# The stamp holds the folder that it was made in: a copied or moved checkout has an environment that still points to the
# old one, and is set up anew.
ifneq ($(shell cat $(VENV)/runtime.stamp 2>/dev/null),$(CURDIR))
ELSEWHERE := elsewhere
endif
.PHONY: elsewhere

$(VENV)/runtime.stamp: $(PINS) $(ELSEWHERE)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "elo needs Python 3.11 or newer; name one: make $(MAKECMDGOALS) PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	  { echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }
	@echo "Setting up $(VENV) (once; half a minute or so)" >&2
	@{ [ -z "$(ELSEWHERE)" ] && $(BIN)/python -m pip --version >/dev/null 2>&1; } || $(PYTHON) -m venv --clear $(VENV) >&2
	@# The build back end goes first, so that it is pinned like everything else, and no second environment is made for it.
	@# Not compiled: Python compiles what is started when it is, and most of what is installed never is.
	@$(PIP) install --no-compile -c constraints.txt hatchling babel >&2
	@$(PIP) install --no-compile -c constraints.txt --no-build-isolation -e . >&2
	@echo "$(CURDIR)" >$@

$(VENV)/dev.stamp: $(VENV)/runtime.stamp
	@echo "Adding the tools for development (once; half a minute or so)" >&2
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[dev]' >&2
	@touch $@

# `&:` because one run compiles all of them.
$(MO) &: $(PO) | $(VENV)/runtime.stamp
	@$(BIN)/python hatch_build.py >&2

# --- use -------------------------------------------------------------------------------------------------------------

status: $(VENV)/runtime.stamp $(MO) ## Show how the strategy stands today
	@$(BIN)/elo status $(ARGS)

# --- change ----------------------------------------------------------------------------------------------------------

test: lint ## Run everything that CI runs
	@$(BIN)/python -m pytest -n auto --dist loadgroup $(PYTEST)

lint: $(VENV)/dev.stamp $(MO) ## Check format, style, types and the direction of imports
	@$(BIN)/ruff format --check
	@$(BIN)/ruff check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(VENV)/dev.stamp ## Format the code, and mend what ruff can mend by itself
	@$(BIN)/ruff format
	@$(BIN)/ruff check --fix

catalogues: $(VENV)/runtime.stamp ## Bring the catalogues (.po) up to date with the sources, and compile them
	@$(BIN)/python elo_cli/locales/catalogues.py
	@$(BIN)/python hatch_build.py

schemas: $(VENV)/runtime.stamp $(MO) ## Write schemas/ anew from the models
	@$(BIN)/elo schema --write

# As of the day of the last word, and with no commit named: a summary that is kept beside the data goes stale when the data
# changes, and not when a day passes or something else is committed.
summaries: $(VENV)/runtime.stamp $(MO) ## Write docs/summary.*.md, one a language, anew from data/
	@for language in $$($(BIN)/python -c 'from elo_cli.model.languages import LANGUAGES; print(*LANGUAGES)'); do \
	  env -u ELO_DATA $(BIN)/elo report summary --lang $$language --as-of last-word --without-revision \
	    --output docs/summary.$$language.md --force || exit; \
	done

docs: $(VENV)/runtime.stamp $(MO) ## Write the generated pages of docs/ anew from the program
	@$(BIN)/python -m docs.generate

bench: $(VENV)/dev.stamp $(MO) ## Measure start-up and checking against their floors
	@$(BIN)/python -m benchmarks $(ARGS)

soak: $(VENV)/dev.stamp $(MO) ## Kill, fill and race the writing verbs, for minutes: make soak ARGS=1000
	@$(BIN)/python -m tests.long.soak $(ARGS)

consoles: $(VENV)/dev.stamp $(MO) ## Run the tests of the core where consoles, files and names are not UTF-8
	@$(BIN)/python -m tests.consoles $(PYTEST)

# The last release that runs on the Node.js of Debian 12 (18). No lock file: it would name the host of a registry.
markdownlint: node_modules/markdownlint-cli2-0.17.2 ## Install the linter of Markdown, which needs npm, for the tests that use it

node_modules/markdownlint-cli2-%:
	@npm install --silent --no-save --no-package-lock --no-audit --no-fund --prefix . markdownlint-cli2@$* >&2
	@touch $@

# In an environment of its own, since pip-tools brings its own pip. Nothing in the file says where a package comes from.
HASHES := .ci/requirements.txt
hashes: constraints.txt pyproject.toml ## Write .ci/requirements.txt anew: what CI installs, with the hashes that the index has
	@$(PYTHON) -m venv --clear build/hashes >&2
	@build/hashes/bin/python -m pip --disable-pip-version-check -qq install pip-tools==7.6.2 >&2
	@{ echo "# Written by make hashes from pyproject.toml and constraints.txt: what runs elo and builds it, and nothing else."; \
	  build/hashes/bin/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras --constraint constraints.txt \
	    --no-header --no-annotate --no-emit-index-url --no-emit-find-links --no-emit-options --no-emit-trusted-host \
	    --build-deps-for wheel --output-file - pyproject.toml; } > $(HASHES).new
	@mv $(HASHES).new $(HASHES)

# Tools that bring much of their own, each in an environment apart from elo's.
TOOLS := build/tools
TOOLPIP = $(TOOLS)/bin/python -m pip --disable-pip-version-check -qq

$(TOOLS)/stamp: Makefile
	@$(PYTHON) -m venv --clear $(TOOLS) >&2
	@$(TOOLPIP) install uv==0.13.9 twine==6.2.0 cyclonedx-bom==7.2.1 >&2
	@touch $@

# The lowest versions that pyproject.toml allows of what elo names itself: a floor that nobody has stood on is a guess.
FLOOR := build/floor
floors: $(TOOLS)/stamp $(MO) ## Run the tests of the core with the oldest dependencies that pyproject.toml allows
	@$(TOOLS)/bin/uv -q venv --clear --python $(PYTHON) $(FLOOR) >&2
	@VIRTUAL_ENV=$(FLOOR) $(TOOLS)/bin/uv -q pip install --compile-bytecode --resolution lowest-direct -e '.[dev]' >&2
	@$(FLOOR)/bin/python -m pytest -n auto $(or $(PYTEST),tests/model tests/store tests/checks tests/tracking tests/render tests/commands)

# Programs that read what elo writes, each installed apart in build/ecosystem from the indexes of packages: minutes, and by hand.
ecosystem: $(VENV)/dev.stamp $(TOOLS)/stamp $(MO) ## Let other programs read what elo writes: validators, editors, databases, browsers
	@$(BIN)/python -m pytest --quiet -rN tests/ecosystem $(PYTEST)

# What docs/releasing.md publishes: built twice to the same bytes, checked, installed from a folder, its contents listed.
RELEASE := build/release
release: $(VENV)/dev.stamp $(TOOLS)/stamp ## Build, check and describe a release in dist/; docs/releasing.md says the rest
	@rm -rf dist $(RELEASE)
	@export SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) && $(BIN)/python -m build --no-isolation >&2 && \
	  $(BIN)/python -m build --no-isolation --wheel --outdir $(RELEASE)/again >&2
	@cmp dist/*.whl $(RELEASE)/again/*.whl
	@$(TOOLS)/bin/twine check --strict dist/*.whl dist/*.tar.gz >&2
	@$(PYTHON) -m venv $(RELEASE)/environment >&2
	@$(RELEASE)/environment/bin/python -m pip --disable-pip-version-check -qq install --require-hashes -r $(HASHES) >&2
	@$(RELEASE)/environment/bin/python -m pip --disable-pip-version-check -qq install --no-index --no-deps --find-links dist strategy-elo >&2
	@$(RELEASE)/environment/bin/elo status --data data >/dev/null
	@$(TOOLS)/bin/cyclonedx-py environment --output-reproducible --output-file dist/elo.cdx.json $(RELEASE)/environment/bin/python >&2
	@cd dist && sha256sum *.whl *.tar.gz *.json | tee SHA256SUMS

wheel: $(VENV)/dev.stamp ## Build the wheel and the sdist into dist/
	@$(BIN)/python -m build --no-isolation

clean: ## Remove what make has made
	@rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis $(MO)
