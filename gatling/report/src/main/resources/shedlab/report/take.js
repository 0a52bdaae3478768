/* What can be taken away: the charts of a section as one SVG with its colours written out, its
   tables as CSV, and a text to copy. */
(() => {
  'use strict';
  const $$ = (selector, from = document) => [...from.querySelectorAll(selector)];
  const root = document.documentElement;
  const escaped = text => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

  function save(name, type, text) {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  /** The rules of the page that a drawing needs, with the colours of the theme that is shown. */
  function style(charts) {
    const colours = getComputedStyle(root);
    const needed = rule => {
      try {
        return rule.selectorText && charts.some(c => c.matches(rule.selectorText) || c.querySelector(rule.selectorText));
      } catch (e) {
        return false;
      }
    };
    return [...document.styleSheets[0].cssRules].filter(needed).map(rule => rule.cssText).join('\n')
      .replace(/var\((--[\w-]+)\)/g, (all, name) => colours.getPropertyValue(name).trim());
  }

  /** A copy without what the filters hide. */
  function copy(chart) {
    const clone = chart.cloneNode(true);
    const theirs = $$('*', clone);
    $$('*', chart).forEach((e, i) => { if (getComputedStyle(e).display === 'none') theirs[i].remove(); });
    clone.removeAttribute('style');
    $$('.hit', clone).forEach(e => e.remove());
    return clone;
  }

  function svg(section) {
    const charts = $$('svg.chart', section).filter(c => c.getClientRects().length);
    let y = 8;
    let width = 0;
    let body = '';
    for (const chart of charts) {
      const caption = chart.closest('figure').querySelector('figcaption').textContent;
      const clone = copy(chart);
      clone.setAttribute('x', 14);
      clone.setAttribute('y', y + 26);
      body += `<text class="title" x="14" y="${y + 18}">${escaped(caption)}</text>` + new XMLSerializer().serializeToString(clone);
      y += 26 + chart.viewBox.baseVal.height + 12;
      width = Math.max(width, chart.viewBox.baseVal.width + 28);
    }
    const background = getComputedStyle(root).getPropertyValue('--bg').trim();
    return `<svg xmlns="${document.querySelector('.definitions').namespaceURI}" class="chart" width="${width}" height="${y}" viewBox="0 0 ${width} ${y}">`
      + `<style>${escaped(style(charts))}</style>${document.querySelector('.definitions').innerHTML}`
      + `<rect width="${width}" height="${y}" fill="${background}"/>${body}</svg>\n`;
  }

  function csv(section) {
    const field = cell => {
      const text = [...cell.childNodes].map(part => part.textContent).join(' ').trim().replace(/\s+/g, ' ');
      return /[",]/.test(text) ? '"' + text.replace(/"/g, '""') + '"' : text;
    };
    const shown = row => getComputedStyle(row).display !== 'none';
    return $$('table', section).map(table => [...table.rows].filter(shown).map(row => [...row.cells].map(field).join(',')).join('\n')).join('\n\n') + '\n';
  }

  document.addEventListener('click', e => {
    const button = e.target.closest && e.target.closest('[data-take]');
    if (!button) return;
    const section = button.closest('section');
    const kind = button.dataset.take;
    $$('details', section).forEach(shedlab.wake);
    const name = document.title.replace(/[^\w.-]+/g, '-') + '-' + section.id + '.' + kind;
    if (kind === 'svg') save(name, 'image/svg+xml', svg(section)); else save(name, 'text/csv', csv(section));
  });

  for (const text of $$('pre.copy')) {
    const words = text.textContent;
    const button = text.appendChild(document.createElement('button'));
    Object.assign(button, { type: 'button', textContent: 'Copy' });
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(words);
        button.textContent = 'Copied';
      } catch (e) {
        getSelection().selectAllChildren(text.firstElementChild);
      }
    });
  }
  shedlab.take = { svg, csv };
})();
