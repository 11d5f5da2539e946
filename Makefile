# Both targets make their own environment in .venv from constraints.txt.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test accuracy branches crash lock clean

.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "muster needs Python 3.11 to 3.13; this is %s. Try: make PYTHON=python3.11 ..." % sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: .venv/ready
	@$(BIN)/python -m tests.newsroom.demo

test: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# Two workers; a fixed seed, because both must meet the cases of a set in the same order.
	PYTHONHASHSEED=0 $(BIN)/python -m pytest -n 2 --dist loadfile --cov --cov-report=term --durations=10

accuracy: .venv/ready
	@$(BIN)/python -m tests.bench.accuracy

# Where every branch must be tried by the tests of that file: loading, the outbox, numbers, the address guard.
LOADING := load articles contents gather copies bands brought brought_article fetches rows claims habits rereading units
BRANCHES := $(LOADING:%=warehouse/%.py) warehouse/outbox.py extractors/numbers.py extractors/numerals.py flows/web/guard.py
BRANCH_TESTS := $(LOADING:%=tests/warehouse/test_%.py) tests/warehouse/test_outbox.py tests/extractors/test_numbers.py \
	tests/extractors/test_numerals.py tests/flows/web/test_guard.py
comma := ,
empty :=
branches: .venv/ready
	@$(BIN)/python -m pytest -q --cov --cov-branch --cov-report= $(wildcard $(BRANCH_TESTS))
	@$(BIN)/python -m coverage report --fail-under=100 --include=$(subst $(empty) $(empty),$(comma),$(BRANCHES))

crash: .venv/ready
	@# Every call that writes, killed or failed, two at a time; then a few with Prefect's server of their own. An hour
	@# or two. With RECORD=file a sweep that was cut off goes on. A sample of it is among the tests.
	@$(BIN)/python -m pytest -q -m long
	@$(BIN)/python -m tests.crash.harness --jobs 2 --double 25 $(if $(RECORD),--record $(RECORD))
	@$(BIN)/python -m tests.crash.harness --scenario news --kind kill --first 40 --every 60 --own-server
	@$(BIN)/python -m tests.crash.machine

lock: .venv/ready
	@(sed -n '/^#/p' constraints.txt; $(BIN)/python -m pip freeze --exclude-editable) > constraints.new && mv constraints.new constraints.txt

clean:
	rm -rf .venv .coverage .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
