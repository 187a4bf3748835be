# Two commands matter: `make demo` and `make test`. Each installs what it needs first.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
export CCACHE_NOHASHDIR := 1
export CCACHE_BASEDIR := $(CURDIR)
PYTHON := /usr/bin/python3
SOURCES = $(shell git ls-files '*.cpp' '*.hpp')
build_preset = cmake --preset $(1) >build/$(1)-configure.log || { cat build/$(1)-configure.log; \
	exit 1; }; cmake --build --preset $(1) $(if $(2),--target $(2))

.PHONY: help setup web guide demo demo-once test check tsan bench tidy format format-check fuzz dev release clean

help:
	@sed -n 's/^## //p' Makefile

## make setup      install every package of packages.txt (Debian, npm)
setup:
	@setup/install_packages.sh

## make web        the web application, in build/web/pages
web: setup
	@setup/build_web.sh

## make guide      the pictures of docs/guide, from the screens as they are
guide: release web
	@setup/guide_pictures.sh

dev: setup
	@$(call build_preset,dev)

## make release    the three programs that a town installs, in build/release
release: setup
	@$(call build_preset,release,programs)

## make demo       build and start everything, fill in a town, show a door opening, stay up
demo: release web
	@$(PYTHON) examples/demo.py --build build/release --out build/demo

## make demo-once  the same chain, scripted; exits 0 when the door opened
demo-once: release web
	@$(PYTHON) examples/demo.py --build build/release --out build/demo --once

## make check      quick: build and unit tests (under 3 minutes with a warm cache)
check: setup web
	@$(call build_preset,release)
	@ctest --test-dir build/release --output-on-failure -j2 \
		-LE '^(system|race|fault)$$' -E '^door-agent-(agent|boards|kill|notify)$$|^signer_(keys|serve)|^browser_test$$'

## make test       everything but the long benchmarks, sanitizers included
test: format-check web dev fuzz
	@$(call build_preset,release,optimised)
	@ctest --test-dir build/dev --output-on-failure -j3 -LE '^(system|race|fault|web)$$'
	@ctest --test-dir build/release --output-on-failure -j2 -L '^(system|race|fault|lint|web)$$'

## make fuzz       each fuzz target for a bounded number of runs over its corpus (clang 19)
fuzz: setup
	@tests/fuzz/run.sh

## make tsan       what has several threads, under the thread sanitizer (10 minutes and the build)
# Its map of the address space does not fit every layout that a kernel may draw.
tsan: setup
	@$(call build_preset,$@)
	@$$(setarch -R true 2>/dev/null && echo setarch -R) ctest --preset tsan -j2

## make bench      ratios against the bare libraries, one table; exits 1 past a target
bench: setup web
	@$(call build_preset,release,bench)
	@$(PYTHON) tests/bench/run.py --build build/release
	@$(PYTHON) -B tests/web/speed.py

## make tidy       clang-tidy over what changed since it was found clean (the first time: all, long)
tidy: setup
	@cmake --preset tidy >build/tidy-configure.log || { cat build/tidy-configure.log; exit 1; }
	@tests/lint/tidy.py

## make format     clang-format over every source file
format: setup
	@clang-format-19 -i $(SOURCES)

format-check: setup
	@clang-format-19 --dry-run -Werror $(SOURCES)

clean:
	rm -rf build
