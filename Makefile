# make bench   the experiment and its report       make test   the tests       make help   the rest
#: Settings, each may be left out, given as make bench NAME=value (other commands take some of them, and say which):
#:   PROFILE=default|smoke|full   E=overload (a file of gatling/experiments; several, or all)
#:   SERVERS="netty jetty"   TARGETS="netty tokio url:http://10.0.0.7:8080" (servers of servers/targets too)   STRATEGIES="none fixed:limit=4"   LOAD="0.9 2"   SET="measure=10s deadline=100ms"
#:   PRECISION=3%   BUDGET=30min (goes on until so small differences are told apart, or the time is over)
#:   INJECTORS=4 (load generators; auto: as many as the greatest load needs)
#:   MACHINES="server=ssh://me@a load=ssh://me@b,ssh://me@c" (gatling/MACHINES.md)   SERVER_CPUS=0-15   LOAD_CPUS=0-3
#:   HOST=auto|containers|processes   IMAGE=eclipse-temurin:17-jre   SERVER_IMAGE=   SERVER_JAVA=   LIVE=1   PROFILE_CPU=1 (flame graphs)
#:   CORES=4 (simulate, advise)   SLO="p99<=250ms,shed<=1%" (capacity)   SITUATIONS=mine.properties   REAL=1 (league)
#:   of advise: DEADLINE=200ms   TASK=20ms   CV=1   LAW=   SAMPLES=file   COLUMN=   RATE=180/s   LOG=file   TRACE=file
#:              TIMEOUT=1s   WORKERS=4 (threads for each core)

# Only variables on make's own command line count, and they are taken literally: a HOST or a SET of
# the shell may be there for another program. An empty value counts as not given.
given  = $(if $(filter command,$(firstword $(origin $(1)))),$(strip $(value $(1))))
quote  = '$(subst ','\'',$(1))'
option = $(if $(call given,$(2)), --$(1)=$(call quote,$(call given,$(2))))
typed  = $(if $(call given,$(1)), --invoked-as=$(call quote,$(1)=$(call given,$(1))))

NAMES   := E PROFILE SERVERS TARGETS STRATEGIES LOAD SET PRECISION BUDGET INJECTORS HOST IMAGE SERVER_IMAGE SERVER_JAVA MACHINES SERVER_CPUS LOAD_CPUS LIVE PROFILE_CPU CORES SLO SITUATIONS REAL
ASKED    = $(call option,experiment,E)$(call option,profile,PROFILE)$(call option,servers,SERVERS)$(call option,servers,TARGETS)
ASKED   += $(call option,strategies,STRATEGIES)$(call option,loads,LOAD)$(call option,set,SET)
PLACED   = $(call option,precision,PRECISION)$(call option,budget,BUDGET)$(call option,injectors,INJECTORS)$(call option,host,HOST)$(call option,image,IMAGE)$(call option,server-image,SERVER_IMAGE)
PLACED  += $(call option,server-java,SERVER_JAVA)$(call option,live,LIVE)$(call option,profile-cpu,PROFILE_CPU)
PLACED  += $(call option,machines,MACHINES)$(call option,server-cpus,SERVER_CPUS)$(call option,load-cpus,LOAD_CPUS)
DESCRIBED  = $(call option,cores,CORES)$(call option,deadline,DEADLINE)$(call option,task,TASK)$(call option,cv,CV)$(call option,law,LAW)
DESCRIBED += $(call option,samples,SAMPLES)$(call option,column,COLUMN)$(call option,rate,RATE)$(call option,log,LOG)
DESCRIBED += $(call option,trace-into,TRACE)$(call option,timeout,TIMEOUT)$(call option,workers-per-cpu,WORKERS)
INVOKED  = --invoked-as=make --invoked-as=$@ $(foreach name,$(NAMES),$(call typed,$(name)))

# Testcontainers would pull two images that are not needed: its reaper (the runner removes old
# containers by label) and one that finds the engine's address.
export TESTCONTAINERS_RYUK_DISABLED ?= true
ifndef DOCKER_HOST
export TESTCONTAINERS_HOST_OVERRIDE ?= localhost
endif

# What each command takes; any other name is refused, not ignored.
TAKES_bench         := $(filter-out CORES SLO SITUATIONS REAL,$(NAMES))
TAKES_simulate      := E PROFILE SERVERS STRATEGIES LOAD SET CORES
TAKES_capacity      := $(filter-out CORES LOAD PRECISION BUDGET LIVE PROFILE_CPU SITUATIONS REAL,$(NAMES))
TAKES_league        := SITUATIONS REAL HOST IMAGE
TAKES_metastable    := STRATEGIES
TAKES_refusals      := SERVERS QUICK
TAKES_protocols     := SERVERS QUICK
TAKES_clean-rate    := SERVER INJECTORS QUICK PROFILE BESIDE
TAKES_conformance   := TARGET SERVER_JAVA
TAKES_report        := RUN
TAKES_verify        := RUN
TAKES_publish       := RUN
TAKES_reference-jmh := RUN
TAKES_advise        := CORES DEADLINE TASK CV LAW SAMPLES COLUMN RATE LOG TRACE TIMEOUT WORKERS
TAKES_compare       := A B ALL
TAKES_gate          := BASE RUN
TAKES_doctor        := STRICT
TAKES_jmh           := QUICK
TAKES_image         := IMAGE FROM
TAKES_soak          := MINUTES
TAKES   := $(sort $(foreach goal,$(MAKECMDGOALS),$(TAKES_$(goal))))
GIVEN   := $(foreach name,$(.VARIABLES),$(if $(filter command,$(firstword $(origin $(name)))),$(name)))
UNKNOWN := $(firstword $(filter-out $(TAKES),$(GIVEN)))
$(if $(UNKNOWN),$(error $(UNKNOWN): $(value $(UNKNOWN)) (expected: $(or $(TAKES),nothing) for make $(MAKECMDGOALS))))

