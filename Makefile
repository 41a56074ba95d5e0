# Portero. `make` lists the targets.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

STAGE ?= dev
# More for the CDK command line: CDKFLAGS="-c domain=portal.firm.example -c tables=existing"
CDKFLAGS ?=
NPM   := infra/node_modules/.package-lock.json
CDK   := infra/node_modules/.bin/cdk
# Node 20 works, but jsii says at every start that it is past its end of life;
# Node 22 and 24 say nothing. We silence it knowingly.
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20
# Every binary that is deployed is built with these (design.md §3).
FLAGS := -tags lambda.norpc -trimpath -buildvcs=false -ldflags "-s -w -buildid="

.PHONY: help
help: ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):[^#]*## (.*)/  \1\t\2/' | expand -t 16

need = @command -v $(1) >/dev/null 2>&1 || { echo "make $@: $(1) is missing: install $(2)" >&2; exit 1; }

.PHONY: need-go need-node need-cc need-chromium
need-go:
	$(call need,go,Go 1.26 or newer (package golang-go))
need-node:
	$(call need,node,Node.js 20.19 or newer (package nodejs))
	$(call need,npm,npm (package npm))
need-cc:
	$(call need,cc,a C compiler for the race detector (package gcc))
need-chromium:
	$(call need,chromium,Chromium (package chromium))

$(NPM): infra/package.json infra/package-lock.json infra/.npmrc
	npm ci --prefix infra --no-audit --no-fund --silent
	@touch $@

.PHONY: run
run: need-go need-node $(NPM) ## start the whole system on this machine: PORT= and DATA= move it
	@mkdir -p build && go build -o build/portero-local ./infra/local/run && exec build/portero-local

INVOKE = mkdir -p build && go build -o build/portero-invoke ./infra/local/invoke && build/portero-invoke
.PHONY: invoke
invoke: need-go ## send a sample event to a function of the running system: FN=invitations/create [EVENT=file]
	@$(INVOKE) -port "$${PORT:-8080}" -fn "$(FN)" -event "$(EVENT)"

.PHONY: workspace
workspace: need-go ## create a workspace with its first admin: NAME= ADMIN= [STAGE= for a deployed one, else the running system]
	@[ -n "$(NAME)" ] && [ -n "$(ADMIN)" ] || { echo 'say both: make workspace NAME="Vega & Partners" ADMIN=ana@vega.example' >&2; exit 1; }
	@$(INVOKE) -port "$${PORT:-8080}" -fn workspaces/create -stage "$(if $(filter command line,$(origin STAGE)),$(STAGE))" -name "$(NAME)" -admin "$(ADMIN)"

.PHONY: release
release: need-go ## after a restore, let go of the mails that wait: MAILS=drop or MAILS=send [STAGE= for a deployed one]
	@[ "$(MAILS)" = drop ] || [ "$(MAILS)" = send ] || { echo 'say what becomes of them: make release MAILS=drop STAGE=prod, or MAILS=send' >&2; exit 1; }
	@$(INVOKE) -port "$${PORT:-8080}" -fn jobs/release -event events/jobs/release$(if $(filter send,$(MAILS)),.send).json -stage "$(if $(filter command line,$(origin STAGE)),$(STAGE))"

# Packages tested at a time: a third of the time they wait for the database next door.
AT_ONCE := $(shell echo $$((2 * $$(getconf _NPROCESSORS_ONLN))))
# Run tests, then say how often each big number was tried (shared/testkit/soak).
TRIALS := $(CURDIR)/build/trials.txt
define tried
@mkdir -p build && rm -f $(TRIALS)
@failed=0; export TRIALS=$(TRIALS); $(1) || failed=$$?; \
if [ -s $(TRIALS) ]; then echo; echo "Big numbers, $$(git log -1 --format='commit %h' 2>/dev/null)$$(git diff --quiet HEAD 2>/dev/null || echo ' and changes'), $$(date -u '+%F %H:%M') UTC, $$(getconf _NPROCESSORS_ONLN) CPUs"; sort -b -k6 $(TRIALS); fi; exit $$failed
endef

.PHONY: test
test: need-go need-node need-cc $(NPM) ## run every test but the pages' in a browser
	$(call tried,go test -race -shuffle=on -p $(AT_ONCE) ./...)

.PHONY: test-pages
test-pages: need-go need-node need-chromium $(NPM) ## drive the pages with headless Chromium
	go run ./infra/local/pagetest

.PHONY: lint
lint: need-go ## gofmt, vet, staticcheck and the house rules
	@unformatted=$$(gofmt -l $$(git ls-files '*.go')); if [ -n "$$unformatted" ]; then echo "gofmt would change:"; echo "$$unformatted"; exit 1; fi
	go vet ./...
	go tool staticcheck ./...
	go test -count=1 ./shared

.PHONY: golden
golden: need-go need-node $(NPM) ## rewrite golden files, the OpenAPI document and the event samples; the diff is the review
	GOLDEN=update go test -count=1 ./functions ./shared/mail ./shared/...

.PHONY: bench
bench: need-go need-node $(NPM) synth rehearsal-binary ## print figures: starts, flows, units, sizes, the rehearsal's and what AWS would ask
	go run ./infra/local/bench
	go run ./infra/rehearsal/bench

.PHONY: soak
soak: need-go need-node need-cc $(NPM) ## run the big numbers in full, the sweep with them (about an hour on two cores)
	$(call tried,SOAK=full go test -race -count=1 -p 1 -timeout 2h $$(git grep -l 'soak[.]Trials' -- '*_test.go' | xargs -n1 dirname | sort -u | sed 's|^|./|'))
	$(MAKE) --no-print-directory simulate SEEDS=500
	$(MAKE) --no-print-directory sweep

.PHONY: build
build: need-go need-node $(NPM) ## build what is deployed: the binary and the pages
	@rm -rf build/site && mkdir -p build/function build/site
	GOOS=linux GOARCH=arm64 CGO_ENABLED=0 go build $(FLAGS) -o build/function/bootstrap ./functions/bootstrap
	@go run ./functions/pages/build build/site >build/site.json

.PHONY: synth
synth: build ## write the CloudFormation templates to build/cdk.out; needs no AWS account
	$(CDK) synth --quiet --output build/cdk.out -c stage=$(STAGE) $(CDKFLAGS)

.PHONY: rehearsal-binary
rehearsal-binary: need-go
	CGO_ENABLED=0 go build $(FLAGS) -o build/rehearsal/bootstrap ./functions/bootstrap

.PHONY: rehearse
rehearse: synth rehearsal-binary ## run the templates on this machine, each function by its own permissions, under the scenario suite
	go run ./infra/rehearsal/rehearse -packages ./functions/... $(REHEARSEFLAGS)

# Twelve minutes of two processors: not part of ci, which has thirty for everything (design.md §9), but of soak.
.PHONY: sweep
sweep: synth rehearsal-binary ## try every fault on every call of every function, on the templates
	go run ./infra/rehearsal/rehearse -packages ./infra/rehearsal/sweep $(REHEARSEFLAGS)

SEEDS ?= 100
.PHONY: simulate
simulate: need-go need-node $(NPM) ## random people, faults and clocks in one process: SEEDS=500 [FROM=], or SEED=n to replay one
	SEEDS=$(SEEDS) FROM=$(FROM) SEED=$(SEED) go test -count=1 -timeout 2h -v -run '^TestSeeds$$' ./infra/rehearsal/simulation

DRILLS ?= 20
.PHONY: restore-drill
restore-drill: need-go need-node $(NPM) ## restore the tables to an earlier instant and see that nothing is mailed twice: DRILLS=
	DRILLS=$(DRILLS) go test -count=1 -timeout 1h -v -run '^TestD40RestoreDrill$$' ./infra/rehearsal/simulation

.PHONY: diff
diff: build ## show what a deploy would change: STAGE=
	$(CDK) diff --output build/cdk.out -c stage=$(STAGE) $(CDKFLAGS)

.PHONY: deploy
deploy: build ## deploy every stack: STAGE=
	$(CDK) deploy --all --output build/cdk.out -c stage=$(STAGE) $(CDKFLAGS)

.PHONY: ci
ci: need-go need-node need-cc need-chromium lint test test-pages rehearse simulate ## everything that CI checks
	@git diff --exit-code --stat || { echo "the checks changed files: commit them"; exit 1; }
