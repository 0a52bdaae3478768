/* The page's charts, filters and links. Everything it shows is in the block of data; it asks
   nobody for anything. Tables are part of the page and are only hidden and shown. */
(() => {
  'use strict';
  const D = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const OUTCOMES = ['good', 'late', 'shed', 'other', 'timeout', 'transport'];
  const OUTCOME_WORDS = ['good: 200 in time', 'late: 200 after the deadline', 'shed: 429',
    'other status', 'timeout', 'transport error'];
  const DASHES = [null, [7, 4], [1.5, 4], [9, 4, 1.5, 4], [4, 3]];
  const MARKERS = ['circle', 'rect', 'triangle', 'diamond', 'path://M-1,-0.8L1,-0.8L0,1Z',
    'path://M-1,-.35L-.35,-.35L-.35,-1L.35,-1L.35,-.35L1,-.35L1,.35L.35,.35L.35,1L-.35,1L-.35,.35L-1,.35Z'];
  const PERCENTILES = ['p50', 'p99', 'p99.9'];
  const FONT = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif';

  // ---- words and numbers -------------------------------------------------------------------
  const escaped = text => String(text).replace(/[&<>"]/g, c => '&#' + c.charCodeAt(0) + ';');
  const percent = (share, digits = 1) => (100 * share).toFixed(digits) + ' %';
  const loadName = load => load + 'x';
  const times = micros => {
    const ms = micros / 1000;
    return ms >= 99.95 ? ms.toFixed(0) : ms >= 9.995 ? ms.toFixed(1) : ms.toFixed(2);
  };
  const clock = micros => micros >= 1e6 ? micros / 1e6 + ' s' : micros >= 1000 ? micros / 1000 + ' ms' : micros + ' µs';
  const short = name => name.length <= 24 ? name : name.slice(0, 23) + '…';

  // ---- what is chosen, and the link to it --------------------------------------------------
  const state = {
    servers: new Set(D.servers.keys()), strategies: new Set(D.strategies.keys()),
    loads: new Set(D.loads.keys()), variant: 0, at: Math.max(0, D.at), q: 'p99', score: '',
    cell: '', beside: '', theme: '', pairs: ''
  };
  const LISTS = {
    servers: D.servers, strategies: D.strategies.map(s => s.name), loads: D.loads.map(loadName)
  };

  function link() {
    const parts = [];
    const add = (key, value) => parts.push(key + '=' + value);
    for (const [key, all] of Object.entries(LISTS)) {
      if (state[key].size < all.length) {
        add(key, [...state[key]].sort((a, b) => a - b).map(i => encodeURIComponent(all[i])).join(','));
      }
    }
    if (state.variant) add('variant', encodeURIComponent(D.variants[state.variant]));
    if (state.at !== D.at) add('at', loadName(D.loads[state.at]));
    if (state.q !== 'p99') add('q', state.q);
    if (state.score) add('score', state.score);
    if (state.pairs) add('pairs', state.pairs);
    if (state.cell) add('cell', encodeURIComponent(state.cell));
    if (state.beside) add('beside', encodeURIComponent(state.beside));
    if (state.theme) add('theme', state.theme);
    return parts.join('&');
  }

  function readLink() {
    const hash = location.hash.slice(1);
    if (!hash.includes('=')) return false;
    const given = {};
    for (const part of hash.split('&')) {
      const at = part.indexOf('=');
      given[part.slice(0, at)] = part.slice(at + 1).split(',').map(word => {
        try { return decodeURIComponent(word); } catch (e) { return word; }
      });
    }
    for (const [key, all] of Object.entries(LISTS)) {
      const found = (given[key] || []).map(name => all.indexOf(name)).filter(i => i >= 0);
      state[key] = new Set(given[key] && found.length ? found : all.keys());
    }
    const one = (key, all, otherwise) => {
      const i = given[key] ? all.indexOf(given[key][0]) : -1;
      return i >= 0 ? i : otherwise;
    };
    state.variant = one('variant', D.variants, 0);
    state.at = one('at', LISTS.loads, Math.max(0, D.at));
    state.q = PERCENTILES[one('q', PERCENTILES, 1)];
    state.score = given.score ? given.score[0] : '';
    state.pairs = given.pairs ? given.pairs[0] : '';
    state.cell = given.cell ? given.cell[0] : '';
    state.beside = given.beside ? given.beside[0] : '';
    state.theme = given.theme && ['light', 'dark'].includes(given.theme[0]) ? given.theme[0] : '';
    return true;
  }

  function chosen() {
    const text = link();
    history.replaceState(null, '', text ? '#' + text : location.pathname + location.search);
    show();
  }

  // ---- the data ----------------------------------------------------------------------------
  const place = x => [x.h, x.p, x.v, x.l].join();
  const rowAt = new Map(D.rows.map(r => [place(r), r]));
  const simulatedAt = new Map(D.simulated.map(r => [place(r), r]));
  const cellsAt = new Map();
  for (const [i, cell] of D.cells.entries()) {
    if (!cell.o) cell.o = i + 1;
    if (!cellsAt.has(place(cell))) cellsAt.set(place(cell), []);
    cellsAt.get(place(cell)).push(cell);
  }
  const cellOf = new Map(D.cells.map(c => [c.id, c]));
  const servers = () => [...D.servers.keys()].filter(h => state.servers.has(h));
  const strategies = () => [...D.strategies.keys()].filter(p => state.strategies.has(p));
  const loads = () => [...D.loads.keys()].filter(l => state.loads.has(l));
  const row = (h, p, l) => rowAt.get([h, p, state.variant, l].join());
  const cells = (h, p, l) => cellsAt.get([h, p, state.variant, l].join()) || [];
  const shown = x => x.v === state.variant || D.loads.length === 1;
  const where = c => `${D.servers[c.h]}, ${D.strategies[c.p].name}, ${loadName(D.loads[c.l])}`
    + (c.v ? `, ${D.variants[c.v]}` : '') + (c.r ? `, repeat ${c.r}` : '');

  // ---- drawing -----------------------------------------------------------------------------
  let ink = {};
  function readInk() {
    const css = getComputedStyle(root);
    for (const name of ['bg', 'panel', 'ink', 'soft', 'rule', 'axis', 'overload', 'h0', 'h10', ...OUTCOMES]) {
      ink[name] = css.getPropertyValue('--' + name).trim();
    }
    ink.series = [0, 1, 2, 3, 4, 5, 6, 7].map(i => css.getPropertyValue('--s' + i).trim());
  }
  const colour = p => ink.series[D.strategies[p].colour];
  const text = (x, y, words, style = {}) => ({
    type: 'text', x, y, silent: true,
    style: { text: words, fill: style.fill || ink.soft, font: `${style.bold ? 600 : 400} ${style.size || 10.5}px ${FONT}`, verticalAlign: 'middle', align: style.align }
  });
  const stroke = (x1, y1, x2, y2, style) => ({
    type: 'line', silent: true, shape: { x1: Math.round(x1) + .5, y1: Math.round(y1) + .5, x2: Math.round(x2) + .5, y2: Math.round(y2) + .5 }, style
  });
  const own = (renderItem, more = {}) => ({
    type: 'custom', renderItem, data: [0], silent: true, tooltip: { show: false }, clip: false, ...more
  });

  /** Grid lines, ticks and names of axes, in the manner of the write-up's charts. */
  function frame({ xs, ys, xName = '', from = null, fromName = '', gx = 0 }) {
    return own((params, api) => {
      const box = params.coordSys;
      const right = box.x + box.width;
      const floor = box.y + box.height;
      const children = [];
      if (from !== null && api.coord([from, 0])[0] < right) {
        const x = Math.max(box.x, api.coord([from, 0])[0]);
        children.push({ type: 'rect', silent: true, shape: { x, y: box.y, width: right - x, height: box.height }, style: { fill: ink.overload } });
        children.push(text(x + 1, box.y - 7, fromName, { size: 10 }));
      }
      for (const [value, label] of ys) {
        const y = api.coord([params.coordSys.x0 || 0, value])[1];
        if (y < box.y - 1 || y > floor + 1) continue;
        children.push(stroke(box.x, y, right, y, { stroke: ink.rule }));
        children.push(text(box.x - 6, y, label, { align: 'right' }));
      }
      children.push(stroke(box.x, floor, right, floor, { stroke: ink.axis }));
      let last = -1e9;
      for (const [value, label] of xs) {
        const x = api.coord([value, 0])[0];
        if (x < box.x - 1 || x > right + 1) continue;
        children.push(stroke(x, floor, x, floor + 4, { stroke: ink.axis }));
        if (label && x - last >= 6 + 6 * label.length) {
          children.push(text(x, floor + 13, label, { align: 'center' }));
          last = x;
        }
      }
      if (xName) children.push(text(box.x + box.width / 2, floor + 29, xName, { align: 'center', size: 10 }));
      return { type: 'group', children };
    }, { z: 0, xAxisIndex: gx, yAxisIndex: gx });
  }

  /** Positions at least a step apart and above a floor, with the least squared displacement. */
  function spread(wanted, step, floor) {
    const n = wanted.length;
    const pools = [];
    wanted.forEach((y, i) => {
      let pool = { mean: Math.min(y - i * step, floor - (n - 1) * step), size: 1 };
      while (pools.length && pools[pools.length - 1].mean > pool.mean) {
        const before = pools.pop();
        const size = before.size + pool.size;
        pool = { mean: (before.mean * before.size + pool.mean * pool.size) / size, size };
      }
      pools.push(pool);
    });
    return pools.flatMap(pool => Array(pool.size).fill(pool.mean)).map((y, i) => y + i * step);
  }

  /** Names at the ends of lines. */
  function names(ends) {
    return own((params, api) => {
      const box = params.coordSys;
      const right = box.x + box.width;
      const placed = ends.map(e => ({ ...e, at: api.coord([e.x, e.y]) })).sort((a, b) => a.at[1] - b.at[1]);
      const ys = spread(placed.map(e => e.at[1]), 13, box.y + box.height + 2);
      return {
        type: 'group',
        children: placed.flatMap((e, i) => [
          { type: 'line', silent: true, shape: { x1: e.at[0] + 5, y1: e.at[1], x2: right + 6, y2: ys[i] }, style: { stroke: e.colour, lineDash: [1, 2], opacity: .6 } },
          text(right + 9, ys[i], short(e.name), { fill: e.fill || ink.ink })
        ])
      };
    }, { z: 9 });
  }

  const nameWidth = list => 16 + 6.1 * Math.max(4, ...list.map(p => short(D.strategies[p].name).length));
  const hidden = (min, max, gridIndex = 0) => ({
    type: 'value', min, max, show: false, gridIndex, splitLine: { show: false }
  });

  function base(label, more) {
    return {
      animation: false, backgroundColor: 'transparent', textStyle: { fontFamily: FONT, color: ink.ink },
      aria: { enabled: true, label: { description: label } },
      tooltip: {
        trigger: 'axis', confine: true, backgroundColor: ink.panel, borderColor: ink.axis, borderWidth: 1, padding: [7, 10],
        extraCssText: 'box-shadow:0 2px 10px #0003;border-radius:4px', textStyle: { color: ink.ink, fontSize: 12 },
        axisPointer: { type: 'line', snap: true, lineStyle: { color: ink.axis, type: 'solid' }, label: { show: false } }
      },
      ...more
    };
  }
  const swatch = (p, faint) => `<svg class="key" viewBox="0 0 24 12" width="24" height="12" aria-hidden="true"${faint ? ' style="opacity:.5"' : ''}>${D.strategies[p].swatch}</svg>`;
  const tip = (title, lines) => `<div class="tip"><strong>${escaped(title)}</strong><table>${lines.map(cells =>
    `<tr>${cells.map((c, i) => `<td${i > 1 ? ' class="n"' : ''}>${c}</td>`).join('')}</tr>`).join('')}</table></div>`;

  const logLoad = load => Math.log2(load);
  function loadAxis() {
    const shown = loads().map(l => D.loads[l]);
    const min = Math.min(...shown), max = Math.max(...shown);
    const pad = min === max ? .5 : .04 * (logLoad(max) - logLoad(min));
    return {
      axis: hidden(logLoad(min) - pad, logLoad(max) + pad),
      xs: shown.map(load => [logLoad(load), loadName(load)]),
      from: max > 1 ? 0 : null, min, max
    };
  }
  function logTicks(min, max) {
    const ticks = [];
    const every = max / min <= 60;
    for (let power = 0; power <= 8; power++) {
      for (const digit of [1, 2, 5]) {
        const v = digit * 10 ** power;
        if (v >= min * .999 && v <= max * 1.001 && (digit === 1 || every)) ticks.push([Math.log10(v), clock(v)]);
      }
    }
    return ticks;
  }
  function logRange(values) {
    const good = values.filter(v => v > 0);
    if (!good.length) return null;
    const least = Math.min(...good), most = Math.max(...good) * 1.1;
    let min = 10 ** Math.floor(Math.log10(least));
    for (const digit of [2, 5]) if (digit * min <= least) { min *= digit; break; }
    if (5 * 10 ** Math.floor(Math.log10(least)) <= least) min = 5 * 10 ** Math.floor(Math.log10(least));
    return [min, Math.max(most, min * 10)];
  }

  /** Lines over the load, one per strategy, for one server. */
  function overLoad(h, o) {
    const x = loadAxis();
    const list = strategies();
    const series = [frame({ xs: x.xs, ys: o.ys, xName: 'offered load, multiples of capacity', from: x.from, fromName: 'overload' })];
    if (o.guide) series.push(...o.guide(x));
    const ends = [];
    for (const p of list) {
      const look = D.strategies[p];
      const points = [];
      const band = [];
      const simulated = [];
      for (const l of loads()) {
        const r = row(h, p, l);
        const value = r && r.n ? o.value(r) : null;
        const at = logLoad(D.loads[l]);
        if (r || cells(h, p, l).length) points.push({ value: [at, value === null ? null : o.y(value)], p, l, r, figure: value, weak: value !== null && o.weak && o.weak(r) });
        if (value !== null && o.range && r.n > 1) band.push([at, o.y(o.range(r)[0]), o.y(o.range(r)[1])]);
        const s = o.simulated && simulatedAt.get([h, p, state.variant, l].join());
        const guess = s ? o.simulated(s) : null;
        if (guess !== null) simulated.push({ value: [at, o.y(guess)], p, l, simulation: guess });
      }
      if (band.length > 1) {
        series.push(own((params, api) => ({
          type: 'polygon', silent: true,
          shape: { points: [...band.map(b => api.coord([b[0], b[1]])), ...band.map(b => api.coord([b[0], b[2]])).reverse()] },
          style: { fill: colour(p), opacity: .16 }
        }), { z: 1 }));
      }
      if (simulated.length > 1) {
        series.push({
          type: 'line', data: simulated, showSymbol: false, z: 2, silent: true,
          lineStyle: { color: colour(p), width: 1.2, type: [3, 3], opacity: .8 }, itemStyle: { color: colour(p) }
        });
      }
      series.push({
        type: 'line', data: points.map(d => ({
          ...d, symbolSize: d.weak ? 5 : 8, itemStyle: { color: colour(p), opacity: d.weak ? .4 : 1 }
        })),
        symbol: MARKERS[look.marker], symbolSize: 8, showAllSymbol: true, z: 4,
        lineStyle: { color: colour(p), width: 2, type: DASHES[look.dash] || 'solid' }, emphasis: { focus: 'series', lineStyle: { width: 2.6 } },
        blur: { lineStyle: { opacity: .15 }, itemStyle: { opacity: .15 } }
      });
      const runs = loads().flatMap(l => cells(h, p, l).filter(c => c.why || D.repeats > 1)).map(c => ({ c, y: o.run(c) }));
      series.push({
        type: 'scatter', z: 5, tooltip: { show: false },
        data: runs.filter(r => r.c.why || r.y !== null).map(r => ({
          value: [logLoad(D.loads[r.c.l]), r.y === null ? o.floor : o.y(r.y)], cell: r.c.id,
          symbol: 'circle', symbolSize: r.c.why ? 10 : 3.5,
          itemStyle: r.c.why ? { color: 'transparent', borderColor: colour(p), borderWidth: 1.6 } : { color: colour(p), opacity: .75 }
        }))
      });
      const last = points.filter(d => d.figure !== null).pop();
      if (last) ends.push({ x: last.value[0], y: last.value[1], name: look.name, colour: colour(p) });
    }
    if (o.end) ends.push(...o.end(x));
    series.push(names(ends));
    return base(`${o.label} on ${D.servers[h]}`, {
      grid: { left: o.left || 46, right: nameWidth(list), top: 20, bottom: 40 },
      xAxis: x.axis, yAxis: hidden(o.range_[0], o.range_[1]), series,
      tooltip: {
        ...base('').tooltip,
        formatter: all => {
          const points = all.filter(a => a.data && a.data.p !== undefined && (a.data.figure !== undefined || a.data.simulation !== undefined));
          if (!points.length) return '';
          const l = points[0].data.l;
          const lines = points.filter(a => a.data.figure !== undefined)
            .sort((a, b) => (b.data.figure === null ? -1 : b.data.figure) - (a.data.figure === null ? -1 : a.data.figure))
            .map(a => [swatch(a.data.p), escaped(D.strategies[a.data.p].name),
              a.data.figure === null ? 'no valid run' : o.say(a.data.figure, a.data.r), simulationOf(h, a.data.p, l, o)]);
          return tip(`${D.servers[h]} at ${loadName(D.loads[l])}`, lines);
        }
      }
    });
  }
  /** The same where there is but one load: a row per strategy and variant, the figure along the bottom. */
  function ranks(h, o) {
    const rows = strategies().flatMap(p => [...D.variants.keys()].map(v => {
      const at = [h, p, v, 0].join();
      const name = short(D.strategies[p].name) + (D.variants.length > 1 ? ' · ' + D.variants[v] : '');
      return { p, v, name, r: rowAt.get(at), cells: cellsAt.get(at) || [] };
    })).filter(x => x.r || x.cells.length);
    const value = x => x.r && x.r.n ? o.value(x.r) : null;
    const left = 16 + 6.1 * Math.max(4, ...rows.map(x => x.name.length));
    const medians = rows.map((x, i) => ({ x, i, figure: value(x) })).filter(d => d.figure !== null && d.figure !== undefined);
    const runs = rows.flatMap((x, i) => x.cells.filter(c => c.why || D.repeats > 1).map(c => ({ x, i, c, y: o.run(c) })));
    return panel(D.servers[h], base(`${o.label.replace(/ against offered load$/, '')} on ${D.servers[h]}`, {
      grid: { left, right: 30, top: 20, bottom: 26 }, xAxis: hidden(...o.range_),
      yAxis: { type: 'category', inverse: true, show: false, data: rows.map((x, i) => i) },
      series: [own((params, api) => {
        const box = params.coordSys;
        const floor = box.y + box.height;
        const children = [];
        for (const [v, label] of o.ys) {
          const x = api.coord([v, 0])[0];
          if (x < box.x - 1 || x > box.x + box.width + 1) continue;
          children.push(stroke(x, box.y, x, floor, { stroke: ink.rule }));
          children.push(text(x, floor + 12, label, { align: 'center' }));
        }
        rows.forEach((x, i) => {
          const y = api.coord([0, i])[1];
          children.push(stroke(box.x, y, box.x + box.width, y, { stroke: ink.rule }));
          children.push(text(box.x - 8, y, x.name, { align: 'right', fill: ink.ink }));
          if (value(x) === null) children.push(text(box.x + 6, y - 1, x.r && x.r.n ? 'none' : 'no valid run'));
        });
        if (o.mark) {
          const x = api.coord([o.y(o.mark[0]), 0])[0];
          children.push({ type: 'line', shape: { x1: x, y1: box.y, x2: x, y2: floor }, style: { stroke: ink.axis, lineWidth: 1.4, lineDash: [2, 3] } });
          children.push(text(x, box.y - 8, o.mark[1], { align: 'center', size: 10 }));
        }
        return { type: 'group', children };
      }, { z: 1 }), {
        type: 'scatter', z: 5, data: runs.filter(d => d.c.why || d.y !== null).map(d => ({
          value: [d.y === null ? o.floor : o.y(d.y), d.i], cell: d.c.id, symbol: 'circle', symbolSize: d.c.why ? 11 : 5,
          itemStyle: d.c.why ? { color: 'transparent', borderColor: colour(d.x.p), borderWidth: 1.6 } : { color: colour(d.x.p), opacity: .6 }
        }))
      }, {
        type: 'scatter', z: 4, data: medians.map(d => ({
          value: [o.y(d.figure), d.i], r: d.x.r, p: d.x.p, symbol: MARKERS[D.strategies[d.x.p].marker], symbolSize: 10,
          itemStyle: { color: colour(d.x.p), opacity: o.weak && o.weak(d.x.r) ? .4 : 1 }
        }))
      }],
      tooltip: { ...base('').tooltip, trigger: 'item', formatter: a => {
        const d = a.data || {};
        const c = d.cell && cellOf.get(d.cell);
        if (c) return tip(where(c), [['', o.run(c) === null ? 'no figures' : o.words(o.run(c)), ''], ...(c.why ? [['✗', escaped(c.why).slice(0, 160), '']] : [])]);
        return d.r ? tip(rows[d.value[1]].name, [[swatch(d.p), o.say(o.value(d.r), d.r)]]) : '';
      } }
    }), !rows.length, 50 + 21 * rows.length);
  }
  const measured = (h, o) => D.loads.length === 1 ? ranks(h, o) : panel(D.servers[h], overLoad(h, o));

  function simulationOf(h, p, l, o) {
    const s = o.simulated && simulatedAt.get([h, p, state.variant, l].join());
    return s && o.simulated(s) !== null ? `<span class="weak">simulated ${o.words(o.simulated(s))}</span>` : '';
  }

  function shareTicks(max) {
    const step = max > 1.6 ? .5 : .25;
    const ticks = [];
    for (let v = 0; v <= max + 1e-9; v += step) ticks.push([v, percent(v, 0)]);
    return ticks;
  }

  function goodput() {
    const most = Math.max(1, ...D.rows.filter(shown).map(r => r.hi || 0), ...D.cells.filter(shown).map(c => c.good || 0), ...D.simulated.map(s => s.good));
    const max = Math.max(1.08, most * 1.04);
    const ceiling = h => D.ceilings.find(x => x.h === h && x.v === state.variant);
    return servers().map(h => measured(h, {
      label: 'Goodput as a share of capacity against offered load', mark: D.possible === undefined ? null : [D.possible, 'to be had'], ys: shareTicks(max), range_: [0, max], y: v => v, floor: 0,
      value: r => r.good, range: r => [r.lo, r.hi], run: c => c.good === undefined ? null : c.good, simulated: s => s.good,
      words: percent,
      say: (v, r) => percent(v) + (r.n > 1 ? ` <span class="weak">(${percent(r.lo)}–${percent(r.hi)}, ${r.n} runs)</span>` : ''),
      guide: x => {
        const data = [];
        for (let i = 0; i <= 60; i++) {
          const at = x.axis.min + i / 60 * (x.axis.max - x.axis.min);
          data.push([at, Math.min(1, 2 ** at)]);
        }
        const dotted = (data, type) => ({ type: 'line', data, showSymbol: false, silent: true, z: 1, tooltip: { show: false }, lineStyle: { color: ink.axis, width: 1.4, type } });
        const left = ceiling(h);
        return [dotted(data, [2, 3]), ...(left ? [dotted(left.points.map(([load, share]) => [logLoad(load), share]).filter(d => d[0] <= x.axis.max), [7, 3])] : [])];
      },
      end: x => {
        const ideal = { x: x.axis.max, y: Math.min(1, 2 ** x.axis.max), name: 'ideal', colour: ink.axis, fill: ink.soft };
        const left = ceiling(h);
        const last = left && left.points.filter(d => logLoad(d[0]) <= x.axis.max).pop();
        return last ? [ideal, { x: logLoad(last[0]), y: last[1], name: 'ceiling', colour: ink.axis, fill: ink.soft }] : [ideal];
      }
    }));
  }

  /** Response times over the load at the chosen percentile. */
  function latency(kind, what, mark, markName) {
    const i = 1 + ['p50', 'p90', 'p99', 'p99.9'].indexOf(state.q);
    const support = { p50: 20, p99: 1000, 'p99.9': 10000 }[state.q];
    const range = logRange([mark, ...D.rows.filter(shown).flatMap(r => r[kind] ? [r[kind][1], r[kind][3]] : [])]);
    if (!range) return [];
    const run = c => {
      const v = state.q === 'p50' ? c[kind + '50'] : state.q === 'p99' ? c[kind + '99'] : 0;
      return v > 0 ? v : null;
    };
    return servers().map(h => measured(h, {
      label: `${state.q} of ${what} against offered load`, mark: [mark, markName], ys: logTicks(...range), range_: range.map(Math.log10), y: v => Math.log10(v),
      floor: Math.log10(range[0]), left: 52, value: r => r[kind] ? r[kind][i] : null, weak: r => r[kind][0] < support, run,
      words: v => times(v) + ' ms', simulated: kind === 'a' && state.q === 'p99' ? s => s.a99 || null : null,
      say: (v, r) => `${times(v)} ms` + (r[kind][0] < support ? ' <span class="weak">(few samples)</span>' : ''),
      guide: x => [own((params, api) => {
        const box = params.coordSys;
        const y = api.coord([x.axis.min, Math.log10(mark)])[1];
        return {
          type: 'group', children: [
            { type: 'line', shape: { x1: box.x, y1: y, x2: box.x + box.width, y2: y }, style: { stroke: ink.axis, lineWidth: 1.4, lineDash: [2, 3] } },
            text(box.x + 4, y - 8, markName, { size: 10 })]
        };
      }, { z: 1 })]
    }));
  }

  /** Response times by percentile, no further than ten samples beyond. */
  function curves(kind, what) {
    const SUMMARY = [.5, .9, .99, .999];
    const l = state.at;
    const points = r => {
      if (!r || !r[kind]) return [];
      if (r['c' + kind]) return r['c' + kind].map((v, i) => [i / 5, v]).filter(d => d[1] > 0);
      return SUMMARY.map((q, i) => [-Math.log10(1 - q), r[kind][1 + i], r[kind][0] * (1 - q)]).filter(d => d[2] >= 9.99 && d[1] > 0);
    };
    const values = D.rows.filter(r => r.v === state.variant).flatMap(r => points(r).map(d => d[1]));
    const range = logRange(kind === 'a' ? [...values, D.deadline] : values);
    if (!range || !values.length) return [];
    return servers().map(h => {
      const list = strategies();
      const lines = list.map(p => ({ p, points: points(row(h, p, l)) })).filter(line => line.points.length > 1);
      const far = Math.max(2, ...lines.flatMap(line => line.points.map(d => d[0]))) + .05;
      const ticks = [[0, '0 %'], [Math.log10(2), '50 %'], [1, '90 %'], [2, '99 %'], [3, '99.9 %'], [4, '99.99 %']];
      const series = [frame({ xs: ticks, ys: logTicks(...range), xName: 'percentile (logarithm of 1 − q)' })];
      for (const line of lines) {
        const look = D.strategies[line.p];
        series.push({
          type: 'line', data: line.points.map(d => ({ value: [d[0], Math.log10(d[1])], p: line.p, micros: d[1] })), z: 4,
          symbol: MARKERS[look.marker], symbolSize: line.points.length > 6 ? 4 : 7, showAllSymbol: true, itemStyle: { color: colour(line.p) },
          lineStyle: { color: colour(line.p), width: 2, type: DASHES[look.dash] || 'solid' }, emphasis: { focus: 'series' }
        });
      }
      series.push(names(lines.map(line => {
        const end = line.points[line.points.length - 1];
        return { x: end[0], y: Math.log10(end[1]), name: D.strategies[line.p].name, colour: colour(line.p) };
      })));
      if (kind === 'a') {
        series.push(own((params, api) => {
          const box = params.coordSys;
          const y = api.coord([0, Math.log10(D.deadline)])[1];
          return { type: 'group', children: [
            { type: 'line', shape: { x1: box.x, y1: y, x2: box.x + box.width, y2: y }, style: { stroke: ink.axis, lineWidth: 1.4, lineDash: [2, 3] } },
            text(box.x + 4, y - 8, 'deadline', { size: 10 })] };
        }, { z: 1 }));
      }
      return panel(`${D.servers[h]}, ${what} at ${loadName(D.loads[l])}`, base(`Percentiles of ${what} at ${loadName(D.loads[l])} on ${D.servers[h]}`, {
        grid: { left: 52, right: nameWidth(list), top: 12, bottom: 40 }, xAxis: hidden(0, far), yAxis: hidden(...range.map(Math.log10)), series,
        tooltip: {
          ...base('').tooltip,
          formatter: all => {
            const found = all.filter(a => a.data && a.data.micros);
            if (!found.length) return '';
            const q = 100 - 100 / 10 ** found[0].data.value[0];
            return tip(`${q.toFixed(q < 99 ? 0 : q < 99.9 ? 1 : 3)} % are done within`, found.sort((a, b) => b.data.micros - a.data.micros)
              .map(a => [swatch(a.data.p), escaped(D.strategies[a.data.p].name), times(a.data.micros) + ' ms']));
          }
        }
      }), !lines.length);
    });
  }

  const decal = i => ({
    1: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 4], rotation: Math.PI / 4, color: ink.bg + '90' },
    3: { symbol: 'circle', dashArrayX: [[4, 4]], dashArrayY: [4, 4], symbolSize: .6, color: ink.bg + '90' },
    4: { symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -Math.PI / 4, color: ink.bg + 'a0' }
  })[i];

  function outcomes() {
    const list = strategies();
    const l = state.at;
    return servers().map(h => {
      const rows = list.map(p => row(h, p, l));
      return panel(`${D.servers[h]} at ${loadName(D.loads[l])}`, base(`Outcomes at ${loadName(D.loads[l])} on ${D.servers[h]}`, {
        grid: { left: nameWidth(list), right: 20, top: 4, bottom: 22 },
        xAxis: {
          type: 'value', min: 0, max: 1, interval: .25, axisLabel: { formatter: v => percent(v, 0), color: ink.soft, fontSize: 10.5 }, splitLine: { lineStyle: { color: ink.rule } }
        },
        yAxis: {
          type: 'category', inverse: true, data: list.map(p => short(D.strategies[p].name)), axisTick: { show: false }, axisLine: { lineStyle: { color: ink.axis } },
          axisLabel: { color: ink.ink, fontSize: 10.5, interval: 0 }
        },
        series: [...OUTCOMES.map((name, i) => ({
          type: 'bar', stack: 'all', name: OUTCOME_WORDS[i], barMaxWidth: 18, barCategoryGap: '25%',
          data: rows.map(r => {
            if (!r || !r.shares) return { value: 0 };
            const sum = r.shares.reduce((a, b) => a + b, 0) || 1;
            return { value: r.shares[i] / sum, share: r.shares[i] };
          }),
          itemStyle: { color: ink[name], decal: decal(i) },
          label: {
            show: i === 0 || i === 2, position: 'insideLeft', fontSize: 10, fontWeight: 600, color: i === 0 ? ink.bg : ink.ink,
            formatter: d => d.value > .1 ? percent(d.data.share, 0) : ''
          }
        })), own((params, api) => ({
          type: 'group', children: rows.flatMap((r, i) => r && r.shares ? [] : [text(params.coordSys.x + 6, api.coord([0, i])[1], r ? 'no valid run' : 'not run')])
        }))],
        tooltip: {
          ...base('').tooltip, axisPointer: { type: 'none' },
          formatter: all => {
            const bars = all.filter(a => a.seriesType === 'bar' && a.data.share);
            return bars.length ? tip(D.strategies[list[bars[0].dataIndex]].name, bars.map(a =>
              [`<span class="block" style="background:${ink[OUTCOMES[a.seriesIndex]]}"></span>`, a.seriesName, percent(a.data.share)])) : '';
          }
        }
      }), false, 60 + 26 * list.length);
    });
  }

  /** Every run in the order in which it was measured. */
  function repeats() {
    const l = state.at;
    const list = strategies();
    const most = Math.max(1, ...D.cells.filter(c => c.l === l && c.v === state.variant).map(c => c.good || 0));
    return servers().map(h => {
      const mine = list.flatMap(p => cells(h, p, l));
      const orders = mine.map(c => c.o);
      const min = Math.min(...orders), max = Math.max(...orders);
      const pad = Math.max(.5, .03 * (max - min));
      const ticks = [];
      const step = Math.max(1, Math.ceil((max - min) / 6));
      for (let v = min; v <= max; v += step) ticks.push([v, String(v)]);
      const ends = [];
      const series = [frame({ xs: ticks, ys: shareTicks(Math.max(1.08, most * 1.04)), xName: 'order of measurement' })];
      for (const p of list) {
        const look = D.strategies[p];
        const own_ = cells(h, p, l);
        const r = row(h, p, l);
        series.push({
          type: 'scatter', symbol: MARKERS[look.marker], z: 4, emphasis: { focus: 'series' },
          data: own_.map(c => ({
            value: [c.o, c.good === undefined ? 0 : c.good], cell: c.id, symbolSize: c.why ? 11 : 8,
            itemStyle: c.why ? { color: 'transparent', borderColor: colour(p), borderWidth: 1.6 } : { color: colour(p), opacity: .85 }
          }))
        });
        if (r && r.n) {
          series.push(own((params, api) => {
            const y = api.coord([min, r.good])[1];
            return { type: 'line', shape: { x1: params.coordSys.x, y1: y, x2: params.coordSys.x + params.coordSys.width, y2: y }, style: { stroke: colour(p), opacity: .35, lineDash: DASHES[look.dash] } };
          }, { z: 1 }));
          ends.push({ x: max, y: r.good, name: look.name, colour: colour(p) });
        }
      }
      series.push(names(ends));
      return panel(`${D.servers[h]} at ${loadName(D.loads[l])}`, base(`Goodput of every run at ${loadName(D.loads[l])} on ${D.servers[h]}`, {
        grid: { left: 46, right: nameWidth(list), top: 12, bottom: 40 }, xAxis: hidden(min - pad, max + pad), yAxis: hidden(0, Math.max(1.08, most * 1.04)), series,
        tooltip: { ...base('').tooltip, trigger: 'item', formatter: a => {
          const c = a.data && cellOf.get(a.data.cell);
          return c ? tip(where(c), [['', 'goodput', c.good === undefined ? 'no figures' : percent(c.good)], ...(c.why ? [['✗', escaped(c.why).slice(0, 160), '']] : [])]) : '';
        } }
      }), !mine.length);
    });
  }

  /** CPU time per useful answer, over the load. */
  function cpu() {
    const range = logRange(D.rows.filter(shown).flatMap(r => r.cpu ? [r.cpu] : []));
    if (!range) return [];
    return servers().map(h => measured(h, {
      label: 'CPU time per success against offered load', ys: logTicks(...range), range_: range.map(Math.log10), y: v => Math.log10(v), floor: Math.log10(range[0]), left: 52,
      value: r => r.cpu || null, run: () => null, words: v => times(v) + ' ms', say: v => times(v) + ' ms'
    }));
  }

  /** Ratios with their intervals, and the band of what equals show behind each. */
  const KINDS = [['strategy', 'strategies'], ['server', 'servers'], ['variant', 'variants'], ['twin', 'A/A twins']]
    .filter(([kind]) => D.pairs.some(x => x.kind === kind));
  const kindNow = () => (KINDS.find(([kind]) => kind === state.pairs) || KINDS[0] || [''])[0];
  function forest() {
    const l = state.at;
    const kind = kindNow();
    const among = kind === 'variant' || kind === 'twin';
    const found = D.pairs.filter(x => x.kind === kind && x.l === l && (among || x.v === state.variant) && state.servers.has(x.h) && state.strategies.has(x.p));
    if (!found.length) return [];
    const name = x => kind === 'server' ? `${short(D.strategies[x.p].name)}: ${D.servers[x.h]} / ${x.against}`
      : `${D.servers[x.h]}: ${short(D.strategies[x.p].name)}` + (kind === 'strategy' ? ` / ${short(x.against)}` : ` ${D.variants[x.v]} / plain`);
    const all = found.flatMap(x => [x.lo, x.hi, x.ratio, x.band]).filter(v => v > 0);
    const edge = Math.min(3.2, Math.max(Math.log2(1.12), ...all.map(v => Math.abs(Math.log2(v)))) * 1.08);
    const ticks = [.125, .25, .5, .8, .9, 1, 1.1, 1.25, 2, 4, 8].filter(v => Math.abs(Math.log2(v)) <= edge).map(v => [Math.log2(v), v + '×']);
    const inside = v => Math.max(-edge, Math.min(edge, Math.log2(Math.max(v, 1e-9))));
    const left = 16 + 6 * Math.max(...found.map(x => name(x).length));
    return [panel(`${kind === 'server' ? 'goodput in % of the capacity' : 'goodput'} at ${loadName(D.loads[l])}, ratios`,
      base(`Ratios of goodput at ${loadName(D.loads[l])}`, {
        grid: { left, right: 118, top: 14, bottom: 40 }, xAxis: hidden(-edge, edge),
        yAxis: { type: 'category', inverse: true, show: false, data: found.map((x, i) => i) },
        series: [own((params, api) => {
          const box = params.coordSys;
          const right = box.x + box.width, floor = box.y + box.height;
          const half = box.height / found.length / 2;
          const children = [];
          found.forEach((x, i) => {
            const y = api.coord([0, i])[1];
            const a = api.coord([inside(1 / x.band), i])[0], b = api.coord([inside(x.band), i])[0];
            children.push({ type: 'rect', shape: { x: a, y: y - half, width: b - a, height: 2 * half }, style: { fill: ink.rule } });
          });
          children.push(text(api.coord([0, 0])[0], box.y - 7, 'equals differ this much', { align: 'center', size: 9.5 }));
          let last = -1e9;
          for (const [v, label] of ticks) {
            const x = api.coord([v, 0])[0];
            children.push(stroke(x, box.y, x, floor, { stroke: v === 0 ? ink.ink : ink.rule }));
            if (x - last > 36 || v === 0) { children.push(text(x, floor + 13, label, { align: 'center' })); last = x; }
          }
          children.push(text(box.x, floor + 30, '← less goodput', { size: 10 }));
          children.push(text(right, floor + 30, 'more goodput →', { size: 10, align: 'right' }));
          found.forEach((x, i) => {
            const y = api.coord([0, i])[1];
            children.push(text(box.x - 8, y, name(x), { align: 'right', fill: ink.ink }));
            children.push(text(right + 8, y, x.verdict, { fill: x.verdict === 'indistinguishable' ? ink.soft : ink.ink }));
            if (x.lo > 0) {
              const a = api.coord([inside(x.lo), i])[0], b = api.coord([inside(x.hi), i])[0];
              children.push({ type: 'line', shape: { x1: a, y1: y, x2: b, y2: y }, style: { stroke: colour(x.p), lineWidth: 2 } });
            }
          });
          return { type: 'group', children };
        }, { z: 1 }), {
          type: 'scatter', z: 4, data: found.map((x, i) => ({ value: [inside(x.ratio), i], pair: i, symbol: MARKERS[D.strategies[x.p].marker], symbolSize: 9, itemStyle: { color: colour(x.p) } }))
        }],
        tooltip: { ...base('').tooltip, trigger: 'item', formatter: a => {
          const x = a.data && found[a.data.pair];
          return x ? tip(name(x), [['', 'ratio', x.ratio.toFixed(3)], ...(x.lo > 0 ? [['', 'interval', `${x.lo.toFixed(3)} to ${x.hi.toFixed(3)}`]] : []),
            ['', 'blocks', x.n], ['', x.verdict, escaped(x.why)]]) : '';
        } }
      }), false, 70 + 22 * found.length, true)];
  }

  /** Goodput of every kind of client. */
  function tenants() {
    const l = state.at;
    const found = (D.tenants || []).filter(x => x.l === l && x.v === state.variant);
    const kinds = [...new Set(found.map(x => x.name))];
    if (!found.length) return [];
    const list = strategies();
    return servers().map(h => panel(`${D.servers[h]} at ${loadName(D.loads[l])}`, base(`Share of each tenant's requests answered in time at ${loadName(D.loads[l])} on ${D.servers[h]}`, {
      grid: { left: nameWidth(list), right: 20, top: 26, bottom: 22 },
      legend: { top: 0, left: 0, itemWidth: 14, itemHeight: 10, textStyle: { color: ink.ink, fontSize: 11 }, selectedMode: false },
      xAxis: { type: 'value', min: 0, max: 1, interval: .25, axisLabel: { formatter: v => percent(v, 0), color: ink.soft, fontSize: 10.5 }, splitLine: { lineStyle: { color: ink.rule } } },
      yAxis: { type: 'category', inverse: true, data: list.map(p => short(D.strategies[p].name)), axisTick: { show: false }, axisLine: { lineStyle: { color: ink.axis } }, axisLabel: { color: ink.ink, fontSize: 10.5, interval: 0 } },
      series: kinds.map((kind, i) => ({
        type: 'bar', name: kind, barMaxWidth: 12, itemStyle: { color: ink.series[1 + i % 7], decal: [undefined, decal(1), decal(3), decal(4)][i % 4] },
        data: list.map(p => { const x = found.find(t => t.h === h && t.p === p && t.name === kind); return x ? x.good : null; })
      })),
      tooltip: { ...base('').tooltip, axisPointer: { type: 'none' }, formatter: all => tip(D.strategies[list[all[0].dataIndex]].name, all.filter(a => a.value !== null && a.value !== undefined).map(a => ['', escaped(a.seriesName), percent(a.value)])) }
    }), false, 70 + 16 * kinds.length * list.length));
  }

  // ---- the course of one cell --------------------------------------------------------------
  const withCourse = D.cells.filter(c => c.t);
  function course(c) {
    const t = c.t;
    const count = Math.max(...['offered', 'inflight', 'cpu'].map(k => t[k] ? t[k].length : 0));
    const end = count * t.step;
    const at = i => (i + .5) * t.step;
    const grids = [];
    const series = [];
    const xAxis = [], yAxis = [];
    let top = 22;
    const HEIGHT = 108, GAP = 46;
    const add = (title, min, max, ys, lines, height = HEIGHT) => {
      const g = grids.length;
      grids.push({ left: 52, right: 82, top, height });
      xAxis.push({ ...hidden(0, end, g), axisPointer: { show: true, snap: true, label: { show: false } } });
      yAxis.push(hidden(min, max, g));
      const ticks = [];
      const step = [1, 2, 5, 10, 20, 50, 100, 200].find(s => end / s <= 9) || 500;
      for (let v = 0; v <= end + 1e-9; v += step) ticks.push([v, v + ' s']);
      series.push(frame({ xs: ticks, ys, gx: g }));
      series.push(own((params, api) => {
        const box = params.coordSys;
        const children = [text(box.x - 40, box.y - 10, title, { fill: ink.ink, bold: true, size: 11 })];
        if (D.leadIn > 0) {
          const x = api.coord([Math.min(D.leadIn, end), min])[0];
          children.push({ type: 'rect', shape: { x: box.x, y: box.y, width: x - box.x, height: box.height }, style: { fill: ink.axis, opacity: .13 } });
          if (!g) children.push(text(box.x + 3, box.y + box.height - 8, 'lead-in', { size: 9.5 }));
        }
        let from = D.leadIn;
        for (const phase of D.phases.slice(0, -1)) {
          from += phase;
          if (from < end) {
            const x = api.coord([from, min])[0];
            children.push({ type: 'line', shape: { x1: x, y1: box.y, x2: x, y2: box.y + box.height }, style: { stroke: ink.axis, lineDash: [4, 3] } });
          }
        }
        const ends = lines.map(line => ({ ...line, last: [...line.data].reverse().find(d => d[1] !== null) })).filter(line => line.last)
          .map(line => ({ ...line, y: api.coord(line.last)[1] })).sort((a, b) => a.y - b.y);
        spread(ends.map(e => e.y), 12, box.y + box.height + 4).forEach((y, i) => {
          children.push(text(box.x + box.width + 6, y, ends[i].name, { fill: ink.ink, size: 10 }));
          children.push({ type: 'line', shape: { x1: box.x + box.width, y1: ends[i].y, x2: box.x + box.width + 4, y2: y }, style: { stroke: ends[i].colour } });
        });
        return { type: 'group', silent: true, children };
      }, { xAxisIndex: g, yAxisIndex: g, z: 1 }));
      for (const line of lines) {
        series.push({
          type: 'line', name: line.name, xAxisIndex: g, yAxisIndex: g, data: line.data.map((d, i) => ({ value: d, say: line.say(line.raw[i]), tone: line.colour })),
          showSymbol: false, z: 4, lineStyle: { color: line.colour, width: line.width || 1.8, type: line.dash || 'solid' }, itemStyle: { color: line.colour }, step: line.step || false
        });
      }
      top += height + GAP;
    };
    const line = (name, raw, tone, y, say, more = {}) => ({
      name, raw, colour: tone, say, data: raw.map((v, i) => [at(i), v < 0 ? null : y(v)]), ...more
    });
    const linear = most => {
      const step = [.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000, 100000].find(s => most / s <= 4.5) || most;
      const ticks = [];
      for (let v = 0; v <= most * 1.001; v += step) ticks.push([v, String(v)]);
      return ticks;
    };
    const perSecond = v => v + '/s';
    if (t.offered) {
      const most = Math.max(1, ...t.offered) * 1.06;
      add('requests per second, by intended start', 0, most, linear(most), [
        line('offered', t.offered, ink.soft, v => v, perSecond, { dash: [2, 3] }),
        line('admitted', t.admitted, ink.good, v => v, perSecond, { width: 2.2 }),
        line('shed', t.shed, ink.series[1], v => v, perSecond, { dash: [7, 4] }),
        ...(Math.max(...t.late) > 0 ? [line('late', t.late, ink.late, v => v, perSecond, { dash: [1.5, 4] })] : []),
        ...(Math.max(...t.failed) > 0 ? [line('failed', t.failed, ink.timeout, v => v, perSecond, { dash: [9, 4, 1.5, 4] })] : [])]);
    }
    if (t.inflight) {
      const most = Math.max(10, ...t.inflight, ...t.waiting, ...(t.limit || [0])) / 10 * 1.08;
      const tenth = v => v / 10;
      add('requests in the server', 0, most, linear(most), [
        ...(t.limit ? [line('limit', t.limit, ink.ink, tenth, v => v / 10, { dash: [4, 3] })] : []),
        line('in flight', t.inflight, ink.series[3], tenth, v => v / 10, { width: 2.2 }),
        line('waiting', t.waiting, ink.series[4], tenth, v => v / 10, { dash: [1.5, 4] })]);
      add("server's CPU", 0, 108, [[0, '0 %'], [50, '50 %'], [100, '100 %']], [line('CPU', t.cpu, ink.series[2], v => v, v => v + ' %')], 70);
    }
    if (t.p50 && Math.max(...t.p99) > 0) {
      const range = logRange([...t.p50, ...t.p99, D.deadline]);
      const ms = v => times(v) + ' ms';
      const micros = t.p50.map(() => D.deadline);
      add('response time of admitted', ...range.map(Math.log10), logTicks(...range), [
        line('p99', t.p99, ink.series[5], Math.log10, ms, { dash: [7, 4] }), line('p50', t.p50, ink.series[1], Math.log10, ms, { width: 2.2 }),
        line('deadline', micros, ink.axis, Math.log10, ms, { dash: [2, 3], width: 1.3 })]);
      const bounds = t.heatBounds;
      let first = bounds.length, last = 0, peak = 1;
      for (let i = 0; i < t.heat.length; i += 3) {
        first = Math.min(first, t.heat[i + 1]); last = Math.max(last, t.heat[i + 1]); peak = Math.max(peak, t.heat[i + 2]);
      }
      const lower = b => Math.log10(b ? bounds[b - 1] : bounds[0] / 2);
      const low = lower(first), high = Math.log10(bounds[last]);
      const g = grids.length;
      add(t.heatCounts ? 'response times of admitted; darker: more requests' : 'p50 and p99 of every 100 ms; darker: more often',
        low, high, logTicks(10 ** low, 10 ** high).length > 1 ? logTicks(10 ** low, 10 ** high) : [[low, clock(Math.round(10 ** low))], [high, clock(Math.round(10 ** high))]], [], 120);
      const tiles = [];
      for (let i = 0; i < t.heat.length; i += 3) tiles.push([at(t.heat[i]), t.heat[i + 1], t.heat[i + 2]]);
      series.push({
        type: 'custom', xAxisIndex: g, yAxisIndex: g, data: tiles, z: 3, silent: true, clip: true, tooltip: { show: false }, encode: { x: 0, y: 1 },
        renderItem: (params, api) => {
          const b = api.value(1);
          const [x1, y1] = api.coord([api.value(0) - t.step / 2, Math.log10(bounds[b])]);
          const [x2, y2] = api.coord([api.value(0) + t.step / 2, lower(b)]);
          const depth = Math.log1p(api.value(2)) / Math.log1p(peak);
          return { type: 'rect', silent: true, shape: { x: x1, y: y1, width: Math.max(1, x2 - x1 - .5), height: Math.max(1, y2 - y1 - .5) }, style: { fill: mix(ink.h0, ink.h10, depth) } };
        }
      });
    }
    return {
      height: top + 4,
      option: base(`Course of ${where(c)}`, {
        grid: grids, xAxis, yAxis, series, axisPointer: { link: [{ xAxisIndex: 'all' }] },
        tooltip: {
          ...base('').tooltip,
          formatter: all => {
            const points = all.filter(a => a.data && a.data.say !== undefined && a.data.value[1] !== null && a.seriesName !== 'deadline');
            return points.length ? tip(points[0].data.value[0].toFixed(2) + ' s', points.map(a => [`<span class="block" style="background:${a.data.tone}"></span>`, a.seriesName, a.data.say])) : '';
          }
        }
      })
    };
  }
  function mix(a, b, share) {
    const part = (hex, i) => parseInt(hex.slice(1 + 2 * i, 3 + 2 * i), 16);
    return 'rgb(' + [0, 1, 2].map(i => Math.round(part(a, i) * (1 - share) + part(b, i) * share)).join() + ')';
  }
  function courses() {
    const first = cellOf.get(state.cell) && cellOf.get(state.cell).t ? cellOf.get(state.cell) : defaultCell();
    const beside = cellOf.get(state.beside);
    return [first, beside].filter(c => c && c.t).map(c => {
      const drawn = course(c);
      return { ...panel(where(c) + (c.why ? ' — ✗ invalid: ' + c.why : ''), drawn.option, false, drawn.height, !beside), files: c };
    });
  }
  function defaultCell() {
    const mine = withCourse.filter(c => c.l === D.at && c.v === 0);
    return mine.find(c => /netty/.test(D.servers[c.h]) && /\+/.test(D.strategies[c.p].name)) || mine[0] || withCourse[0];
  }

  // ---- panels ------------------------------------------------------------------------------
  const panel = (title, option, empty = false, height = 290, wide = false) => ({ title, option, empty, height, wide });
  const CHARTS = {
    goodput, admitted: () => latency('a', 'admitted requests', D.deadline, 'deadline'), shed: () => latency('s', 'shed requests', 1000, '1 ms'),
    'curves-admitted': () => curves('a', 'admitted'), 'curves-shed': () => curves('s', 'shed'), outcomes, repeats, cpu, forest, tenants, course: courses
  };
  const drawn = new Map();

  function draw(box) {
    const name = box.dataset.chart;
    const panels = CHARTS[name]();
    const charts = drawn.get(box) || [];
    while (charts.length > panels.length) {
      const gone = charts.pop();
      gone.chart.dispose();
      gone.figure.remove();
    }
    $$('.nothing', box).forEach(e => e.remove());
    if (!panels.length) {
      const p = document.createElement('p');
      p.className = 'nothing note-text';
      p.textContent = box.dataset.empty || 'Nothing to draw for this choice.';
      box.append(p);
    }
    panels.forEach((it, i) => {
      // All of them first: how wide one is depends on how many there are.
      if (!charts[i]) {
        const figure = document.createElement('figure');
        const title = document.createElement('figcaption');
        const plot = document.createElement('div');
        plot.className = 'plot';
        plot.setAttribute('role', 'img');
        figure.append(title, plot);
        box.append(figure);
        charts[i] = { figure, title, plot, chart: null };
      }
      const c = charts[i];
      c.title.textContent = it.title;
      c.figure.classList.toggle('wide', it.wide);
      if (c.plot.style.height !== it.height + 'px') c.plot.style.height = it.height + 'px';
    });
    panels.forEach((it, i) => {
      const c = charts[i];
      if (!c.chart) {
        c.chart = echarts.init(c.plot, null, { renderer: 'svg' });
        c.chart.on('click', e => {
          const data = e.data || {};
          if (data.cell) open(data.cell);
          else if (data.r && data.p !== undefined) {
            const first = cells(data.r.h, data.p, data.l)[0];
            if (first) open(first.id);
          }
        });
      } else {
        c.chart.resize();
      }
      c.chart.setOption(it.empty ? base('', { graphic: { type: 'text', left: 'center', top: 'middle', style: { text: 'no figures', fill: ink.soft, font: `12px ${FONT}` } } }) : it.option, true);
      if (it.files) files(c, it.files);
    });
    drawn.set(box, charts);
    box.dataset.drawn = charts.length;
    if (name === 'course' && charts.length > 1) {
      charts.forEach(c => { c.chart.group = 'course'; });
      echarts.connect('course');
    }
  }
  function files(c, cell) {
    if (!c.links) {
      c.links = document.createElement('p');
      c.links.className = 'note-text';
      c.figure.append(c.links);
    }
    c.links.innerHTML = (cell.files || []).map(f => `<a href="cells/${encodeURIComponent(cell.id)}/${encodeURI(f)}">${escaped(f)}</a>`).join(' · ');
  }

  const stale = new Set();
  const seen = 'IntersectionObserver' in window ? new IntersectionObserver(entries => {
    for (const entry of entries) {
      entry.target.near = entry.isIntersecting;
      if (entry.isIntersecting && stale.delete(entry.target)) draw(entry.target);
    }
  }, { rootMargin: '300px' }) : null;
  const boxes = $$('[data-chart]');

  function redraw(only = boxes) {
    for (const box of only) {
      if (box.near || !seen) draw(box); else stale.add(box);
    }
  }
  function drawAll() {
    for (const box of boxes) if (stale.delete(box) || !drawn.has(box)) draw(box);
  }

  // ---- controls ----------------------------------------------------------------------------
  const hide = document.createElement('style');
  document.head.append(hide);
  const controls = [];

  function button(label, pressed, act, html) {
    const b = document.createElement('button');
    b.type = 'button';
    if (html) b.innerHTML = html; else b.textContent = label;
    b.title = label;
    b.addEventListener('click', act);
    controls.push(() => b.setAttribute('aria-pressed', String(pressed())));
    return b;
  }
  function group(legend, buttons) {
    const set = document.createElement('div');
    set.className = 'set';
    set.setAttribute('role', 'group');
    set.setAttribute('aria-label', legend);
    const name = document.createElement('span');
    name.className = 'set-name';
    name.textContent = legend;
    set.append(name, ...buttons);
    return set;
  }
  /** A click shows only that one; another click, all again; with Ctrl or Shift it is added or taken away. */
  function toggles(legend, key, labels, html) {
    return group(legend, labels.map((label, i) => button(label, () => state[key].has(i), e => {
      const set = state[key];
      if (e.ctrlKey || e.metaKey || e.shiftKey || set.size < labels.length && !(set.size === 1 && set.has(i))) {
        if (set.has(i)) set.delete(i); else set.add(i);
        if (!set.size) labels.forEach((x, k) => set.add(k));
      } else if (set.size === 1) {
        labels.forEach((x, k) => set.add(k));
      } else {
        set.clear();
        set.add(i);
      }
      chosen();
    }, html && html(i))));
  }
  function radios(legend, labels, values, get, set) {
    return group(legend, labels.map((label, i) => button(label, () => get() === values[i], () => { set(values[i]); chosen(); })));
  }

  function build() {
    const filters = $('#filters');
    if (D.servers.length > 1) filters.append(toggles('server', 'servers', D.servers));
    filters.append(toggles('strategy', 'strategies', D.strategies.map(s => s.name), p => swatch(p) + escaped(D.strategies[p].name)));
    if (D.loads.length > 1) filters.append(toggles('load', 'loads', D.loads.map(loadName)));
    if (D.variants.length > 1) filters.append(radios('variant', D.variants, [...D.variants.keys()], () => state.variant, v => { state.variant = v; }));
    const all = document.createElement('button');
    all.type = 'button';
    all.className = 'all';
    all.textContent = 'show everything';
    all.addEventListener('click', () => {
      for (const [key, list] of Object.entries(LISTS)) state[key] = new Set(list.keys());
      state.variant = 0;
      chosen();
    });
    controls.push(() => { all.hidden = !state.variant && Object.entries(LISTS).every(([key, list]) => state[key].size === list.length); });
    filters.append(all);
    for (const box of $$('.at')) box.append(radios('at', D.loads.map(loadName), [...D.loads.keys()], () => state.at, v => { state.at = v; }));
    for (const box of $$('.q')) box.append(radios('percentile', PERCENTILES, PERCENTILES, () => state.q, v => { state.q = v; }));
    if (KINDS.length > 1 && $('#kinds')) $('#kinds').prepend(radios('compare', KINDS.map(k => k[1]), KINDS.map(k => k[0]), kindNow, v => { state.pairs = v === KINDS[0][0] ? '' : v; }));
    const scores = $$('[data-score]').map(e => e.dataset.score);
    const titles = $$('[data-score]').map(e => e.dataset.title);
    if (scores.length > 1) $('#scores').append(radios('figure', titles, scores, () => state.score || scores[0], v => { state.score = v === scores[0] ? '' : v; }));
    controls.push(() => $$('[data-score]').forEach(e => { e.hidden = e.dataset.score !== (scores.includes(state.score) ? state.score : scores[0]); }));
    const theme = $('#theme');
    theme.hidden = false;
    theme.addEventListener('click', () => {
      state.theme = isDark() ? 'light' : 'dark';
      chosen();
    });
    controls.push(() => { theme.textContent = isDark() ? 'Light' : 'Dark'; theme.setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours'); });
    picker($('#cell'), 'cell', false);
    picker($('#beside'), 'beside', true);
    for (const a of $$('nav a[href^="#"], .jump[href^="#"]')) {
      a.addEventListener('click', e => {
        const target = document.getElementById(a.getAttribute('href').slice(1));
        if (target) { e.preventDefault(); target.scrollIntoView(); target.setAttribute('tabindex', '-1'); target.focus({ preventScroll: true }); }
      });
    }
    document.addEventListener('click', e => {
      const a = e.target.closest && e.target.closest('a[data-cell]');
      if (a) { e.preventDefault(); open(a.dataset.cell); }
    });
  }
  function picker(select, key, none) {
    if (!select) return;
    if (none) select.append(new Option('nothing', ''));
    let optgroup = null;
    for (const c of withCourse) {
      const label = `${D.servers[c.h]} ${c.v ? ' (' + D.variants[c.v] + ')' : ''}`;
      if (!optgroup || optgroup.label !== label) {
        optgroup = document.createElement('optgroup');
        optgroup.label = label;
        select.append(optgroup);
      }
      optgroup.append(new Option(`${D.strategies[c.p].name}, ${loadName(D.loads[c.l])}${D.repeats > 1 ? ', repeat ' + c.r : ''}${c.why ? ' ✗' : ''}`, c.id));
    }
    select.addEventListener('change', () => { state[key] = select.value; chosen(); });
    controls.push(() => { select.value = key === 'cell' ? (cellOf.get(state.cell) && cellOf.get(state.cell).t ? state.cell : (defaultCell() || {}).id || '') : state[key]; });
  }
  /** Shows the course of a cell, or, if its raw files are not here, its line among the checks. */
  function open(id) {
    const cell = cellOf.get(id);
    if (!cell) return;
    state.cell = id;
    chosen();
    jump(cell);
  }
  function jump(cell) {
    if (cell.t) {
      $('#course').scrollIntoView();
    } else {
      const line = document.getElementById('cell-' + cell.id);
      if (line) {
        const details = line.closest('details');
        if (details) details.open = true;
        line.scrollIntoView({ block: 'center' });
        $$('.chosen').forEach(e => e.classList.remove('chosen'));
        line.classList.add('chosen');
      }
    }
  }

  const night = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => state.theme ? state.theme === 'dark' : night.matches;

  function show() {
    if (state.theme) root.dataset.theme = state.theme; else delete root.dataset.theme;
    const rules = [];
    const off = (key, name) => LISTS[key].forEach((x, i) => { if (!state[key].has(i)) rules.push(`main [data-${name}="${i}"]`); });
    off('servers', 'h');
    off('strategies', 'p');
    off('loads', 'l');
    D.variants.forEach((x, i) => { if (D.variants.length > 1 && i !== state.variant) rules.push(`main [data-v="${i}"]`); });
    hide.textContent = rules.length ? rules.join(',') + '{display:none}' : '';
    for (const update of controls) update();
    readInk();
    redraw();
  }

  readLink();
  build();
  show();
  boxes.forEach(box => { stale.add(box); if (seen) seen.observe(box); });
  const linked = cellOf.get(state.cell);
  if (linked) jump(linked);
  addEventListener('hashchange', () => {
    if (readLink()) {
      show();
      const cell = cellOf.get(state.cell);
      if (cell) jump(cell);
    }
  });
  night.addEventListener('change', show);
  let resizing = 0;
  addEventListener('resize', () => {
    clearTimeout(resizing);
    resizing = setTimeout(() => redraw(boxes.filter(box => drawn.has(box))), 120);
  });
  let before = '';
  addEventListener('beforeprint', () => {
    before = state.theme;
    state.theme = 'light';
    show();
    drawAll();
    // With a view box a drawing takes whatever width the paper gives it.
    $$('.plot svg').forEach(svg => svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${svg.getAttribute('height')}`));
    $$('main details').forEach(d => { d.open = true; });
  });
  addEventListener('afterprint', () => {
    $$('.plot svg').forEach(svg => svg.removeAttribute('viewBox'));
    state.theme = before;
    show();
  });
  window.shedlab = { drawAll, state, open };
  root.dataset.ready = Math.round(performance.now());
})();