$(if $(and $(call given,SERVERS),$(call given,TARGETS)),$(error TARGETS: $(value TARGETS) (expected: all servers in it, without SERVERS)))

# The JDK that Maven builds with runs what it built.
JAVA    := $(if $(JAVA_HOME),'$(subst ','\'',$(JAVA_HOME))/bin/java',java)
MVN     := mvn -B -q
# Says in short what Maven says; see .mvn/progress.awk.
TELLING := | awk -f .mvn/progress.awk
SHEDLAB := $(JAVA) -jar gatling/bench/target/dist/shedlab.jar
# The simulator makes no garbage; other collectors make every write of a reference dearer.
VIRTUAL := $(JAVA) -XX:+UseSerialGC -jar gatling/bench/target/dist/shedlab.jar
JMH     := $(JAVA) -jar jmh/target/dist/jmh.jar

.PHONY: $(shell sed -n 's/^\([a-z-]*\):.*/\1/p' Makefile)

help:            ## This list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16; sed -n 's/^#: //p' Makefile

bench: build     ## Run an experiment and write its report
	@exec $(SHEDLAB) bench $(ASKED) $(PLACED) $(INVOKED)

simulate: build  ## Run an experiment on a simulated server of CORES=4 and write its report
	@exec $(SHEDLAB) simulate $(ASKED) $(call option,cores,CORES) $(INVOKED)

capacity: build  ## Find the greatest load that keeps SLO="p99<=250ms,shed<=1%": at most three minutes a server and strategy
	@exec $(SHEDLAB) capacity $(call option,slo,SLO) $(ASKED) $(PLACED) $(INVOKED)

league: build    ## Every strategy in every situation of the simulator; SITUATIONS=mine.properties, REAL=1 measures some, REAL=read takes runs
	@exec $(VIRTUAL) league $(call option,situations,SITUATIONS)$(if $(call given,REAL), --real$(if $(filter read,$(REAL)),=read))$(call option,host,HOST)$(call option,image,IMAGE) $(INVOKED)

metastable: build ## The map of metastable states: load x length of an overload x retries; STRATEGIES="none lifo"
	@exec $(VIRTUAL) metastable $(call option,strategies,STRATEGIES)

advise: build    ## Which strategy for CORES=4 DEADLINE=200ms TASK=20ms (or LOG=access.log), how sure, and where it breaks
	@exec $(VIRTUAL) advise $(DESCRIBED)

refusals: build ## What a 429 costs on each server, beside its own 200 and Tokio's 429 (wrk, cargo): seventeen minutes; QUICK=1
	@exec $(SHEDLAB) refusals $(call option,servers,SERVERS)$(call option,quick,QUICK) $(INVOKED)$(call typed,QUICK)

protocols: build ## What a 429 costs over TLS and HTTP/2, against RST_STREAM and against refusing before the handshake (h2load): twenty minutes; QUICK=1
	@exec $(SHEDLAB) protocols $(call option,servers,SERVERS)$(call option,quick,QUICK) $(INVOKED)$(call typed,QUICK)

clean-rate: build ## How many requests a second INJECTORS="1 2 4" load generators send on time, and what limits them (PROFILE=1): half an hour; QUICK=1
	@exec $(SHEDLAB) clean-rate $(call option,server,SERVER)$(call option,injectors,INJECTORS)$(call option,quick,QUICK)$(call option,profile,PROFILE)$(call option,beside,BESIDE) $(INVOKED)$(call typed,SERVER)$(call typed,QUICK)$(call typed,BESIDE)

conformance: build ## Which rules of the contract TARGET=tokio (or url:http://HOST:PORT, cmd:COMMAND, netty) keeps, and what a run will not know
	@exec $(SHEDLAB) conformance $(call option,target,TARGET)$(call option,server-java,SERVER_JAVA)

# What is called *IT runs whole programs. Two that take seconds are part of make test.
WHOLE := ProcessHostIT,StarvedGeneratorIT

test:            ## The tests, with real servers and load: about 5 minutes
	@echo "running the tests; make test-runs has the longer ones: containers, the page in a browser, faults"
	@mvn -B -ntp -T 2 verify -Dit.test=$(WHOLE) -Dfailsafe.failIfNoSpecifiedTests=false $(TELLING)

