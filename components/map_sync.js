// Two maps of one frame that move together: one view (middle and zoom) is applied to both drawings.
// Stands in the page as an inline script that the security policy knows by its hash. Without it the two
// pictures stand still. No "less than" sign may touch a letter here: the page's sanitiser drops such scripts.
(() => {
  const root = document.currentScript.previousElementSibling;
  const frames = [...root.querySelectorAll('.maps-frame')];
  const drawings = frames.map(drawn);
  const [wide, tall] = drawings[0].getAttribute('viewBox').split(' ').slice(2).map(Number);
  const MOST = 12;
  const whole = { x: wide / 2, y: tall / 2, zoom: 1 };
  // the page makes the maps anew when an indicator or an area is chosen: the same ground keeps its view
  const before = window.pairedMaps?.ground === root.dataset.ground ? window.pairedMaps.view : whole;
  const view = { ...before };
  const pointers = new Map();

  function drawn(frame) {
    const image = frame.querySelector('img');
    const bytes = Uint8Array.from(atob(image.src.split(',')[1]), (letter) => letter.charCodeAt(0));
    const parsed = new DOMParser().parseFromString(new TextDecoder().decode(bytes), 'image/svg+xml');
    const drawing = document.importNode(parsed.documentElement, true);
    drawing.querySelector('title')?.remove();
    drawing.setAttribute('aria-label', image.alt);
    for (const text of drawing.querySelectorAll('text')) {
      const first = text.querySelector('tspan');
      text.dataset.at = `${first.getAttribute('x')} ${first.getAttribute('y')}`;
    }
    image.replaceWith(drawing);
    return drawing;
  }

  function apply() {
    view.zoom = Math.min(MOST, Math.max(1, view.zoom));
    const width = wide / view.zoom, height = tall / view.zoom;
    view.x = Math.min(wide - width / 2, Math.max(width / 2, view.x));
    view.y = Math.min(tall - height / 2, Math.max(height / 2, view.y));
    const box = [view.x - width / 2, view.y - height / 2, width, height].map((n) => n.toFixed(2)).join(' ');
    for (const drawing of drawings) {
      drawing.setAttribute('viewBox', box);
      for (const text of drawing.querySelectorAll('text')) {  // names keep their size on the screen
        const at = text.dataset.at;
        text.setAttribute('transform', `translate(${at}) scale(${1 / view.zoom}) translate(${at.split(' ').map((n) => -n).join(' ')})`);
      }
    }
    for (const frame of frames) frame.style.touchAction = view.zoom > 1 ? 'none' : 'pan-y';
    root.querySelector('[data-do="out"]').disabled = view.zoom <= 1;
    root.querySelector('[data-do="in"]').disabled = view.zoom >= MOST;
    root.querySelector('[data-do="whole"]').disabled = view.zoom <= 1;
    window.pairedMaps = { ground: root.dataset.ground, view: { ...view } };
  }

  function zoom(factor, x = view.x, y = view.y) {
    const now = Math.min(MOST, Math.max(1, view.zoom * factor));
    view.x = x + (view.x - x) * view.zoom / now;
    view.y = y + (view.y - y) * view.zoom / now;
    view.zoom = now;
    apply();
  }

  const perPixel = (drawing) => wide / view.zoom / drawing.getBoundingClientRect().width;

  function place(drawing, clientX, clientY) {
    const box = drawing.getBoundingClientRect(), scale = perPixel(drawing);
    return [
      view.x + (clientX - box.left - box.width / 2) * scale,
      view.y + (clientY - box.top - box.height / 2) * scale,
    ];
  }

  function mark(code) {
    drawings.forEach((drawing, i) => {
      drawing.querySelector('.lit')?.remove();
      const area = code && drawing.querySelector(`[data-code="${CSS.escape(code)}"]`);
      const said = frames[i].parentElement.querySelector('.maps-said');
      said.textContent = area ? area.dataset.said : said.dataset.empty;
      if (!area) return;
      const copy = area.cloneNode();
      copy.removeAttribute('data-code');
      copy.setAttribute('class', 'lit');
      area.closest('svg').append(copy);
    });
  }

  function toChosen() {
    const area = drawings[0].querySelector(`[data-code="${CSS.escape(root.dataset.chosen)}"]`);
    const box = area.getBBox();
    view.x = box.x + box.width / 2;
    view.y = box.y + box.height / 2;
    view.zoom = 0.35 * Math.min(wide / box.width, tall / box.height);
    apply();
  }

  const doing = {
    in: () => zoom(1.6),
    out: () => zoom(1 / 1.6),
    whole: () => { Object.assign(view, whole); apply(); },
    chosen: toChosen,
  };
  const step = (x, y) => () => { view.x += x * wide / view.zoom / 8; view.y += y * tall / view.zoom / 8; apply(); };
  const keys = {
    '+': doing.in, '=': doing.in, '-': doing.out, 0: doing.whole,
    ArrowLeft: step(-1, 0), ArrowRight: step(1, 0), ArrowUp: step(0, -1), ArrowDown: step(0, 1),
  };

  root.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button) doing[button.dataset.do]();
  });
  frames.forEach((frame, i) => {
    const drawing = drawings[i];
    frame.addEventListener('keydown', (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
      event.preventDefault();
      event.stopPropagation();
      keys[event.key]();
    });
    frame.addEventListener('wheel', (event) => {
      if (view.zoom <= 1 && event.deltaY > 0) return;  // the page scrolls on
      event.preventDefault();
      zoom(Math.exp(-event.deltaY / 400), ...place(drawing, event.clientX, event.clientY));
    }, { passive: false });
    frame.addEventListener('pointerdown', (event) => {
      pointers.set(event.pointerId, event);
      if (event.pointerType === 'mouse') frame.setPointerCapture(event.pointerId);
      mark(event.target.closest('[data-code]')?.dataset.code);
    });
    frame.addEventListener('pointermove', (event) => {
      const last = pointers.get(event.pointerId);
      if (!last) {
        mark(event.target.closest('[data-code]')?.dataset.code);
        return;
      }
      const others = [...pointers.values()].filter((one) => one.pointerId !== event.pointerId);
      if (others.length) {
        const far = (one) => Math.hypot(one.clientX - others[0].clientX, one.clientY - others[0].clientY);
        const middle = place(drawing, (event.clientX + others[0].clientX) / 2, (event.clientY + others[0].clientY) / 2);
        if (far(last) > 0) zoom(far(event) / far(last), ...middle);
      }
      const share = others.length ? 0.5 : 1, scale = perPixel(drawing) * share;
      view.x -= (event.clientX - last.clientX) * scale;
      view.y -= (event.clientY - last.clientY) * scale;
      pointers.set(event.pointerId, event);
      apply();
    });
    for (const end of ['pointerup', 'pointercancel']) {
      frame.addEventListener(end, (event) => pointers.delete(event.pointerId));
    }
    frame.addEventListener('pointerleave', (event) => { if (!pointers.has(event.pointerId)) mark(null); });
  });
  mark(null);
  apply();
  root.querySelector('.maps-tools').hidden = false;
})();
