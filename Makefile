# Two commands for a fresh machine with Python 3.11 or newer: `make run` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8001

.PHONY: run test check lint types layers evaluate lock browser clean

run: .make/run
	$(BIN)/distillwatch --home data/build/sample run --sample
	$(BIN)/distillwatch --home data/build/sample serve --port $(PORT)

test: .make/dev browser
	$(BIN)/pytest -q
	$(BIN)/pytest -q --doctest-modules --pyargs distillwatch

check: lint types layers

lint: .make/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .make/dev
	$(BIN)/mypy

layers: .make/dev
	$(BIN)/lint-imports

evaluate: .make/run
	@echo "== data/sample/labels"; $(BIN)/distillwatch evaluate data/sample/labels
	@for set in tests/gold/*/; do echo "== $$set"; $(BIN)/distillwatch --topic $$set evaluate $$set || exit 1; done

lock: .make/dev
	$(BIN)/pip install -q uv
	$(BIN)/uv pip compile pyproject.toml --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --custom-compile-command "make lock" -q -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--python-version 3.11 --custom-compile-command "make lock" -q -c requirements.lock -o requirements-dev.lock

# The marks are made anew whenever a lock changes, so a pull that moves a pin is followed by an install.
.make/run: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@mkdir -p .make && touch $@

.make/dev: requirements-dev.lock .make/run
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@mkdir -p .make && touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "distillwatch needs Python 3.11 or newer; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python has no venv module; on Debian: apt-get install python3-venv" >&2; exit 1; }

# The browser tests want Chromium. Where this machine lets us install it we do; elsewhere they skip and say why (and fail in CI).
browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		apt-get update -qq && apt-get install -y -qq chromium chromium-driver fonts-noto-cjk >/dev/null; \
	else echo "no Chromium here: the browser tests will skip"; fi

# The sample can be made again. What was collected from the web cannot: data/build keeps its archive.
clean:
	rm -rf $(VENV) .make build dist data/build/sample *.egg-info