# Of test-runs: what only computes, which CI runs beside the rest, and the rest.
THEORY := -Dtest=OracleTest,GateModelTest,ConservationTest,SurveyTest,PrecisionTest,StealTest -Dshedlab.thorough=true -Dsurefire.failIfNoSpecifiedTests=false
RUNS   := -Dit.test='*IT,!ProcessHostIT,!StarvedGeneratorIT' -Dfailsafe.failIfNoSpecifiedTests=false

test-runs:       ## Whole runs in containers, the page in a browser, faults, the simulator against all of theory: 9 minutes
	@echo "running what make test leaves out"
	@mvn -B -ntp verify $(THEORY) $(RUNS) $(TELLING)

test-theory:
	@mvn -B -ntp test -pl strategies,gatling/report -am $(THEORY) $(TELLING)

test-whole-runs:
	@mvn -B -ntp -T 2 verify -Dtest=NoSuchTest -Dsurefire.failIfNoSpecifiedTests=false $(RUNS) $(TELLING)

check:           ## Formatting and static analysis of all code; CI does it too
	@echo "checking formatting and code"; mvn -B -ntp -T 2 -Pcheck test-compile $(TELLING)

report: build    ## Rewrite the report of RUN=results/... from its files
	@exec $(SHEDLAB) report $(call quote,$(call given,RUN))

verify: build    ## Recompute every number of RUN=results/..., and fail on a difference
	@exec $(SHEDLAB) verify $(call quote,$(call given,RUN))

compare: build   ## Whether runs A=results/... and B=results/... can be compared, which figures differ, and what changed; ALL=1: every row
	@exec $(SHEDLAB) compare $(call quote,$(call given,A)) $(call quote,$(call given,B))$(call option,all,ALL)

gate: build      ## Fail if RUN=results/... (else the newest of its kind) is worse than BASE=results/...: code 5, or 6 if not comparable
	@exec $(SHEDLAB) gate $(call option,base,BASE)$(call option,run,RUN)

index: build     ## Write results/index.html: all runs by question, the best first, and their figures over commits
	@exec $(SHEDLAB) index

doctor: build    ## What would spoil results on this machine, and how to fix it (STRICT=1: fail on warnings)
	@exec $(SHEDLAB) doctor $(call option,strict,STRICT)

jmh: build       ## What a decision costs, beside other people's limiters: about 13 minutes; QUICK=1: one round, no evidence
	@exec $(JMH) run $(if $(call given,QUICK),--quick) results/$$(date +%Y%m%d-%H%M%S)-jmh

speed: build     ## How many requests the simulator simulates per second, on one core
	@exec $(JAVA) -XX:+UseSerialGC -cp jmh/target/dist/jmh.jar shedlab.jmh.SimulatorSpeed

stress:          ## The gate in many schedules of few calls (Lincheck): a few minutes
	$(MVN) test -pl strategies -Dtest=GateSchedules -Dshedlab.schedules=200

soak:            ## Each server saturated for MINUTES=30 by clients that misbehave: memory and descriptors stay flat
	$(MVN) test -pl servers -am -Dtest=Soak -Dsurefire.failIfNoSpecifiedTests=false -Dshedlab.soak-minutes=$(or $(call given,MINUTES),30)

golden:          ## Rewrite the committed figures of the simulator; review the diff
	$(MVN) test -pl strategies -Dtest='shedlab.simulation.golden.*Test' -Dshedlab.golden=write

# If nothing is newer than the last build, there is nothing to do.
SOURCES := $(shell find pom.xml .mvn strategies servers gatling jmh -name target -prune -o -name node_modules -prune -o -path gatling/experiments -prune -o -name '*.md' -prune -o \( -type f -o -path '*/src*' -type d \) -print 2>/dev/null)

build: target/built ## Compile and package; tests and checks are left to make test and make check

target/built: $(SOURCES)
	@echo "building (the first time, Maven fetches what it needs)"
	@mvn -B -ntp -T 2 package -DskipTests $(TELLING)
	@mkdir -p target && touch $@

strategies: build ## Rewrite the tables of strategies and of the servers' options
	@.ci/strategies

dictionary:      ## Rewrite the data dictionary of the columns in results/FILES.md
	$(MVN) test -pl gatling/report -am -Dtest=DataDictionaryTest -Dsurefire.failIfNoSpecifiedTests=false -Dshedlab.dictionary=write

settings: build  ## Rewrite the documentation of an experiment's keys
	@$(SHEDLAB) settings | .ci/block settings gatling/README.md

publish: build   ## Publish RUN=results/... in results/reference[-EXPERIMENT][-targets][-PROFILE] and in the READMEs
	@exec $(SHEDLAB) publish $(call quote,$(call given,RUN))

reference-jmh: build ## Publish the run RUN=results/...-jmh of make jmh
	@.ci/reference-jmh $(call quote,$(call given,RUN))

image:           ## A JRE image without a registry, from Debian's packages or a JDK at FROM (root, debootstrap)
	@.ci/image $(call quote,$(call given,IMAGE)) $(call quote,$(call given,FROM))

clean:           ## Remove what the build made; results stay
	$(MVN) clean
	@rm -rf target servers/targets/*/target servers/targets/*/node_modules
