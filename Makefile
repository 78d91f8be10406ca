# Một lệnh cho mỗi việc. Chỉ cần Linux, Python 3.11 trở lên và kho gói PyPI, npm; không cần Docker hay cơ sở dữ liệu có sẵn.

PYTHON ?= python3
PORT ?= 8000
WORKERS ?= 2
VENV := .venv
PY := $(VENV)/bin/python
# With require-hashes every package is checked against the lock; pip may say that a newer pip exists, which is no matter.
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
# The services only, for what needs a database beside no running stack.
WITH_SERVICES := $(PY) manage.py stack --root var/check run --
LOCK := $(VENV)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

.DEFAULT_GOAL := help
.PHONY: help setup assets messages demo test check bench shots lock clean

help: ## Danh sách lệnh
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /make \1|/' | while IFS='|' read -r name text; do printf '  %-15s %s\n' "$$name" "$$text"; done

setup: $(VENV)/dev.stamp assets messages ## Cài mọi thứ để phát triển

assets: $(VENV)/demo.stamp ## Dựng giao diện từ static/ và các gói npm
	@$(PY) -m tools.assets

messages: $(VENV)/demo.stamp ## Biên dịch bản dịch
	@$(PY) -m tools.messages compile

demo: $(VENV)/demo.stamp assets messages ## Chạy bản minh hoạ ở cổng 8000 (PORT=… để đổi); Ctrl-C để dừng
	@$(PY) manage.py stack --root var/demo --port $(PORT) --demo

test: $(VENV)/dev.stamp assets messages ## Chạy mọi kiểm thử (ARGS=… để chọn, WORKERS=0 để chạy lần lượt)
	@sh tools/chromium.sh
	$(PY) -m pytest --numprocesses $(WORKERS) --dist loadfile $(ARGS)

check: $(VENV)/dev.stamp assets messages ## Kiểm tra mã nguồn, kiểu, kiến trúc, mẫu trang, bản dịch, cấu hình
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/mypy .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint templates --quiet --lint
	$(PY) -m tools.messages check
	$(WITH_SERVICES) $(PY) manage.py makemigrations --check --dry-run
	sh deploy/check_production.sh $(PY)
	@if docker compose version >/dev/null 2>&1; then docker compose --env-file .env.example config --quiet; \
	else echo 'docker compose: không có trên máy này, bỏ qua'; fi

bench: $(VENV)/dev.stamp assets messages ## Đo tốc độ (ARGS=… để chọn)
	@sh tools/chromium.sh
	$(PY) manage.py stack --root var/bench run -- $(PY) -m benchmarks $(ARGS)

shots: $(VENV)/dev.stamp assets messages ## Chụp mọi trang vào shots/ (ARGS=--readme: cả ảnh của README)
	@sh tools/chromium.sh
	$(PY) -m tools.shots $(ARGS)

lock: $(VENV)/dev.stamp ## Khoá lại phiên bản các gói
	cd requirements && ../$(LOCK) base.in -o base.txt
	cd requirements && ../$(LOCK) -c base.txt demo.in -o demo.txt
	cd requirements && ../$(LOCK) -c demo.txt dev.in -o dev.txt

clean: ## Xoá mọi thứ dựng lại được (giữ dữ liệu trong var/)
	rm -rf $(VENV) node_modules assets staticfiles .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# dev.txt holds everything of demo.txt in the same versions.
$(VENV)/dev.stamp: requirements/dev.txt | $(PY)
	$(INSTALL) $<
	@touch $(VENV)/demo.stamp $@

$(VENV)/demo.stamp: requirements/demo.txt | $(PY)
	$(INSTALL) $<
	@touch $@

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo 'Cần Python 3.11 trở lên; đặt PYTHON=python3.x nếu máy có nhiều bản.' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || { echo 'Python thiếu venv: cài gói python3-venv của hệ điều hành.' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
