# Two commands: `make run` and `make test`. Everything else is for those who change the code.
# Only relative paths: the clone may stand in a folder with a space in its name.
PORT ?= 8000
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
PY = .venv/bin/python
WORKERS ?= 2

.PHONY: help run test check lint lock demo bench messages schema clean
help:
	@echo "make run [PORT=8000]   install, load the demo once, start the site and the worker"
	@echo "make test              every test, the browser journeys included"
	@echo "make check             the linters, then the tests: what CI asks for"
	@echo "make bench             what each list and search costs, with the plan of the slowest query"
	@echo "make demo SCALE=100000 fill a database in bulk (DATABASE_URL says which)"
	@echo "make messages | schema | lock   make the generated files again"

.venv/made:
	@test -n "$(PYTHON)" || { echo "Customer Lab needs Python 3.11 or newer: install it, or say PYTHON=/path/to/python3.11"; exit 1; }
	@echo "Making the virtual environment ($(PYTHON)) …"
	@$(PYTHON) -m venv .venv
	@touch .venv/made

.venv/site: .venv/made requirements.lock
	@echo "Installing what the site needs (a minute or two, the first time) …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@touch .venv/site

.venv/dev: .venv/made requirements-dev.lock
	@echo "Installing what the tests need …"
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch .venv/dev .venv/site

run: .venv/site
	@exec $(PY) manage.py up --port $(PORT)

test: .venv/dev
	@$(PY) -m tests.browser
	@$(PY) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: .venv/dev
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m importlinter.cli lint 2>/dev/null || .venv/bin/lint-imports
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py messages --check
	$(PY) manage.py openapi --check
	$(PY) -m tests.deploy_check

check: lint test

demo: .venv/site
	$(PY) manage.py migrate --no-input
	$(PY) manage.py demo $(if $(SCALE),--scale $(SCALE))

bench: .venv/site
	$(PY) manage.py bench

messages: .venv/site
	$(PY) manage.py messages

schema: .venv/site
	$(PY) manage.py openapi

lock: .venv/dev
	$(PY) -m pip install --quiet uv
	$(PY) -m uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements.txt -o requirements.lock
	$(PY) -m uv pip compile --quiet --python-version 3.11 --universal --generate-hashes --no-emit-index-url --custom-compile-command "make lock" requirements-dev.txt -o requirements-dev.lock

clean:
	rm -rf .venv var staticfiles
