#!/bin/sh
# Starts one of our servers and HAProxy in front of it. Ends both on SIGTERM, and when either ends.
set -eu
cd "$(dirname "$0")"
: "${SHEDLAB_SERVER:?(expected: the command that starts our server)}"
: "${HOST:=127.0.0.1}" "${PORT:=8080}" "${CPUS:=1}" "${WORKERS:=4}" "${TASK_UNITS:=1000}"
: "${LIMIT:=$WORKERS}" "${QUEUE_LENGTH:=16}" "${QUEUE_TIMEOUT:=100ms}"

folder=$(mktemp -d)
server= haproxy= pause=
finish() {
  trap '' INT TERM
  kill $server $haproxy $pause 2>/dev/null || true
  wait
  rm -rf "$folder"
}
trap finish EXIT
trap 'exit 143' INT TERM

# Its first line, when it is ready, names the port that it has found.
mkfifo "$folder/ready"
eval "exec $SHEDLAB_SERVER --server=netty --strategy=none --host=127.0.0.1 --port=0" \
  "--workers=$WORKERS --task-units=$TASK_UNITS --drain-seconds=1 --ends-with=$$" >"$folder/ready" &
server=$!
read -r ready <"$folder/ready"
SERVER_PORT=$(echo "$ready" | sed 's/.*"port":\([0-9]*\).*/\1/')

export HOST PORT CPUS LIMIT QUEUE_LENGTH QUEUE_TIMEOUT SERVER_PORT
haproxy -db -f haproxy.cfg &
haproxy=$!

while kill -0 "$server" 2>/dev/null && kill -0 "$haproxy" 2>/dev/null; do
  sleep 1 &
  pause=$!
  wait "$pause"
done
echo "haproxy or the server behind it has ended" >&2
exit 1
