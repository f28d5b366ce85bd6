# What you can do here; `make help` says it in words.
.SUFFIXES:
.DELETE_ON_ERROR:
.NOTPARALLEL:

E2E := e2e/target
CLASSPATH_FILE := $(E2E)/classpath
BIN_FILE := $(E2E)/binaries
IMAGE_TAR := operator-app/target/image/requorum-operator.tar
WORLD_JAVA := e2e/world/bin/java
PLAIN_JAVA := $${JAVA_HOME:+$$JAVA_HOME/bin/}java
SOURCES := $(shell find pom.xml .mvn */pom.xml */src/main deploy docs/operating.md -type f 2>/dev/null)

# Each of these is a program's own; the world's java starts them inside a world of their own.
DEMO := dev.requorum.e2e.demo.Demo
BENCH := dev.requorum.e2e.bench.Bench
CRASHPOINTS := dev.requorum.e2e.crash.CrashPoints
CLUSTER_BENCH := dev.requorum.e2e.bench.ClusterBench
CHAOS := dev.requorum.e2e.chaos.Chaos
BENCHMARKS := dev.requorum.e2e.bench
# Their own log is for nobody to see; the operator, a process of its own, logs as ever.
RUN := -DLOG_LEVEL=ERROR -cp "$$(cat $(CLASSPATH_FILE))"
in_the_world = REQUORUM_BIN="$$(cat $(BIN_FILE))" $(WORLD_JAVA) $(RUN)
on_a_cluster = scripts/on-cluster $(PLAIN_JAVA) $(RUN)

.PHONY: help demo test bench binaries package image format clean tools world-tools cluster cluster-down cluster-tools e2e
.PHONY: assurance sim sim-mutants histories chaos crashpoints mutation coverage

help:
	@echo 'make demo      a three-member etcd cluster loses its quorum and comes back, live'
	@echo '               (SURVIVOR=0, 1 or 2 chooses the survivor, ETCD_VERSION=3.5.21 another etcd)'
	@echo '               CLUSTER=1 plays it on a real Kubernetes, as make e2e does; also for make bench'
	@echo 'make test      everything: format, unit, property, contract and world tests, and make e2e where it can be had'
	@echo '               (KUBERNETES=required fails where it cannot); ends with "N passed, N failed, N skipped"'
	@echo 'make assurance everything that hunts for mistakes, one after another (docs/assurance.md), that is:'
	@echo 'make sim       plays 10,000 stories of failures against a simulated world (SEEDS=, SEED_FROM=); SEED= tells one of them'
	@echo 'make sim-mutants  plants one mistake after another and counts the stories until the simulator finds it'
	@echo 'make histories clients write and read through the loss and the recovery, on real etcd; each history is checked with Porcupine'
	@echo '               (N=20 how many, SEED=1 the first seed, AT_ONCE=2 how many at once, KEEP=1 keeps them all); needs Go'
	@echo 'make chaos     faults on real etcd in the local world, combined by seed, for ten minutes (MINUTES); each round prints its'
	@echo '               seed, one that fails leaves a bundle in target/bundle/chaos, and SEED=... plays its plan again'
	@echo 'make crashpoints  the operator dies before and after every call of a recovery; writes docs/crash-points.md'
	@echo '               (CRASH_EACH=1 at one point in each recovery instead of eight, CRASH_LANES=2 recoveries at once,'
	@echo '               CRASH_POINTS="workload.arm" those alone whose name has this, and no page)'
	@echo 'make mutation  breaks recovery-core in a small way, again and again, and lets its unit tests find each: fails where fewer'
	@echo '               than 90 % are found, or where one that is not found is missing in docs/mutants.md'
	@echo '               (CLASSES=dev.requorum.core.growth.* breaks these only, and does not compare)'
	@echo 'make coverage  the branches of recovery-core that its tests run through; fails below 95 % (make test does so, too)'
	@echo 'make bench     the recovery next to the bare etcd calls, five runs each (RUNS), and JMH for the decision'
	@echo 'make binaries  fetches or builds etcd and the Kubernetes control plane into ~/.cache/requorum'
	@echo 'make image     the container image of the operator, without a registry or Docker, in $(IMAGE_TAR)'
	@echo 'make cluster   a real Kubernetes of three nodes on this machine, as root; prints its kubeconfig'
	@echo '               (NODES=1 another number of them; make cluster-down takes it down, make cluster-tools installs'
	@echo '               what it needs on Debian and Ubuntu)'
	@echo 'make e2e       the scenarios on a real Kubernetes: the one that KUBECONFIG names, or one of our own (make cluster)'
	@echo 'make format    formats all sources'
	@echo 'make clean     removes what the build made here (not ~/.cache/requorum)'

