# make bench   the experiment and its report       make test   every test
# Settings, each may be left out:
#   PROFILE=default|smoke|full   E=overload (a file of gatling/experiments)
#   SERVERS="netty jetty"   STRATEGIES="none fixed:limit=4"   LOAD="0.9 2"
#   HOST=auto|containers|processes   IMAGE=eclipse-temurin:17-jre   SET="measure=10s deadline=100ms"

PROFILE ?= default
E       ?= overload
HOST    ?= auto
export SERVERS STRATEGIES LOAD PROFILE E HOST IMAGE SERVER_IMAGE SERVER_JAVA SET CORES STRICT LIVE

# Testcontainers would pull two images that are not needed: its reaper (the runner sweeps by label)
# and one to look for the engine's address.
export TESTCONTAINERS_RYUK_DISABLED ?= true
ifndef DOCKER_HOST
export TESTCONTAINERS_HOST_OVERRIDE ?= localhost
endif

MVN     := mvn -B -q
# Says one line for each module; see .mvn/progress.awk.
TELLING := | awk -f .mvn/progress.awk
SHEDLAB := java -jar gatling/bench/target/dist/shedlab.jar
JMH     := java -jar jmh/target/dist/jmh.jar

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile)

help:            ## This list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16; sed -n '2,5s/^# //p' Makefile

bench: build     ## Run the experiment (PROFILE, E, SERVERS, STRATEGIES, LOAD, HOST, IMAGE, SET) and write its report
	@exec $(SHEDLAB) bench

test:            ## Every test, real servers and containers included
	$(MVN) verify

check:           ## Formatting and static analysis of all code; CI does it too
	@echo "checking formatting and code"; mvn -B -ntp -Pcheck test-compile $(TELLING)

report: build    ## Write the report of RUN=results/... anew from its files
	@exec $(SHEDLAB) report $(RUN)

verify: build    ## Compute every number of RUN=results/... once more, and fail on a difference
	@exec $(SHEDLAB) verify $(RUN)

compare: build   ## What changed from run A=results/... to B=results/..., and what differs
	@exec $(SHEDLAB) compare $(A) $(B)

gate: build      ## Fail if RUN=results/... (else the newest) is worse than BASE=results/...: code 5, or 6 if not comparable
	@exec $(SHEDLAB) gate --base=$(BASE) $(if $(RUN),--run=$(RUN))

index: build     ## Write results/index.html, the page over all runs
	@exec $(SHEDLAB) index

doctor: build    ## What would spoil results on this machine, and how to mend it (STRICT=1: fail on warnings)
	@exec $(SHEDLAB) doctor

jmh: build       ## What a decision costs, beside other people's limiters: about 11 minutes; QUICK=1: one round, no evidence
	@exec $(JMH) run $(if $(QUICK),--quick) results/$$(date +%Y%m%d-%H%M%S)-jmh

speed: build     ## How many requests the simulator simulates per second, on one core
	@exec java -XX:+UseSerialGC -cp jmh/target/dist/jmh.jar shedlab.jmh.SimulatorSpeed

stress:          ## The gate in many schedules of few calls (Lincheck): a few minutes
	$(MVN) test -pl strategies -Dtest=GateSchedules -Dshedlab.schedules=200

golden:          ## Write the committed figures of the simulator anew; review the diff
	$(MVN) test -pl strategies -Dtest='shedlab.simulation.golden.*Test' -Dshedlab.golden=write

dictionary:      ## Write the tables of columns in results/README.md anew, from the code
	$(MVN) test -pl gatling/report -am -Dtest=DataDictionaryTest -Dsurefire.failIfNoSpecifiedTests=false -Dshedlab.dictionary=write

simulate: build  ## Run the experiment on a simulated server (E, PROFILE, STRATEGIES, LOAD, SET, CORES=4)
	@exec $(SHEDLAB) simulate

# Nothing is newer than the last build: nothing to do, in no time.
SOURCES := $(shell find pom.xml .mvn strategies servers gatling jmh -name target -prune -o -path gatling/experiments -prune -o -name '*.md' -prune -o \( -type f -o -path '*/src*' -type d \) -print 2>/dev/null)

build: target/built ## Compile and package; tests and checks are left to make test and make check

target/built: $(SOURCES)
	@echo "building (the first time, Maven fetches what it needs)"
	@mvn -B -ntp package -DskipTests $(TELLING)
	@mkdir -p target && touch $@

strategies: build ## Write the README's table of strategies anew
	@.ci/strategies

reference: build ## Publish the run RUN=results/... in results/reference[-EXPERIMENT][-PROFILE] and in the README
	@.ci/reference $(RUN)

reference-jmh: build ## Publish the run RUN=results/...-jmh of make jmh in results/reference and in the README
	@.ci/reference-jmh $(RUN)

image:           ## A JRE image without a registry, from Debian's packages or a JDK at FROM (root, debootstrap)
	@.ci/image $(IMAGE) $(FROM)

clean:           ## Remove what the build made; results stay
	$(MVN) clean
	@rm -rf target
