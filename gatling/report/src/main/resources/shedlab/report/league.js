/* Adds to a page that stands without it: the filter for one's own service, and what a cell of the
   map says when pointed at. */
(() => {
  'use strict';
  const D = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const NEAR = Math.log(2);   // within a factor of two
  const LEAST = 12;           // situations
  const ROWS = 10;
  const S = D.situations.map(([name, cores, share, seeds]) => ({ name, cores, share, seeds }));
  const C = D.contenders.map(([name, kind, template, course], i) => ({ name, kind, template, course, i }));
  const t = degrees => D.t[Math.max(1, Math.min(D.t.length, Math.floor(degrees))) - 1];

  // ---- my service --------------------------------------------------------------------------
  /** Situations by their distance in the logarithms of cores and task/deadline. */
  function nearest(cores, share) {
    const all = S.map((s, i) => ({ i, far: Math.hypot(Math.log(s.cores / cores), Math.log(s.share / share)) }))
      .sort((a, b) => a.far - b.far || a.i - b.i);
    const last = all[Math.min(LEAST, all.length) - 1].far;
    const within = Math.max(NEAR, last) + 1e-9;
    return { all: all.filter(s => s.far <= within).map(s => s.i), within: Math.exp(within), nearest: Math.exp(all[0].far) };
  }

  /** Worst and mean regret of a contender in some situations; null if it played in none. */
  function record(c, situations) {
    const played = situations.filter(s => D.regrets[c][s] !== null);
    if (!played.length) return null;
    let worst = played[0], sum = 0, variance = 0, weights = 0;
    for (const s of played) {
      if (D.regrets[c][s] > D.regrets[c][worst]) worst = s;
      sum += D.regrets[c][s] / 10;
      const degrees = S[s].seeds - 1;
      const own = degrees < 1 || D.halves[c][s] === null ? Infinity : (D.halves[c][s] / 100 / t(degrees)) ** 2;
      variance += own;
      weights += own * own / degrees;
    }
    const mean = sum / played.length;
    const half = variance === 0 ? 0 : variance === Infinity ? Infinity
      : t(variance * variance / weights) * Math.sqrt(variance) / played.length;
    return {
      c, worst: D.regrets[c][worst] / 10, worstHalf: D.halves[c][worst] === null ? Infinity : D.halves[c][worst] / 100,
      where: S[worst].name, mean, half
    };
  }

  const duration = micros => micros % 1000 === 0 ? micros / 1000 + 'ms' : micros + 'us';
  /** A template with the settings of this service; workers are four for each core. */
  function filled(template, cores, deadline) {
    const values = { cpus: cores, workers: 4 * cores, deadline: Math.round(1000 * deadline) };
    return template.replace(/\$\{(\w+)(?:([*/])(\d+))?\}/g, (whole, name, operator, operand) => {
      if (!(name in values)) return whole;
      const value = operator === '*' ? values[name] * operand
        : operator === '/' ? Math.max(1, Math.floor(values[name] / operand)) : values[name];
      return name === 'deadline' ? duration(value) : String(value);
    });
  }

  const points = x => (x < 9.95 ? x.toFixed(1) : x.toFixed(0)).replace('-0.0', '0.0').replace('-', '−');
  const interval = x => x === Infinity ? '± ?' : '± ' + points(x);
  const add = (parent, tag, text, css) => {
    const e = parent.appendChild(document.createElement(tag));
    if (text !== undefined) e.textContent = text;
    if (css) e.className = css;
    return e;
  };
  const SHADES = [0.5, 1, 2, 5, 10, 20, 30, 45, 60, 80];
  const heat = x => 'n heat h' + SHADES.filter(s => x >= s).length;
  const plain = x => String(+x.toPrecision(3));

  function answer(cores, task, deadline) {
    const box = $('#answer');
    box.textContent = '';
    if (!(cores >= 1 && cores <= 1024 && task > 0 && deadline >= 1)) {
      add(box, 'p', 'cores: 1 to 1024; task: above 0 ms; deadline: 1 ms or more', 'broken');
      return;
    }
    const near = nearest(cores, task / deadline);
    const slow = nearest(cores, 3 * task / deadline);
    const rows = C.filter(c => c.kind !== 'reference').map(c => record(c.i, near.all)).filter(r => r)
      .sort((a, b) => a.worst - b.worst || a.mean - b.mean);
    if (!rows.length) return;
    const best = rows[0];
    const then = record(best.c, slow.all);
    const use = add(box, 'p', 'Use ', 'use');
    add(use, 'strong', C[best.c].name);
    use.append(': ');
    add(use, 'code', filled(C[best.c].template, cores, deadline));
    const list = add(box, 'ul');
    add(list, 'li', `What it loses: at most ${points(best.worst)} ${interval(best.worstHalf)} points of the capacity (in ${best.where}), `
      + `${points(best.mean)} ${interval(best.half)} on average.`);
    if (then) {
      add(list, 'li', `If tasks take three times as long (${plain(3 * task)} ms) and the settings stay: at most ${points(then.worst)} `
        + `${interval(then.worstHalf)} (in ${then.where}), ${points(then.mean)} ${interval(then.half)} on average.`);
    }
    const ties = rows.slice(1).filter(r => r.worst - r.worstHalf <= best.worst + best.worstHalf && r.mean - r.half <= best.mean + best.half);
    add(list, 'li', `How sure: ${near.all.length} simulated situations within a factor of ${plain(near.within)} of your cores and task/deadline`
      + (then ? `, ${slow.all.length} for tasks three times as long` : '')
      + '; ± is a 95 % interval over the seeds. '
      + (ties.length ? `Not told apart from it: ${ties.slice(0, 6).map(r => C[r.c].name).join(', ')}${ties.length > 6 ? ` and ${ties.length - 6} more` : ''}.`
        : 'No other strategy is within its interval.'));
    if (document.querySelector('#real figure')) {
      const real = add(list, 'li', 'All of this is simulated; ');
      add(real, 'a', 'how well the simulator agrees with a real server').href = '#real';
    }
    if (near.nearest > 4 || slow.nearest > 4) {
      add(list, 'li', 'Careful: the nearest situation of the league is far from your service; this is a guess.', 'broken');
    }
    table(box, rows.slice(0, ROWS), slow.all, cores, deadline);
  }

  function table(box, rows, slow, cores, deadline) {
    const scroll = add(box, 'div', undefined, 'scroll rank');
    scroll.tabIndex = 0;
    scroll.setAttribute('role', 'region');
    scroll.setAttribute('aria-label', 'The best strategies for my service');
    const all = add(scroll, 'table');
    const head = add(add(all, 'thead'), 'tr');
    ['strategy', 'worst regret', 'mean regret', 'worst in', 'tasks × 3: worst', 'tasks × 3: mean'].forEach((name, i) => {
      add(head, 'th', name, i === 0 || i === 3 ? '' : 'n').scope = 'col';
    });
    const body = add(all, 'tbody');
    const cell = (row, x, half) => {
      const td = add(row, 'td', points(x) + ' ', heat(x));
      add(td, 'small', interval(half));
    };
    for (const r of rows) {
      const c = C[r.c];
      const row = add(body, 'tr');
      const name = add(row, 'th');
      name.scope = 'row';
      const link = c.course ? add(name, 'a') : name;
      if (c.course) link.href = '#' + c.course;
      add(link, 'b', c.name);
      const settings = add(name, 'code', '', 'below');
      filled(c.template, cores, deadline).split(/(?<=[,+:=])/).forEach(part => settings.append(part, document.createElement('wbr')));
      cell(row, r.worst, r.worstHalf);
      cell(row, r.mean, r.half);
      add(row, 'td', r.where);
      const then = record(r.c, slow);
      if (then) {
        cell(row, then.worst, then.worstHalf);
        cell(row, then.mean, then.half);
      } else {
        add(row, 'td', '–', 'n');
        add(row, 'td', '–', 'n');
      }
    }
  }

  const inputs = ['cores', 'task', 'deadline'].map(id => document.getElementById(id));
  const show = () => answer(...inputs.map(e => Number(e.value)));
  function readLink() {
    for (const part of location.hash.slice(1).split('&')) {
      const [id, value] = part.split('=');
      const input = inputs.find(e => e.id === id);
      if (input && Number(value) > 0) input.value = Number(value);
    }
    show();
  }
  $('#mine').addEventListener('input', () => {
    history.replaceState(null, '', '#' + inputs.map(e => e.id + '=' + e.value).join('&'));
    show();
  });
  $('#mine').addEventListener('submit', e => e.preventDefault());
  addEventListener('hashchange', () => { if (location.hash.includes('=')) readLink(); reveal(); });

  /** The course that is linked to is unfolded, also where the browser does not do that. */
  function reveal() {
    const target = location.hash && !location.hash.includes('=') && document.getElementById(location.hash.slice(1));
    const folded = target && target.closest('details');
    if (folded && !folded.open) {
      folded.open = true;
      target.scrollIntoView();
    }
  }

  // ---- the map -----------------------------------------------------------------------------
  const map = $('#heat');
  const tip = document.body.appendChild(document.createElement('div'));
  tip.className = 'tip';
  tip.hidden = true;
  const numbers = text => text.trim().split(' ').map(Number);
  const geometry = { x: numbers(map.dataset.x), y: numbers(map.dataset.y), cell: +map.dataset.cell, row: +map.dataset.row };
  function said(e) {
    const svg = $('svg.chart', map);
    const at = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const s = geometry.x.findIndex(x => at.x >= x && at.x < x + geometry.cell);
    const c = geometry.y.findIndex(y => at.y >= y && at.y < y + geometry.row);
    if (s < 0 || c < 0) return '';
    if (D.regrets[c][s] === null) return `${C[c].name}\n${S[s].name}\nnot played`;
    const p99 = D.p99[c][s];
    return `${C[c].name} (${C[c].kind})\n${S[s].name}\nregret ${points(D.regrets[c][s] / 10)} `
      + `${D.halves[c][s] === null ? '± ?' : interval(D.halves[c][s] / 100)} points\n`
      + `p99 ${p99 === null ? '–' : p99 + ' % of the deadline'}, false sheds ${(D.sheds[c][s] / 10).toFixed(1)} %`;
  }
  map.addEventListener('pointermove', e => {
    const text = said(e);
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    tip.style.left = Math.max(4, Math.min(e.clientX + 14, root.clientWidth - tip.offsetWidth - 8)) + 'px';
    tip.style.top = (e.clientY + 18 + tip.offsetHeight > innerHeight ? e.clientY - tip.offsetHeight - 10 : e.clientY + 18) + 'px';
  });
  map.addEventListener('pointerleave', () => { tip.hidden = true; });

  addEventListener('beforeprint', () => document.querySelectorAll('main details').forEach(d => { d.open = true; }));

  root.dataset.ready = Math.round(performance.now());
  readLink();
  reveal();
})();
