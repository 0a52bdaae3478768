// A worker of the pool: units come in, a checksum goes out.

import { parentPort } from 'node:worker_threads';
import { checksum } from './work.js';

parentPort.on('message', (units) => parentPort.postMessage(checksum(units)));
