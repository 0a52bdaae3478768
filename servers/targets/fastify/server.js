// The endpoint of servers/CONTRACT.md on fastify: @fastify/under-pressure refuses with a 503 while
// the event loop is late or busy, and the event loop does the work.

import underPressure from '@fastify/under-pressure';
import Fastify from 'fastify';
import { options, refuse, refusePort } from '../node/options.js';
import { MAX_UNITS, checksum } from '../node/work.js';

if (process.env.LIMIT) {
  refuse('LIMIT', process.env.LIMIT, 'not given; under-pressure counts no requests');
}

const units = { type: 'integer', minimum: 1, maximum: MAX_UNITS, default: options.taskUnits };

let completed = 0;
let shed = 0;

const app = Fastify();

// A context of its own: /healthz and /metrics are outside, so the plugin never refuses them.
app.register(async (limited) => {
  limited.addHook('onError', async (request, reply, error) => {
    shed += error.code === 'FST_UNDER_PRESSURE' ? 1 : 0;
  });
  // Without settings it refuses nothing; these are of the first example of its README.
  await limited.register(underPressure, { maxEventLoopDelay: 1_000, maxEventLoopUtilization: 0.98 });
  limited.get('/work', { schema: { querystring: { type: 'object', properties: { units } } } }, (request, reply) => {
    const sum = checksum(request.query.units);
    completed++;
    reply.send(`${sum}\n`);
  });
});

app.get('/healthz', (request, reply) => reply.send('ok\n'));

// Whatever is admitted is completed before anything else is read, so nothing is ever seen in flight.
app.get('/metrics', (request, reply) =>
  reply.send(`shedlab_inflight 0
shedlab_received_total ${completed + shed}
shedlab_admitted_total ${completed}
shedlab_completed_total ${completed}
shedlab_shed_total{reason="policed"} ${shed}
`));

process.on('SIGTERM', () => process.exit(0)); // without waiting for requests

await app.listen({ host: options.host, port: options.port }).catch(refusePort);
const { port } = app.server.address();
console.log(JSON.stringify({ ready: true, server: 'fastify', port, pid: process.pid }));
