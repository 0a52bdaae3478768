/** Reads what shedlab.report.pack.Packed wrote: characters, and references to earlier ones. */
const unpacked = packed => {
  const NEAR = 126, FAR = 94, ITSELF = 33, SHORTEST = 5, BASE = 89;
  const digits = new Uint8Array(128);
  for (let c = 35, n = 0; c < 126; c++) if (c !== 60 && c !== FAR) digits[c] = n++;
  let at = packed.indexOf(';');
  const text = new Uint16Array(+packed.slice(0, at++));
  const digit = () => digits[packed.charCodeAt(at++)];
  const pair = () => BASE * digit() + digit();
  let to = 0;
  while (at < packed.length) {
    const c = packed.charCodeAt(at++);
    if (c !== NEAR && c !== FAR) {
      text[to++] = c;
    } else if (packed.charCodeAt(at) === ITSELF) {
      text[to++] = c;
      at++;
    } else {
      let length = digit();
      if (length === BASE - 1) length += pair();
      const back = c === NEAR ? pair() : BASE * pair() + digit();
      for (const end = to + length + SHORTEST; to < end; to++) text[to] = text[to - back];
    }
  }
  let all = '';
  for (let i = 0; i < text.length; i += 8192) all += String.fromCharCode(...text.subarray(i, i + 8192));
  return all;
};
