// node:http with the work on a bounded pool of worker threads: the event loop is free to refuse.

import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { serve } from './endpoint.js';
import { options } from './options.js';

const script = new URL('./worker.js', import.meta.url);
const idle = Array.from({ length: options.workers }, () => new Worker(script));
const queue = []; // the limit bounds it
await Promise.all(idle.map((worker) => once(worker, 'online')));

function start(worker, { units, done }) {
  worker.once('message', (checksum) => {
    if (queue.length > 0) {
      start(worker, queue.shift());
    } else {
      idle.push(worker);
    }
    done(checksum);
  });
  worker.postMessage(units);
}

serve('node', (units, done) => {
  if (idle.length > 0) {
    start(idle.pop(), { units, done });
  } else {
    queue.push({ units, done });
  }
});
