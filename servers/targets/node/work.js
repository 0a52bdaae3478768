// The work of one request, the same as in shedlab.task.CpuTask: dependent steps of xorshift64.
// JavaScript shifts numbers of 32 bits, so the state is two halves; BigInt would be exact
// too, but would allocate in every step.

const STEPS_PER_UNIT = 1_000;
const SEED_HIGH = 0x9e3779b9;
const SEED_LOW = 0x7f4a7c15;

export const MAX_UNITS = 10_000_000;

/** The checksum of that many units: 16 hexadecimal digits. */
export function checksum(units) {
  let high = SEED_HIGH | 0;
  let low = SEED_LOW | 0;
  for (let unit = 0; unit < units; unit++) {
    for (let step = 0; step < STEPS_PER_UNIT; step++) {
      high ^= (high << 13) | (low >>> 19); // state ^= state << 13
      low ^= low << 13;
      low ^= (low >>> 7) | (high << 25); // state ^= state >>> 7
      high ^= high >>> 7;
      high ^= (high << 17) | (low >>> 15); // state ^= state << 17
      low ^= low << 17;
    }
  }
  return hex(high) + hex(low);
}

function hex(half) {
  return (half >>> 0).toString(16).padStart(8, '0');
}
