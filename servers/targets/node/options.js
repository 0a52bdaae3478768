// Options are environment variables; empty counts as not given, a bad one ends the process with one
// line and code 2.

import { isIP } from 'node:net';
import { MAX_UNITS } from './work.js';

const cpus = option('CPUS', 1, 256, 1);
const workers = option('WORKERS', 1, 1_024, 4 * cpus);

export const options = {
  host: address('HOST', '127.0.0.1'),
  port: option('PORT', 0, 65_535, 8_080),
  workers,
  limit: option('LIMIT', 0, 1_000_000, workers),
  taskUnits: option('TASK_UNITS', 1, MAX_UNITS, 1_000),
};

function option(key, least, most, otherwise) {
  const value = process.env[key] || `${otherwise}`;
  return whole(value, least, most) ?? refuse(key, value, rule(least, most));
}

function address(key, otherwise) {
  const value = process.env[key] || otherwise;
  return isIP(value) ? value : refuse(key, value, 'an IP address');
}

/** The number in digits alone, or undefined. */
export function whole(text, least, most) {
  const number = /^[0-9]+$/.test(text) ? Number(text) : NaN;
  return number >= least && number <= most ? number : undefined;
}

export function rule(least, most) {
  return `a whole number from ${least} to ${most}`;
}

export function refuse(key, value, expected) {
  console.error(`${key}: ${value} (expected: ${expected})`);
  process.exit(2);
}

/** An address that cannot be had is a bad option too. */
export function refusePort(problem) {
  refuse('PORT', options.port, `a free one on ${options.host}; ${problem.message}`);
}
