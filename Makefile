# Everything a person does with the source tree. `make` alone lists it. Every target prepares `.venv/` itself.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
LOCKS := packaging/requirements.txt packaging/requirements-dev.txt
# No question is asked, and nothing is taken whose hash the lock files don't know.
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
INSTALL_LOCKED := $(PIP) install --quiet --require-hashes --only-binary=:all:
# The oldest supported Python comes first: it is the one the product is developed and tested on.
PYTHONS := python3.11 python3.12 python3.13 python3
JOBS ?= 2
OFFSCREEN := QT_QPA_PLATFORM=offscreen
ON_LINUX := [ "$$(uname -s)" = Linux ]
HAS_DISPLAY := [ -n "$${DISPLAY:-}$${WAYLAND_DISPLAY:-}" ]

.PHONY: help setup run test test-all lint gallery bench wheel freeze lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## prepare .venv/ with the locked packages; does nothing when it is up to date
	@:

$(READY): pyproject.toml $(LOCKS) packaging/check_system.py
	@for candidate in $(PYTHON) $(PYTHONS); do \
	  if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then found="$$candidate"; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then echo "Chipscape needs Python 3.11 or newer: please install it, then try again." >&2; exit 1; fi; \
	"$$found" packaging/check_system.py && \
	{ [ -x $(BIN)/python ] && $(BIN)/python -c '' 2>/dev/null || "$$found" -m venv --clear $(VENV); }
	@echo "Preparing $(VENV)/ with the locked packages; the first time takes a minute."
	@$(INSTALL_LOCKED) $(addprefix -r ,$(LOCKS))
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

run: setup ## start Chipscape; without a display, render its screens to build/gallery/ instead
	@if $(ON_LINUX) && ! $(HAS_DISPLAY); then \
	  echo "There is no display here, so Chipscape's screens are rendered to build/gallery/ instead of being shown."; \
	  $(MAKE) gallery; \
	else \
	  $(BIN)/python packaging/check_system.py --screen && $(BIN)/chipscape; \
	fi

test: lint ## check style, types and layers, then run the tests
	$(OFFSCREEN) $(BIN)/pytest -n $(JOBS)

test-all: lint ## the same with the slow tests
	$(OFFSCREEN) $(BIN)/pytest -n $(JOBS) -m "slow or not slow"

lint: setup ## check style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

gallery: setup ## render every screen and every figure to build/gallery/
	$(OFFSCREEN) $(BIN)/python -m chipscape_desktop.gallery build/gallery

bench: setup ## measure against the budgets and their baselines; prints JSON
	@$(OFFSCREEN) $(BIN)/chipscape-cli bench

wheel: setup ## build dist/chipscape-*.whl
	@rm -rf dist/*.whl
	$(PIP) wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

freeze: setup ## build dist/chipscape/, a folder that runs without Python
	@DISPLAY=:0 $(BIN)/python packaging/check_system.py --screen  # the folder takes the display's libraries along
	$(INSTALL_LOCKED) -r packaging/requirements-freeze.txt
	$(BIN)/pyinstaller --noconfirm --log-level WARN --workpath build/freeze --distpath dist packaging/chipscape.spec
	@dist/chipscape/chipscape-cli figures >/dev/null
	@echo "dist/chipscape/ is ready; its two programs are chipscape and chipscape-cli."

build/lock/bin/uv:
	$(BIN)/python -m venv build/lock
	build/lock/bin/python -m pip --disable-pip-version-check install --quiet uv

lock: setup build/lock/bin/uv ## write the lock files anew from pyproject.toml; UPGRADE=1 takes newer versions too
	$(BIN)/python packaging/lock.py build/lock/bin/uv $(if $(UPGRADE),--upgrade)

clean: ## remove everything that was made, .venv/ too
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find desktop db resources tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