tools:
	@scripts/check-tools build

world-tools:
	@scripts/check-tools world

binaries:
	@mkdir -p $(E2E)
	@e2e/binaries/ensure.sh >$(BIN_FILE).new
	@mv $(BIN_FILE).new $(BIN_FILE)
	@echo "binaries: all there, in $$(cat $(BIN_FILE))"

package: $(CLASSPATH_FILE)

$(CLASSPATH_FILE): $(SOURCES)
	@scripts/check-tools build
	@echo 'package: compiling'
	@scripts/maven target/package.log package dependency:build-classpath -DskipTests \
	  -Dmdep.includeScope=runtime -Dmdep.outputFile=target/dependencies
	@printf '%s:%s\n' "$$(ls -d $(CURDIR)/e2e/target/e2e-*.jar | grep -v -- '-tests.jar' | head -n 1)" "$$(cat $(E2E)/dependencies)" >$@

# CLUSTER=1 plays it on a real Kubernetes instead of the local world.
ifeq ($(CLUSTER),1)
demo: tools package
	@if [ -t 1 ]; then DEMO_COLOUR=1; export DEMO_COLOUR; fi; $(on_a_cluster) $(DEMO)

bench: tools package
	@$(on_a_cluster) $(CLUSTER_BENCH)
else
demo: world-tools binaries package
	@if [ -t 1 ]; then DEMO_COLOUR=1; export DEMO_COLOUR; fi; $(in_the_world) $(DEMO)

bench: world-tools binaries package
	@mkdir -p target/bench
	@$(in_the_world) $(BENCH)
	@echo "bench: how fast the operator starts and what memory it takes is measured where it is a pod: make bench CLUSTER=1"
	@echo 'bench: JMH, for one decision (decide; aim: below 2 us), the verdict on one look (assess) and one whole turn (turn)'
	@$(PLAIN_JAVA) -cp "$$(cat $(CLASSPATH_FILE))" org.openjdk.jmh.Main $(BENCHMARKS) -rf json -rff target/bench/jmh.json
	@echo 'bench: the aim for DecisionBenchmark.decide is below 2 us/op; see its score above'
endif

chaos: world-tools binaries package
	@REQUORUM_WORLD_LOGS=target/chaos/logs $(in_the_world) $(CHAOS)

crashpoints: world-tools binaries package
	@REQUORUM_WORLD_LOGS=target/crashpoints/logs $(in_the_world) $(CRASHPOINTS)

image: $(IMAGE_TAR)

$(IMAGE_TAR): $(SOURCES) $(shell find operator-app/src/main/image scripts/image -type f)
	@scripts/check-tools build
	@scripts/maven target/image.log package -Pimage -pl operator-app -am -DskipTests
	@scripts/image/check $@

test: world-tools binaries
	@REQUORUM_BIN="$$(cat $(BIN_FILE))" scripts/test

histories: world-tools binaries package
	@scripts/histories "$$(cat $(BIN_FILE))" "$$(cat $(CLASSPATH_FILE))"

cluster:
	@e2e/cluster/up.sh

cluster-down:
	@e2e/cluster/down.sh

cluster-tools:
	@e2e/cluster/tools.sh

e2e: tools
	@scripts/on-cluster scripts/e2e

# Maven fails below the thresholds, which recovery-core/pom.xml names.
coverage: tools
	@scripts/maven target/coverage.log verify -Pcoverage -pl recovery-core -am
	@scripts/coverage

mutation: tools
	@scripts/maven target/mutation.log process-test-classes -Pmutation -pl recovery-core -am $(if $(CLASSES),'-Dmutated.classes=$(CLASSES)')
	@$(if $(CLASSES),scripts/mutants --list,scripts/mutants)

assurance:
	@scripts/assurance

sim: tools
	@scripts/sim stories

sim-mutants: tools
	@scripts/sim mutants

format: tools
	@scripts/maven target/format.log spotless:apply

clean:
	@rm -rf target */target
	@echo 'clean: done'
