# Everything a person types. Needs Python 3.11 or newer and make; the rest is installed into .venv.
.DEFAULT_GOAL := help
.PHONY: help run test test-unit check bench bench-editor bench-engines bench-interchange bench-sequences bench-team lock messages clean

PORT ?= 8000
DATA ?= $(CURDIR)/.data
VENV := .venv
PY := $(VENV)/bin/python

export PYTHONUNBUFFERED := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Without compiled modules each process that starts compiles them anew: a dozen for a site, hundreds for the tests.
unexport PYTHONDONTWRITEBYTECODE

help: ## Show what can be made
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 20

run: $(VENV)/.run ## Start Annotator here: make run PORT=8000 DATA=.data
	@exec env ANNOTATOR_DATA="$(abspath $(DATA))" $(PY) manage.py up --port $(PORT)

test: $(VENV)/.dev ## Run all tests, on servers and a browser of their own
	@$(PY) -m pytest -n 2 --dist worksteal -m "not browser and not slow"
	@$(PY) -m pytest -m "browser or slow"
	@$(VENV)/bin/node --test "tests/js/**/*.test.js"

test-unit: $(VENV)/.dev ## Run the quick part of the tests
	@$(PY) -m pytest -n 2 --dist worksteal -m "not browser and not slow"

check: $(VENV)/.dev node_modules/.done ## Run every checker
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/mypy annotator articles tests bench client
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py spectacular --validate --fail-on-warn --file /dev/null
	$(VENV)/bin/node node_modules/@biomejs/biome/bin/biome ci --colors=off --diagnostic-level=error static tests/js
	$(VENV)/bin/node node_modules/typescript/bin/tsc --project tsconfig.json

bench: $(VENV)/.dev ## Measure speed and memory
	@$(PY) -m bench

bench-editor: $(VENV)/.dev ## Measure the editor in a browser
	@$(PY) -m bench.editor

bench-engines: $(VENV)/.dev ## Measure the engines, or PARTS of them: spacy gazetteer ...
	@$(PY) -m bench.engines $(PARTS)

bench-interchange: $(VENV)/.dev ## Measure imports and exports
	@$(PY) -m bench.interchange

bench-team: $(VENV)/.dev ## Measure the work of a team, or PARTS of it: agreement load
	@$(PY) -m bench.team $(PARTS)

bench-sequences: $(VENV)/.dev ## Hold random work in two tabs against the server
	@$(PY) -m bench.sequences

EXTRACT = manage.py makemessages -l ru -l kk --no-location --no-obsolete --no-wrap \
	--ignore=.venv --ignore=node_modules --ignore=tests --ignore=bench
messages: $(VENV)/.dev ## Gather the sentences to translate, and compile the translations (needs gettext)
	@$(PY) manage.py gather_sentences
	@$(PY) $(EXTRACT) --ignore=static
	@$(PY) $(EXTRACT) --domain=djangojs
	@$(PY) manage.py compilemessages --ignore=.venv --ignore=node_modules

lock: $(VENV)/.dev ## Renew the lock files after a change of pyproject.toml or package.json
	$(PY) -m pip install --quiet uv
	$(VENV)/bin/uv pip compile pyproject.toml --extra en --extra formats --extra embedded $(LOCK) -o requirements.lock
	$(VENV)/bin/uv pip compile pyproject.toml --extra en --extra formats --extra embedded --extra dev $(LOCK) -o requirements-dev.lock
	rm -rf node_modules package-lock.json
	PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/npm install --package-lock-only --silent
	sed -i.bak '/"resolved": /d' package-lock.json && rm package-lock.json.bak
LOCK := --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --no-annotate --quiet

clean: ## Remove what was installed and built; data stays
	rm -rf $(VENV) node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/bin/python:
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if command -v $$python >/dev/null 2>&1 && $$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then \
	    echo "Making $(VENV) with $$($$python --version) ..."; \
	    $$python -m venv $(VENV) || { rm -rf $(VENV); echo "Python has no venv module. On Debian or Ubuntu: apt-get install python3-venv"; exit 1; }; \
	    exit 0; \
	  fi; \
	done; echo "Annotator needs Python 3.11, 3.12 or 3.13 on the PATH."; exit 1

# A lock file that is newer than the mark installs again.
$(VENV)/.run: $(VENV)/bin/python requirements.lock
	@echo "Installing what Annotator needs (a minute or two, once) ..."
	@$(PY) -m pip install --quiet --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements-dev.lock
	@echo "Installing what tests and checks need (a minute or two, once) ..."
	@$(PY) -m pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.run

# Not "npm ci": it insists on the builds for every other system, which a registry need not have.
node_modules/.done: $(VENV)/.dev package-lock.json
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" $(VENV)/bin/npm install --no-save --ignore-scripts --silent --no-audit --no-fund
	@touch $@
