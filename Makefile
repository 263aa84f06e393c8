# The two commands: `make run` and `make test`. Everything else serves them.
PYTHON ?= python3
PORT ?= 8000
DEMO ?= 1
VENV := .venv
BIN := $(VENV)/bin
WORKERS ?= 2
EACH ?= 3

.PHONY: run test deploy-test faults mutants bench audit messages screenshots format lint clean

run: $(VENV)/runtime.stamp
	@DEBUG=1 DEMO=$(DEMO) PORT=$(PORT) $(BIN)/python manage.py prepare_site --serve-meanwhile
	@export DEBUG=1; \
	$(BIN)/gunicorn config.wsgi --bind 127.0.0.1:$(PORT) --worker-class config.worker.Worker --workers 2 --threads 8 --timeout 120 --log-level warning & web=$$!; \
	$(BIN)/python manage.py worker --only default --verbosity 0 & worker=$$!; \
	$(BIN)/python manage.py worker --only proofs --without-due --verbosity 0 & proofs=$$!; \
	trap 'stopped=1; kill $$web $$worker $$proofs 2>/dev/null' INT TERM; \
	wait $$web; status=$$?; kill $$worker $$proofs 2>/dev/null; wait; [ -n "$$stopped" ] || exit $$status

# Every process of the suite would compile the product anew where the environment forbids to keep what is compiled.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(VENV)/development.stamp
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder

deploy-test: $(VENV)/development.stamp
	$(BIN)/python -m tests.operation.deployment

mutants: $(VENV)/development.stamp
	nice $(BIN)/python -m tests.mutation $(if $(SINCE),--since $(SINCE)) --each $(EACH) $(FILES)

bench: $(VENV)/development.stamp
	@for name in estimation frame_import question_pages respondents dashboard mailing office_lists; do echo "== $$name"; DEBUG=1 $(BIN)/python -m benchmarks.$$name || exit 1; done

faults: $(VENV)/development.stamp
	$(BIN)/python -m benchmarks.faults $(if $(ONLY),--only $(ONLY)) $(if $(FULL),--full)

# Advisories are on the network alone, and a version that is not found there passes for sound: --strict says so.
audit: $(VENV)/audit.stamp
	$(VENV)/audit/bin/bandit --quiet -lll --recursive config survey deploy manage.py
	@if $(BIN)/python -c 'import urllib.request; urllib.request.urlopen("https://pypi.org/pypi/Django/$(shell sed -n 's/^Django==//p' requirements.txt)/json", timeout=20)' 2>/dev/null; then \
		for list in requirements.txt requirements-machines.txt requirements-ldap.txt; do $(VENV)/audit/bin/pip-audit --strict --disable-pip --no-deps --requirement $$list || exit 1; done; \
	else echo "NOT COMPARED: pypi.org is out of reach, or a mirror without these versions, so whether they have known weaknesses is not known."; fi

messages: $(VENV)/development.stamp
	DEBUG=1 $(BIN)/python manage.py makemessages --locale zh_Hans --locale en --no-location --no-obsolete --ignore .venv --ignore var --ignore tests --ignore docs
	msgen --output-file=locale/en/LC_MESSAGES/django.po locale/en/LC_MESSAGES/django.po
	DEBUG=1 $(BIN)/python manage.py compilemessages --ignore .venv

screenshots: $(VENV)/development.stamp
	$(BIN)/python -m docs.screenshots

format: $(VENV)/development.stamp
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

lint: $(VENV)/development.stamp
	$(BIN)/python -m pytest tests/test_quality.py

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || \
		{ echo "Tongdian needs Python 3.11, 3.12 or 3.13; name one with: make PYTHON=/path/to/python3 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "Could not make a virtual environment; on Debian install python3-venv."; exit 1; }

$(VENV)/runtime.stamp: requirements.txt | $(BIN)/python
	@echo "Installing what requirements.txt names ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/development.stamp: tests/requirements.txt requirements-machines.txt $(VENV)/runtime.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

# Apart from what the suite needs, which their own requirements would hold back.
$(VENV)/audit.stamp: tests/requirements-audit.txt | $(BIN)/python
	@$(BIN)/python -m venv $(VENV)/audit
	@$(VENV)/audit/bin/python -m pip install --quiet --disable-pip-version-check --requirement tests/requirements-audit.txt
	@touch $@

clean:
	rm -rf $(VENV) var
