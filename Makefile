# The two commands: `make run` (sets up, does the main job) and `make test` (sets up, passes every test).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PO := resources/locale/zh_CN/LC_MESSAGES/xiangtu.po
MO := $(PO:.po=.mo)
DEMO ?= out/demo

# What a test or a command imports is compiled once, not by every process it starts.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: pictures setup run test lint soak journey floor bench peers accuracy lock clean

setup: $(READY) $(MO)

$(READY): requirements.lock pyproject.toml setup.py setup.sh
	@PYTHON="$(PYTHON)" sh setup.sh $(VENV)
	@touch $@

# Not by pybabel: it refuses %r of argparse's messages translated with %s.
$(MO): $(PO) | $(READY)
	@$(BIN)/python -c 'import sys; from pathlib import Path; from crm.i18n import compiled_catalogue as compiled; \
		Path(sys.argv[2]).write_bytes(compiled(Path(sys.argv[1])))' $< $@

run: setup
	$(BIN)/xiangtu demo --folder $(DEMO)

lint: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy -n 2
	PYTHONPATH=. $(BIN)/lint-imports --no-cache

test: lint
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n 2 --dist loadgroup --cov --cov-report=term:skip-covered -q

soak: setup
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -m soak -q

# One whole journey in a real window; needs apt-get install xvfb openbox xdotool. Its pictures: out/journey.
journey: setup
	$(BIN)/python -m pytest -m screen -q

# The window with the oldest PySide6 that pyproject.toml allows, in an environment of its own.
FLOOR := 6.8.3
floor: setup
	$(BIN)/python -m venv .bench/floor
	awk '/^(pyside6|shiboken6)/ {skip = 1; next} /^[a-z]/ {skip = 0} !skip' requirements.lock > .bench/floor/rest.lock
	.bench/floor/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r .bench/floor/rest.lock
	.bench/floor/bin/python -m pip install --quiet --disable-pip-version-check --no-deps \
		pyside6==$(FLOOR) pyside6-essentials==$(FLOOR) pyside6-addons==$(FLOOR) shiboken6==$(FLOOR)
	QT_QPA_PLATFORM=offscreen .bench/floor/bin/python -m pytest tests/ui -q
	QT_QPA_PLATFORM=offscreen .bench/floor/bin/python main.py demo --folder out/floor

bench: setup
	$(BIN)/python -m bench

# What `make bench` compares with, in an environment of its own: never in the lock (decisions 43).
peers: setup
	$(BIN)/python -m venv .bench/peers
	.bench/peers/bin/python -m pip install --quiet pandas openpyxl

accuracy: setup
	$(BIN)/python -m bench.accuracy

# Every picture of the README, made anew.
pictures: setup
	$(BIN)/xiangtu demo --folder $(DEMO) --no-window
	$(BIN)/python -m tests.make_pictures $(DEMO)

lock: $(READY)
	$(BIN)/python -m pip install --quiet pip-tools
	$(BIN)/pip-compile --quiet --upgrade --generate-hashes --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
		--no-header --extra dev --strip-extras --allow-unsafe -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) out build *.egg-info $(MO)
