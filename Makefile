# The two commands: `make run` (sets up, does the main job) and `make test` (sets up, passes every test).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup run test lint bench catalogue lock clean

setup: $(READY)

$(READY): requirements.lock pyproject.toml setup.sh resources/locale/zh_CN/LC_MESSAGES/xiangtu.po
	@PYTHON="$(PYTHON)" sh setup.sh $(VENV)
	@touch $@

run: setup
	$(BIN)/xiangtu demo --folder out/demo --no-window

test: setup lint
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --cov --cov-report=term:skip-covered -q

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

bench: setup
	$(BIN)/python -m bench

catalogue: setup
	$(BIN)/python -m tests.catalogue

lock:
	$(BIN)/python -m pip install -q pip-tools
	$(BIN)/pip-compile -q --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-header --extra dev --strip-extras --allow-unsafe -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) out build *.egg-info
