# The commands of a checkout. People without make: the README gives the pip lines.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Python compiles a module when it is first imported: of all that is installed few are.
PIP := $(BIN)/python -m pip install --quiet --quiet --disable-pip-version-check --no-compile --constraint constraints.txt

.PHONY: digest test test-all check lint types docs reference picture golden install clean

digest: $(VENV)/.base
	$(BIN)/yoyak digest seeds/ -o out/

test: $(VENV)/.test
	$(BIN)/python -m pytest

# With what takes long or needs more: [ray], [train] (fitting models anew), [docs] (each page of the site) and
# [transformers], which brings gigabytes of torch.
test-all: $(VENV)/.all
	$(BIN)/python -m pytest --all

check: lint types test-all docs

# The command on the path of the shell, by uv where it is, else by pipx; the second line of each adds the
# folder of such commands to the path where it is not on it (a new shell sees that).
install:
	if command -v uv >/dev/null; then \
	uv tool install --force --constraints constraints.txt --editable . && uv tool update-shell; \
	else pipx install --force --pip-args '--constraint constraints.txt' --editable . && pipx ensurepath; fi

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.all
	$(BIN)/mypy

docs: $(VENV)/.test $(VENV)/.docs
	$(BIN)/python tests/check_docs.py
	NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --quiet

# The pages that come out of the code: commands, settings, schemas.
reference: $(VENV)/.test
	$(BIN)/python -m tests.reference

# The picture of the README, taken by Chromium.
picture: $(VENV)/.base
	$(BIN)/python -m tests.picture docs/digest.png

# Golden files of the digest, written anew: look at the difference before you commit it.
golden: $(VENV)/.test
	YOYAK_GOLDEN=write $(BIN)/python -m pytest tests/test_writers.py -k as_it_was

clean:
	rm -rf $(VENV) out dist site

# The pip that Python 3.11 brings stops at two packages that ask for one extra of lxml in two spellings.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --quiet --upgrade pip

# The stamps keep a second call from installing anything; what has more than another counts for it, too.
$(VENV)/.base: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[test]'
	touch $(VENV)/.base $@

$(VENV)/.docs: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[docs]'
	touch $(VENV)/.base $@

$(VENV)/.all: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable '.[test,docs,ray,train,sklearn,transformers]'
	touch $(VENV)/.base $(VENV)/.test $(VENV)/.docs $@
