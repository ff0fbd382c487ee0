"""Scripts that measure an open page for `tests/browser/audit.py`. Each answers with plain data."""

# Texts of a page as boxes, one a line of a text node: what is cut off, what lies on another text.
TEXTS = """
() => {
  const seen = [], cut = [], over = [];
  const hidden = (part) => {
    for (let up = part; up; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.clipPath !== 'none' || style.opacity === '0') return true;
      if (up.tagName === 'DETAILS' && !up.open && !up.querySelector('summary')?.contains(part)) return true;
    }
    return false;
  };
  const root = document.querySelector('[data-testid="stMain"]') || document.body;
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode, part = node.parentElement;
    if (!node.data.trim() || /^(STYLE|SCRIPT|TITLE|DESC)$/i.test(part.tagName)) continue;
    if (part.closest('canvas, select, [role="img"] svg title')) continue;
    if (!part.checkVisibility({visibilityProperty: true}) || hidden(part)) continue;
    if (part.dataset.testid === 'stIconMaterial') continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    let boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const words = node.data.trim().slice(0, 50);
    for (let up = part; up && up !== root; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.overflowX === 'visible' && style.overflowY === 'visible') continue;
      const port = up.getBoundingClientRect();
      const holds = (axis) => ['hidden', 'clip'].includes(axis);
      const wide = holds(style.overflowX) && boxes.some((box) => box.right > port.right + 2 || box.left
        < port.left - 2);
      const tall = holds(style.overflowY) && boxes.some((box) => box.bottom > port.bottom + 3 ||
        box.top < port.top - 3);
      if (wide || tall) cut.push(`${words} in ${up.tagName} ${up.dataset.testid || up.className}`);
      // what a region has scrolled away is neither cut off nor on anything
      boxes = boxes.filter((box) => box.right > port.left + 2 && box.left < port.right - 2
        && box.bottom > port.top + 2 && box.top < port.bottom - 2);
      if (wide || tall || !boxes.length) break;
    }
    for (const box of boxes) seen.push({box, words, part});
  }
  seen.sort((one, two) => one.box.top - two.box.top);
  for (let i = 0; i !== seen.length; i += 1) {
    for (let j = i + 1; j !== seen.length && seen[j].box.top + 3 < seen[i].box.bottom; j += 1) {
      const [one, two] = [seen[i], seen[j]];
      if (one.part === two.part) continue;
      const wide = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
      const tall = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
      const low = Math.min(one.box.height, two.box.height);
      if (wide > 3 && tall > low * 0.45) over.push(`${one.words} | ${two.words}`);
    }
  }
  return {cut, over};
}
"""
# What stands beyond the right edge, unless it lies in something that can be scrolled sideways on purpose.
BEYOND = """
() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((part) => {
  const box = part.getBoundingClientRect();
  if (!box.width || !box.height || box.right <= window.innerWidth + 1) return false;
  for (let up = part.parentElement; up && up.dataset.testid !== 'stMain'; up = up.parentElement) {
    const how = getComputedStyle(up).overflowX;
    if (how !== 'visible' && up.getBoundingClientRect().right <= window.innerWidth + 1) return false;
  }
  return part.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
}).map((part) => `${part.tagName} ${part.className} ${(part.textContent || '').slice(0, 60)}`)
"""
WIDER = """
() => [document.scrollingElement, document.querySelector('[data-testid="stMain"]')]
  .map((part) => part.scrollWidth - part.clientWidth)
"""
# Regions that scroll sideways: by keyboard only where they, or something in them, take the focus.
SCROLLED = """
() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((part) => {
  if (part.scrollWidth <= part.clientWidth + 1 || !part.checkVisibility()) return false;
  if (!['auto', 'scroll'].includes(getComputedStyle(part).overflowX)) return false;
  if (part.querySelector('a[href], button, input, [tabindex="0"]')) return false;
  return !(part.tabIndex >= 0 && (part.getAttribute('aria-label') || part.getAttribute('aria-labelledby')));
}).map((part) => `${part.tagName} ${part.dataset.testid || part.className} scrolls without focus or name`)
"""
# Pictures with what stands for them: own label, title, alternative, or that of a named picture or control
# above.
PICTURES = """
() => {
  const name = (part) => part.getAttribute('aria-label') || part.getAttribute('alt') ||
    part.getAttribute('title')
    || (part.getAttribute('aria-labelledby') && document.getElementById(part.getAttribute('aria-labelledby'))
        ?.textContent) || (part.tagName === 'svg' && part.querySelector(':scope > title')?.textContent) || '';
  const found = [];
  for (const part of document.querySelectorAll('svg, img, canvas, iframe, [role="img"], .js-plotly-plot')) {
    if (!part.checkVisibility({visibilityProperty: true})) continue;
    const box = part.getBoundingClientRect();
    if (box.width < 2 || box.height < 2 || box.right < 0 || box.bottom < -9000) continue;
    if (part.closest('[aria-hidden="true"], [role="presentation"], button, a, label, summary')
      || part.closest('[role="option"]')) continue;
    if (part.parentElement.closest('svg')) continue;
    if (part.tagName === 'IMG' && part.getAttribute('alt') === '' && box.width < 40) continue;
    let up = part, said = name(part);
    while (!said && (up = up.parentElement) && up.dataset.testid !== 'stMain') {
      if (['img', 'figure', 'region'].includes(up.getAttribute('role')) || /^(IMG)$/.test(up.tagName))
        said = name(up);
    }
    const where = part.closest('[data-testid]:not(svg)');
    found.push([`${part.tagName} ${part.getAttribute('class') || ''} in ${where?.dataset.testid}`, said]);
  }
  return found;
}
"""
# Marks without words (swatches, bars) that are drawn as a background alone.
MARKS = """
() => [...document.querySelectorAll('[data-testid="stMain"] *')].filter((part) => {
  const style = getComputedStyle(part), box = part.getBoundingClientRect();
  if (part.closest('svg, button, input, label, summary, [data-baseweb]')) return false;
  if (part.children.length || part.textContent.trim() || box.width < 2 || box.height < 2) return false;
  if (!part.checkVisibility({visibilityProperty: true})) return false;
  return style.backgroundColor !== 'rgba(0, 0, 0, 0)' || style.backgroundImage !== 'none';
}).map((part, at) => { part.dataset.mark = at; return getComputedStyle(part).background; })
"""
FORCED = """
(before) => [...document.querySelectorAll('[data-mark]')].filter((part) => {
  const style = getComputedStyle(part);
  return style.background !== before[Number(part.dataset.mark)] && parseFloat(style.borderTopWidth) < 1;
}).map((part) => `${part.tagName} ${part.className} in ${part.parentElement.className}`)
"""
MOVING = """
() => [...document.querySelectorAll('*')].filter((part) => {
  const style = getComputedStyle(part);
  const long = (text) => Math.max(...text.split(',').map((one) => parseFloat(one) * (one.includes('ms')
    ? 1 : 1000)));
  const turns = style.animationName !== 'none' && long(style.animationDuration) > 50;
  const glides = style.transitionProperty !== 'none' && long(style.transitionDuration) > 50;
  return (turns && !style.animationTimingFunction.startsWith('steps')) || glides;
}).map((part) => `${part.tagName} ${part.dataset.testid || part.className} moves`)
"""
OUTLINE = """
() => ({
  heads: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((part) => part.checkVisibility())
    .map((part) => [Number(part.tagName[1]), part.textContent.trim()]),
  main: document.querySelectorAll('main, [role="main"]').length,
  nav: document.querySelectorAll('nav, [role="navigation"]').length,
  foot: document.querySelectorAll('footer').length,
  lang: document.documentElement.lang, title: document.title,
})
"""
# What of the part with the focus can be seen: "" for anything, else what lies over its middle.
COVERED = """
() => {
  let part = document.activeElement;
  part = part.closest('canvas') || part;
  const box = part.getClientRects()[0] || part.getBoundingClientRect();  // a link over two lines: its first
  let seen = 0;
  const hits = [];
  for (const across of [0.1, 0.5, 0.9]) for (const down of [0.15, 0.5, 0.85]) {
    const [left, top] = [Math.max(box.left, 0), Math.max(box.top, 0)];
    const x = left + (Math.min(box.right, innerWidth) - left) * across;
    const y = top + (Math.min(box.bottom, innerHeight) - top) * down;
    const hit = document.elementFromPoint(x, y);
    hits.push(hit ? `${hit.tagName}.${hit.dataset.testid || hit.className}` : 'nothing');
    const holder = part.closest('label, [role="group"], [data-testid="stTextInputRootElement"]') || part;
    if (hit && holder.contains(hit)) seen += 1;
  }
  return seen ? '' : hits[4];
}
"""
# The part with the focus: where it is, and how it looks.
FOCUSED = """
() => {
  const look = (part) => {
    const told = [];
    let up = part;
    for (let step = 0; up && step !== 4; step += 1, up = up.parentElement) {
      const style = getComputedStyle(up);
      const ring = style.outlineStyle === 'none' || parseFloat(style.outlineWidth) === 0;
      told.push(ring ? '' : `${style.outlineStyle} ${style.outlineWidth} ${style.outlineColor}`,
        style.boxShadow, style.borderColor);
    }
    return told.join(';');
  };
  const before = window.__focus;
  // a frame has the focus while one of its own controls has it
  const wasted = before && before.part.isConnected && before.part.tagName !== 'IFRAME'
    && look(before.part) === before.look ? before.words : '';
  const part = document.activeElement;
  window.__focus = null;
  if (!part || part === document.body) return {wasted, end: true};
  const box = part.getBoundingClientRect();
  const words = `${part.tagName} ${part.dataset.testid || part.className} `
    + (part.getAttribute('aria-label') || part.textContent || '').trim().slice(0, 40);
  const last = window.__last;
  const after = last && last !== part && last.isConnected
    ? Boolean(last.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING) : null;
  window.__last = part;
  window.__focus = {part, look: look(part), words};
  return {wasted, end: false, words, after, small: box.width < 1 || box.height < 1};
}
"""
# The next Tab starts at the top, wherever a click or an earlier walk has left the browser.
FROM_THE_TOP = """
() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
  window.__focus = window.__last = null;
}
"""
HOLDER = """
document.activeElement.matches('main') ? document.title : document.activeElement.matches('div, canvas')
  ? document.activeElement.closest('[role="figure"], [role="region"]')?.getAttribute('aria-label') || '' : ''
"""
OPEN = """
() => document.querySelectorAll('[data-testid="stMain"] details:not([data-testid="stExpander"] details)')
  .forEach((part) => { part.open = true; })
"""
TWO_FRAMES = "() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))"
SPACED = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }
"""
