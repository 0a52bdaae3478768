// The endpoint of servers/CONTRACT.md on node:http, with a counter as limit. Who does the work is
// the caller's choice.

import { createServer } from 'node:http';
import { options, refusePort, rule, whole } from './options.js';
import { MAX_UNITS } from './work.js';

let inflight = 0;
let received = 0;
let admitted = 0;
let completed = 0;
let shed = 0;

/** Listens, with work(units, done), which calls done(checksum) when the work is done. */
export function serve(name, work) {
  const server = createServer((request, response) => answer(request, response, work));
  server.on('error', refusePort);
  server.listen(options.port, options.host, () => {
    const { workers, limit } = options;
    const ready = { ready: true, server: name, port: server.address().port, workers, limit, pid: process.pid };
    console.log(JSON.stringify(ready));
  });
  process.on('SIGTERM', () => process.exit(0)); // without waiting for requests
}

function answer(request, response, work) {
  const [path, query = ''] = request.url.split(/\?(.*)/s, 2);
  if (!['/work', '/healthz', '/metrics'].includes(path)) {
    reply(response, 404, 'not found\n');
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    reply(response, 405, 'method not allowed\n', { Allow: 'GET, HEAD' });
  } else if (path === '/healthz') {
    reply(response, 200, 'ok\n');
  } else if (path === '/metrics') {
    reply(response, 200, metrics());
  } else {
    limited(query, response, work);
  }
}

function limited(query, response, work) {
  if (query !== '' && !query.startsWith('units=')) {
    reply(response, 400, `query: ${query} (expected: units=N, once, and no other key)\n`);
    return;
  }
  const text = query.slice('units='.length);
  const units = query === '' ? options.taskUnits : whole(text, 1, MAX_UNITS);
  if (units === undefined) {
    reply(response, 400, `units: ${text} (expected: ${rule(1, MAX_UNITS)})\n`);
    return;
  }
  received++;
  if (inflight >= options.limit) {
    shed++;
    reply(response, 429, 'shed\n', { 'Retry-After': '1', 'Shedlab-Reason': 'limit' });
    return;
  }
  admitted++;
  inflight++;
  work(units, (checksum) => {
    completed++;
    inflight--;
    reply(response, 200, `${checksum}\n`);
  });
}

function reply(response, status, body, headers = {}) {
  response.writeHead(status, {
    'Content-Type': 'text/plain',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(body);
}

function metrics() {
  return `shedlab_limit ${options.limit}
shedlab_inflight ${inflight}
shedlab_waiting 0
shedlab_received_total ${received}
shedlab_admitted_total ${admitted}
shedlab_completed_total ${completed}
shedlab_shed_total{reason="limit"} ${shed}
`;
}
