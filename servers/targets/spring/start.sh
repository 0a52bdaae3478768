#!/bin/sh
# The JVM takes the number of CPUs from a flag, not from the environment.
cd "$(dirname "$0")" || exit
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" ${CPUS:+-XX:ActiveProcessorCount=$CPUS} -jar target/shedlab-spring.jar
