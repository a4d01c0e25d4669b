# One command for each loop; `make help` lists them. Settings: PORT, METRICS_PORT (PORT + 1000 where it is empty), and
# STATE (where certificates and state lie).
PORT ?= 8443
METRICS_PORT ?=
STATE ?= .
# Swift from the PATH, else from where its installers put it.
SWIFT ?= $(firstword $(shell command -v swift) $(wildcard /opt/swift/usr/bin/swift $(HOME)/.local/share/swiftly/bin/swift) swift)
# A module may import only what its target names.
CHECKED = --explicit-target-dependency-import-check error
RELEASE = .build/release/portcullis
SOURCES := $(shell find Sources -type f) Package.swift
# How many tests run at once. Without a bound all do, and one that waits for an answer waits for the whole suite.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH ?= 6
# OpenBLAS starts no threads, and tests that load it need not set this while others read the environment.
export OPENBLAS_NUM_THREADS = 1
export SWIFT

.DEFAULT_GOAL := help
.PHONY: help run test build model verify-tool tamper bench bench-redaction counts compare-http fuzz simulate full-disk sanitize soak format lint packages clean

## run: build for release, make development certificates on the first run, serve on https://127.0.0.1:PORT
#   (metrics on PORT + 1000, or METRICS_PORT)
run: packages $(RELEASE)
	@exec scripts/run.sh "$(RELEASE)" "$(STATE)" "$(PORT)" "$(METRICS_PORT)"

## test: everything that .ci/run checks: format, build without warnings, fuzz smoke, unit, property and end-to-end tests
test: packages lint $(RELEASE)
	$(SWIFT) build --build-tests $(CHECKED)
	scripts/fuzz.sh smoke
	python3 Benchmarks/counts.py $(RELEASE) --check
	@scripts/python-venv.sh > /dev/null
	@scripts/witness-venv.sh > /dev/null
	scripts/model.sh .build/models/all-MiniLM-L6-v2
	PORTCULLIS_BINARY="$(CURDIR)/$(RELEASE)" $(SWIFT) test --disable-xctest $(CHECKED) --skip "Under attack"
	PORTCULLIS_BINARY="$(CURDIR)/$(RELEASE)" $(SWIFT) test --disable-xctest $(CHECKED) --filter "Under attack"

## build: build for release
build: packages $(RELEASE)

## model: fetch the embedding model all-MiniLM-L6-v2 (91 MB) into MODEL, or var/models under STATE (see docs/models.md)
model:
	@scripts/model.sh "$(or $(MODEL),$(STATE)/var/models/all-MiniLM-L6-v2)"

## verify-tool: build portcullis-verify alone, with all libraries in it: one file for an auditor's machine
verify-tool:
	$(SWIFT) build -c release --product portcullis-verify --scratch-path .build-verify $(CHECKED) \
		-Xswiftc -static-executable -Xlinker --gc-sections

## tamper: change every single bit of a small signed log, hashed and signed anew too; `make test` takes each 61st
tamper: packages
	PORTCULLIS_EVERY_BIT=1 $(SWIFT) test --disable-xctest $(CHECKED) --filter "Each single bit"

# The stamp is the binary itself: SwiftPM leaves it alone when it has nothing to link, so it is touched.
$(RELEASE): $(SOURCES)
	$(SWIFT) build -c release --product portcullis --static-swift-stdlib $(CHECKED)
	@touch $@

## bench: measure beside HAProxy, nginx and Envoy, and the log beside a plain C loop (see Benchmarks/README.md)
bench: $(RELEASE)
	@scripts/install-packages.sh --bench
	Benchmarks/bench.sh
	Benchmarks/log.sh
	Benchmarks/identity.sh
	Benchmarks/revocations.sh
	Benchmarks/embedding.sh

## bench-redaction: score redaction on labelled rows and time it, beside Presidio (see Benchmarks/README.md)
bench-redaction: $(RELEASE)
	Benchmarks/redaction.sh

## compare-http: send the hostile requests to this gateway, nginx, HAProxy and Envoy; fail where it is laxer without a reason
compare-http: $(RELEASE)
	@scripts/install-packages.sh --bench
	scripts/compare-http.sh

## counts: count the instructions and allocations of each kind of request, and hold them to their limits
counts: packages $(RELEASE)
	python3 Benchmarks/counts.py $(RELEASE) --check

## fuzz: fuzz every target for SECONDS (60) each, or TARGET alone
fuzz: packages
	scripts/fuzz.sh run "$(or $(SECONDS),60)" $(TARGET)

## simulate: run the audit log over a simulated disk and clock for SEEDS (100000) seeds, from SEED on or a random one
simulate: packages
	scripts/simulate.sh "$(or $(SEEDS),100000)" $(SEED)

## full-disk: fill a small ext4 file system under a serving gateway to its last byte (needs root, for the loop device)
full-disk: $(RELEASE)
	$(SWIFT) build --build-tests $(CHECKED)
	@scripts/python-venv.sh > /dev/null
	scripts/full-disk.sh "$(CURDIR)/$(RELEASE)"

## sanitize: all tests with the address sanitizer, then with the thread sanitizer
sanitize: packages
	@scripts/python-venv.sh > /dev/null
	@scripts/witness-venv.sh > /dev/null
	scripts/model.sh .build/models/all-MiniLM-L6-v2
	scripts/sanitize.sh address
	scripts/sanitize.sh thread

## soak: good and hostile clients at once for MINUTES (5): memory flat, descriptors kept, the log verifies
soak: $(RELEASE)
	scripts/soak.sh "$(or $(MINUTES),5)"

## format: format all Swift in place
format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

## lint: check the format and the documentation of public declarations
lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Package.swift

packages:
	@scripts/install-packages.sh

## clean: remove everything that was built; certificates, tickets and log stay
clean:
	rm -rf .build .build-verify .build-asan .build-tsan .build-fuzz .build-sim

## help: this list
help:
	@sed -n 's/^## //p' $(firstword $(MAKEFILE_LIST)) | awk '{ name = $$1; sub(/:$$/, "", name); sub(/^[^:]*: /, ""); printf "make %-12s %s\n", name, $$0 }'
	@echo "settings:       PORT=$(PORT)  METRICS_PORT=$(METRICS_PORT)  STATE=$(STATE)"
