/* Adds what moves to a page that stands without it: choices, links to them, and what a chart says
   when pointed at. Every chart is drawn already; those of other choices, and the long tables, are
   in one packed text, and an empty template stands where each belongs. */
(() => {
  'use strict';
  const D = JSON.parse(document.getElementById('data').textContent);
  const root = document.documentElement;
  const $ = (selector, from = document) => from.querySelector(selector);
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];

  // ---- what is chosen, and the link to it --------------------------------------------------
  const SETS = ['servers', 'strategies', 'loads'];
  const MARKS = { servers: 'h', strategies: 'p', loads: 'l' };
  const scores = $$('[data-score]').map(e => e.dataset.score);
  // Of what one is chosen: its key in the link, and the words that stand there for its values.
  const ONE = {
    v: ['variant', D.variants], at: ['at', D.loads], q: ['q', null], pairs: ['pairs', null],
    score: ['score', null], cell: ['cell', D.cells], beside: ['beside', D.cells], theme: ['theme', null], section: ['section', null]
  };
  const FIRST = { ...D.first, score: scores[0] || '', cell: '', beside: '', theme: '', section: '' };
  const state = { ...FIRST };
  const all = key => new Set(D[key].keys());
  SETS.forEach(key => { state[key] = all(key); });

  function link() {
    const parts = [];
    for (const key of SETS.filter(key => state[key].size < D[key].length)) {
      parts.push(key + '=' + [...state[key]].sort((a, b) => a - b).map(i => encodeURIComponent(D[key][i])).join(','));
    }
    for (const [key, [name, words]] of Object.entries(ONE)) {
      const value = state[key];
      if (value !== undefined && value !== FIRST[key]) {
        parts.push(name + '=' + encodeURIComponent(words ? words[value] : value));
      }
    }
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
    for (const key of SETS) {
      const found = (given[key] || []).map(name => D[key].indexOf(name)).filter(i => i >= 0);
      state[key] = found.length ? new Set(found) : all(key);
    }
    for (const [key, [name, words]] of Object.entries(ONE)) {
      const word = given[name] && given[name][0];
      const known = words ? words.includes(word) : key === 'theme' ? ['light', 'dark'].includes(word)
        : key === 'section' ? !!document.getElementById(word) : key === 'score' ? scores.includes(word) : $$(`[data-radio="${key}"]`).some(b => b.dataset.value === word);
      state[key] = !known ? FIRST[key] : words ? String(words.indexOf(word)) : word;
    }
    return true;
  }

  function chosen() {
    const text = link();
    history.replaceState(null, '', text ? '#' + text : location.pathname + location.search);
    show();
  }

  // ---- showing -----------------------------------------------------------------------------
  const places = new Map($$('template').map((template, i) => [template, i]));
  let contents = null;
  /** What belongs to a template begins to be when it is first chosen. */
  const awake = e => {
    if (e.tagName !== 'TEMPLATE') return e;
    contents = contents || unpacked($('#packed').textContent).split('</template>');
    e.innerHTML = contents[places.get(e)];
    const first = e.content.firstElementChild;
    e.replaceWith(e.content);
    return first;
  };
  const wake = e => $$('template', e).forEach(awake);

  function showViews() {
    for (const box of $$('.views')) {
      let any = false;
      for (const child of [...box.children]) {
        const asleep = child.tagName === 'TEMPLATE';
        if (!asleep && !child.classList.contains('panels')) continue;
        const mine = Object.entries(child.dataset).every(([name, value]) => state[name.slice(2).toLowerCase()] === value);
        any = any || mine;
        if (mine) awake(child).hidden = false; else if (!asleep) child.hidden = true;
      }
      $('.nothing', box).hidden = any;
    }
  }
  function showCourses() {
    const box = $('#courses');
    const wanted = [state.cell === '' || !courseOf(state.cell) ? firstCourse : state.cell, state.beside];
    for (const child of [...box.children]) {
      const at = wanted.indexOf(child.dataset.cell);
      if (at >= 0) {
        const course = awake(child);
        course.hidden = false;
        course.style.order = at;
      } else if (child.tagName !== 'TEMPLATE') {
        child.hidden = true;
      }
    }
  }
  const courseOf = cell => [...$('#courses').children].find(e => e.dataset.cell === cell);
  const firstCourse = ($('#courses > .course') || { dataset: {} }).dataset.cell;

  const hide = document.head.appendChild(document.createElement('style'));
  const hot = document.head.appendChild(document.createElement('style'));
  const night = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => state.theme ? state.theme === 'dark' : night.matches;

  function show() {
    if (state.theme) root.dataset.theme = state.theme; else delete root.dataset.theme;
    const rules = [];
    const off = (mark, i) => rules.push(`:is(main, #answer) [data-${mark}="${i}"]`);
    for (const key of SETS) D[key].forEach((x, i) => { if (!state[key].has(i)) off(MARKS[key], i); });
    if (D.variants.length > 1) D.variants.forEach((x, i) => { if (String(i) !== state.v) off('v', i); });
    root.toggleAttribute('data-few', state.strategies.size < D.strategies.length);
    hide.textContent = rules.length ? rules.join(',') + '{display:none}' : '';
    for (const b of $$('[data-toggle]')) b.setAttribute('aria-pressed', state[b.dataset.toggle].has(+b.dataset.value));
    for (const b of $$('[data-radio]')) b.setAttribute('aria-pressed', state[b.dataset.radio] === b.dataset.value);
    for (const e of $$('[data-score]')) e.hidden = e.dataset.score !== state.score;
    $('.all').hidden = state.v === '0' && SETS.every(key => state[key].size === D[key].length);
    if ($('#cell')) {
      $('#cell').value = state.cell !== '' && courseOf(state.cell) ? state.cell : firstCourse;
      $('#beside').value = state.beside;
    }
    $('#theme').textContent = isDark() ? 'Light' : 'Dark';
    $('#theme').setAttribute('aria-label', isDark() ? 'Light colours' : 'Dark colours');
    showViews();
    showCourses();
  }

  /** Shows the course of a cell, or, if its raw files are not here, its line among the checks. */
  function jump(cell) {
    if (courseOf(cell)) return $('#course').scrollIntoView();
    wake($('#validity'));
    const line = document.getElementById('cell-' + D.cells[cell]);
    if (!line) return;
    line.closest('details').open = true;
    line.scrollIntoView({ block: 'center' });
    $$('.chosen').forEach(e => e.classList.remove('chosen'));
    line.classList.add('chosen');
  }
  /** Goes where a link leads: to a cell, or else to a section. */
  function arrive() {
    if (state.cell !== '') jump(state.cell);
    else if (state.section) document.getElementById(state.section).scrollIntoView();
  }
  function open(cell) {
    state.cell = cell;
    chosen();
    jump(cell);
  }

  // ---- choosing ----------------------------------------------------------------------------
  /** A click shows only that one; another click, all again; with Ctrl or Shift it is added or taken away. */
  function toggle(key, i, add) {
    const set = state[key];
    if (add || set.size < D[key].length && !(set.size === 1 && set.has(i))) {
      if (!set.delete(i)) set.add(i);
      if (!set.size) state[key] = all(key);
    } else {
      state[key] = set.size === 1 ? all(key) : new Set([i]);
    }
    chosen();
  }
  document.addEventListener('click', e => {
    const at = selector => e.target.closest && e.target.closest(selector);
    const button = at('button');
    const run = at('[data-c]');
    const inside = at('nav a[href^="#"], .jump[href^="#"]');
    if (button && button.dataset.toggle) {
      toggle(button.dataset.toggle, +button.dataset.value, e.ctrlKey || e.metaKey || e.shiftKey);
    } else if (button && button.dataset.radio) {
      state[button.dataset.radio] = button.dataset.value;
      chosen();
    } else if (button && button.matches('.all')) {
      SETS.forEach(key => { state[key] = all(key); });
      state.v = '0';
      chosen();
    } else if (button && button.id === 'theme') {
      state.theme = isDark() ? 'light' : 'dark';
      chosen();
    } else if (run) {
      open(run.dataset.c);
    } else if (inside) {
      // The hash holds the choice.
      const target = document.getElementById(inside.getAttribute('href').slice(1));
      e.preventDefault();
      state.section = target.id;
      chosen();
      target.scrollIntoView();
      target.setAttribute('tabindex', '-1');
      target.focus({ preventScroll: true });
    }
  });
  document.addEventListener('toggle', e => { if (e.target.tagName === 'DETAILS') wake(e.target); }, true);
  if ($('#beside')) $('#beside').append(...[...$('#cell').children].map(group => group.cloneNode(true)));
  for (const id of ['cell', 'beside']) {
    if ($('#' + id)) $('#' + id).addEventListener('change', e => { state[id] = e.target.value; chosen(); });
  }

  // ---- pointing ----------------------------------------------------------------------------
  const tip = document.body.appendChild(document.createElement('div'));
  tip.className = 'tip';
  tip.hidden = true;
  /** What an element says; taken from its title, lest the browser says it too. */
  function said(e) {
    const title = e.querySelector && $('title', e);
    if (title && title.parentNode === e) {
      e.dataset.tip = title.textContent;
      title.remove();
    }
    return e.dataset.tip;
  }
  function say(text, x, y) {
    const [head, ...lines] = text.split('\n');
    tip.textContent = '';
    tip.appendChild(document.createElement('strong')).textContent = head;
    const table = tip.appendChild(document.createElement('table'));
    for (const line of lines) {
      const row = table.insertRow();
      const key = $(`[data-toggle="strategies"][title="${CSS.escape(line.split('\t')[0])}"] .key`);
      if (key) row.insertCell().append(key.cloneNode(true));
      line.split('\t').forEach(cell => { row.insertCell().textContent = cell; });
    }
    tip.hidden = false;
    tip.style.left = Math.max(4, Math.min(x + 14, root.clientWidth - tip.offsetWidth - 8)) + 'px';
    tip.style.top = Math.max(4, y + 18 + tip.offsetHeight > innerHeight ? y - tip.offsetHeight - 10 : y + 18) + 'px';
  }
  function highlight(strategy) {
    hot.textContent = strategy === undefined ? '' : `.chart g[data-p]:not([data-p="${strategy}"]){opacity:.18}`;
  }
  document.addEventListener('pointermove', e => {
    const group = e.target.closest && (e.target.closest('.chart [data-p]') || e.target.closest('[data-toggle="strategies"]'));
    highlight(group ? group.dataset.p || group.dataset.value : undefined);
    const svg = e.target.closest && e.target.closest('svg.chart');
    const median = svg && e.target.closest('.median');
    const talks = svg && (median ? $(`.hit[data-l="${median.dataset.l}"]`, svg) : e.target);
    const text = talks && said(talks) || svg && moment(svg, e);
    if (text) say(text, e.clientX, e.clientY); else tip.hidden = true;
  });
  document.addEventListener('pointerleave', () => { tip.hidden = true; });

  /** All values of a course at the moment that is pointed at, read off its lines. */
  function moment(svg, e) {
    const first = $('[data-scale] path', svg);
    if (!first) return '';
    const pointed = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const lines = [];
    for (const plot of $$('[data-scale]', svg)) {
      const [min, max, top, bottom, log] = plot.dataset.scale.split(' ');
      for (const line of $$('[data-name]', plot)) {
        const numbers = $('path', line).getAttribute('d').replace(/M/g, ' ').trim().split(' ').map(Number);
        let i = 2;
        while (i < numbers.length && numbers[i] < pointed.x) i += 2;
        const [x1, y1, x2, y2] = numbers.slice(i - 2, i + 2);
        if (pointed.x < x1 || !(pointed.x <= x2)) continue;
        const share = (bottom - y1 - (pointed.x - x1) / (x2 - x1) * (y2 - y1)) / (bottom - top);
        const value = log ? min * (max / min) ** share : +min + share * (max - min);
        const unit = plot.dataset.unit;
        lines.push(line.dataset.name + '\t' + (unit === 'ms' ? (value / 1000).toPrecision(3) + ' ms'
          : unit === '%' ? (100 * value).toFixed(0) + ' %' : value.toPrecision(3).replace(/\.0+$/, '') + unit));
      }
    }
    return lines.length ? ['at this moment', ...lines].join('\n') : '';
  }

  // ---- paper -------------------------------------------------------------------------------
  let before = '';
  addEventListener('beforeprint', () => {
    before = state.theme;
    state.theme = 'light';
    show();
    $$('main details').forEach(d => { d.open = true; wake(d); });
  });
  addEventListener('afterprint', () => { state.theme = before; show(); });
  addEventListener('hashchange', () => {
    if (readLink()) {
      show();
      arrive();
    }
  });
  night.addEventListener('change', show);

  readLink();
  $('#theme').hidden = false;
  root.dataset.ready = Math.round(performance.now());
  show();
  arrive();
  window.shedlab = { state, open, wake };
})();
