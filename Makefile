# Hexi 河西. `make help` lists the verbs. A machine needs Python 3.11+ and make, nothing else:
# everything is installed under this folder and nothing asks for root.

VENV ?= .venv
JOBS ?= 2
# files of tests/browser, where not all are wanted
PAGES ?=
BENCH_VENV = build/bench-venv
DOCS_VENV = build/docs-venv
VTL_VENV = build/vtl-venv
THETA_VENV = build/theta-venv
MCDM_VENV = build/mcdm-venv
COMPLEXITY_VENV = build/complexity-venv
ENGINES_VENV = build/engines-venv
BIN = $(VENV)/bin
# neighbours stay on one worker, so what a file sets up is set up once; idle workers take from the end
PYTEST = $(BIN)/pytest -n $(JOBS) --dist worksteal

# A stamp says which lock file an environment was last made from; it is older than the lock only
# when the lock changed, so a second `make` does nothing.
RUN = $(VENV)/.hexi-run
DEV = $(VENV)/.hexi-dev
FRONTEND = $(VENV)/.hexi-frontend
BENCH = $(BENCH_VENV)/.hexi-bench
DOCS = $(DOCS_VENV)/.hexi-docs
VTL = $(VTL_VENV)/.hexi-vtl
THETA = $(THETA_VENV)/.hexi-theta
MCDM = $(MCDM_VENV)/.hexi-mcdm
COMPLEXITY = $(COMPLEXITY_VENV)/.hexi-complexity
ENGINES = $(ENGINES_VENV)/.hexi-engines

.DEFAULT_GOAL := help
.PHONY: help up test fast lint format bench docs reference browser postgres ocr vtl engines lock clean

help: ## 列出全部命令 / list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: $(RUN) $(FRONTEND) ## 建好环境并打开门户 / set up, load the gansu pack, serve the portal on localhost:8000
	@HEXI_HOME="$${HEXI_HOME:-$(CURDIR)/var}" $(BIN)/hexi up

test: $(DEV) $(FRONTEND) ## 全部测试，不含浏览器和 PostgreSQL / every test that needs no browser and no PostgreSQL
	$(PYTEST) -m "not browser and not postgres"

fast: $(DEV) ## 快速测试 / the tests that take no more than a second or two each
	$(PYTEST) -m "not slow and not browser and not postgres"

lint: $(DEV) ## 规范、类型、分层 / style, types, floors
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	HEXI_HOME=build/lint-home $(BIN)/mypy
	$(BIN)/lint-imports

format: $(DEV) ## 按规范改写 / let ruff put files in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(BENCH) $(VTL) $(THETA) $(MCDM) $(COMPLEXITY) ## 各项指标的实测 / measure the claims of benchmarks/, beside a peer
	$(BENCH_VENV)/bin/python benchmarks/bench_all.py

docs: $(DOCS) $(DEV) reference ## 文档网站到 site/ / build the documentation into site/
	$(DOCS_VENV)/bin/sphinx-build -q -W --keep-going -b html docs site

reference: $(DEV) ## 由代码重写 docs/reference / write docs/reference afresh from the code
	$(BIN)/python tools/reference.py

browser: $(DEV) $(FRONTEND) ## 在 Chromium 中测试页面 / test the pages in Chromium
	@sh tools/chromium.sh >/dev/null
	HEXI_CHROMIUM="$$(sh tools/chromium.sh)" $(PYTEST) -m browser $(PAGES)

postgres: $(DEV) $(FRONTEND) ## 状态测试，用 HEXI_DATABASE_URL 的库 / state tests on the PostgreSQL of HEXI_DATABASE_URL
	@case "$$HEXI_DATABASE_URL" in postgres*) ;; *) \
	  echo "HEXI_DATABASE_URL: postgresql://user:password@host:port/name" >&2; exit 2 ;; esac
	$(PYTEST) -m "not browser and not slow or postgres" tests/portal tests/warehouse/test_manifest.py

ocr: $(RUN) ## 安装文字识别（扫描件） / add text recognition, for scanned pages
	@sh tools/environment.sh $(VENV) ocr

vtl: $(VTL) ## 安装 VTL 引擎（审核规则的对照） / add the VTL engine that checking is compared with, apart

engines: $(ENGINES) ## 在每种计算引擎上测试统计 / test statistics on DuckDB, ClickHouse and Spark (needs Java 17)
	$(ENGINES_VENV)/bin/pytest -n 0 tests/warehouse/test_engines.py \
	  tests/statistics/indicators/test_engines.py tests/statistics/checking/test_in_warehouse.py
	# the corpus and random rules take a second a case on a cluster: the engines in process have them
	$(ENGINES_VENV)/bin/pytest -n 0 -m "not slow" tests/statistics/checking

lock: ## 重新锁定依赖（UPGRADE=1 升级） / write the lock files (UPGRADE=1 renews versions)
	sh tools/lock.sh
	npm install --package-lock-only --ignore-scripts --no-audit --no-fund

clean: ## 删除环境和构建物，保留 var/ / remove what make made; var/ stays
	rm -rf $(VENV) build site node_modules src/hexi/portal/static/vendor \
	  .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

$(RUN): requirements/run.lock pyproject.toml tools/environment.sh
	@sh tools/environment.sh $(VENV) run
	@touch $@

$(DEV): requirements/dev.lock pyproject.toml tools/environment.sh
	@sh tools/environment.sh $(VENV) dev
	@touch $@ $(RUN)

$(FRONTEND): package-lock.json tools/frontend.sh | $(VENV)/bin/python
	@sh tools/frontend.sh $(VENV)
	@touch $@

$(VENV)/bin/python:
	@$(MAKE) --no-print-directory $(RUN)

$(BENCH): requirements/bench.lock pyproject.toml tools/environment.sh
	@sh tools/environment.sh $(BENCH_VENV) bench
	@touch $@

$(ENGINES): requirements/engines.lock pyproject.toml tools/environment.sh
	@sh tools/environment.sh $(ENGINES_VENV) engines
	@touch $@

$(VTL): requirements/vtl.lock tools/environment.sh
	@sh tools/environment.sh $(VTL_VENV) vtl
	@touch $@

$(THETA): requirements/theta.lock tools/environment.sh
	@sh tools/environment.sh $(THETA_VENV) theta
	@touch $@

$(COMPLEXITY): requirements/complexity.lock tools/environment.sh
	@sh tools/environment.sh $(COMPLEXITY_VENV) complexity
	@touch $@

$(MCDM): requirements/mcdm.lock tools/environment.sh
	@sh tools/environment.sh $(MCDM_VENV) mcdm
	@touch $@

$(DOCS): requirements/docs.lock tools/environment.sh
	@sh tools/environment.sh $(DOCS_VENV) docs
	@touch $@
