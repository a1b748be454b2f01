# Workshop Builder: the commands of a working copy. `make` alone lists them.
# Paths are relative, so that a folder with a space in its name works too.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

bin := .venv/bin
# What the virtual environment and the tools are made from: a change of one sets up again.
sources := pyproject.toml constraints.txt scripts/setup scripts/fetch_body.py scripts/body_data.py scripts/body_source.py

.PHONY: help build test lint types check-fast stress bench pages figures figure-guide readme-pictures layout schemas clean

help: ## list these commands
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | expand -t 18

build: .tools/build.stamp ## set up what is missing, then make the sample workshop into dist/
	@$(bin)/workshop build workshop/ -o dist

test: lint types ## set up what is missing, then lint, types and all tests with the judges
	@$(bin)/pytest

lint: .tools/test.stamp ## ruff: faults and form of the Python files
	@$(bin)/ruff check --quiet
	@$(bin)/ruff format --quiet --check

types: .tools/test.stamp ## mypy, strict
	@$(bin)/mypy --no-error-summary

check-fast: lint types ## lint, types and the tests that are quick and ask no outside judge
	@$(bin)/pytest -m "not judge and not slow"

stress: .tools/test.stamp ## kills, refused calls, full disks …: a table of what held (KIND=kills ONLY=17)
	@PYTHONPATH=src:tests/support $(bin)/python -m stress $(KIND) $(ONLY)

bench: .tools/test.stamp ## measure the build and print a table (ROUNDS=1 for a quick look)
	@PYTHONPATH=tests/support $(bin)/python tests/bench.py $(ROUNDS)

pages: .tools/test.stamp build ## every page of the PDFs in dist/ as a picture in build/pages/
	@rm -rf build/pages
	@mkdir -p build/pages
	@for pdf in dist/*.pdf; do pdftocairo -png -r 100 "$$pdf" "build/pages/$$(basename "$$pdf" .pdf)"; done
	@ls build/pages

figures: .tools/build.stamp ## every figure of the sample, large, small, grey and ink-saver: build/figures/index.html
	@$(bin)/python scripts/figures.py $(or $(SOURCE),workshop) build/figures

figure-guide: .tools/build.stamp ## docs/gallery.md and the pictures of docs/figures.md, drawn anew
	@$(bin)/python scripts/figure_guide.py
	@$(bin)/python scripts/gallery_page.py

readme-pictures: .tools/test.stamp build ## the pages that the README shows, into docs/pictures/
	@$(bin)/python scripts/readme_pictures.py dist docs/pictures
	@$(bin)/python scripts/screenshots.py workshop dist docs/pictures
	@ls docs/pictures

layout: .tools/build.stamp ## the folders in their order, and what each imports
	@PYTHONPATH=tests/support $(bin)/python tests/support/layout.py

schemas: .tools/build.stamp ## the schemas for editors, from the model into docs/schemas/
	@for name in workshop exercise chapter figure roster; do $(bin)/workshop schema $$name > docs/schemas/$$name.schema.json; done

clean: ## remove what was made, but keep the environment
	@rm -rf dist build .mypy_cache .ruff_cache .pytest_cache

.tools/build.stamp: $(sources)
	@scripts/setup build

.tools/test.stamp: $(sources) tests/support/judges/package.json tests/support/judges/package-lock.json
	@scripts/setup test
