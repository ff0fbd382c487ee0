(() => {
  'use strict';
  const root = document.documentElement;
  const slides = [...document.querySelectorAll('.slide')];
  const dots = [...document.querySelectorAll('nav ol button')];
  const said = document.querySelector('.said');
  const black = document.querySelector('.black');
  const form = document.querySelector('[data-act="form"]');
  const FORM_WORDS = ['Read as a page', 'Show as slides'];
  // Under this, the smallest type of a slide is smaller than that of a page.
  const tight = matchMedia('(max-width: 719.98px), (max-height: 359.98px)');
  const started = Date.now();
  let at = Math.max(0, slides.findIndex((slide) => slide.id === location.hash.slice(1)));
  let itself = tight.matches; // the window, not the reader, made it a page
  let desk = null; // the presenter's own window

  const message = (slide) => slide.querySelector('h1, h2').textContent;
  const notes = (slide) => [...slide.querySelectorAll('template')].map((part) => part.content.textContent);

  function show(next, speak = true) {
    at = Math.min(Math.max(next, 0), slides.length - 1);
    const page = root.classList.contains('page');
    slides.forEach((slide, i) => { slide.hidden = !page && i !== at; });
    dots.forEach((dot, i) => {
      if (i === at) dot.setAttribute('aria-current', 'true'); else dot.removeAttribute('aria-current');
    });
    if (speak) said.textContent = `Slide ${at + 1} of ${slides.length}. ${message(slides[at])}`;
    // not before a first step: a browser that still loads would scroll to it, and the page around the deck with it
    if (speak) try { history.replaceState(null, '', `#${slides[at].id}`); } catch (error) { /* a file without a history */ }
    fill();
  }

  // The slide at the top of the page, so that a change of form loses nobody's place.
  function reached() {
    const middle = innerHeight / 2;
    return Math.max(0, slides.findLastIndex((slide) => slide.getBoundingClientRect().top <= middle));
  }

  // by its own scrolling: to bring a part into view would also scroll a page that the deck is shown in
  function place() {
    scrollTo(0, at ? slides[at].offsetTop - document.querySelector('nav').offsetHeight : 0);
  }

  function read(page, alone = false) {
    itself = alone;
    if (page === root.classList.contains('page')) return;
    const from = page ? at : reached();
    black.hidden = true;
    root.classList.toggle('page', page);
    name();
    show(from, !page);
    if (!page) return;
    said.textContent = 'All slides, as one page.';
    place();
  }

  function name() {
    const words = FORM_WORDS[Number(root.classList.contains('page'))];
    form.querySelector('.words').textContent = words;
    form.title = `${words} (R)`;
  }

  function fullScreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  }

  function present() {
    if (desk && !desk.closed) { desk.focus(); return; }
    desk = window.open('', 'presenter', 'width=900,height=700');
    if (!desk) { said.textContent = 'The browser did not allow a second window.'; return; }
    desk.document.title = 'Presenter';
    desk.document.documentElement.lang = 'en-GB';
    desk.addEventListener('keydown', press);
    fill();
  }

  function fill() {
    if (!desk || desk.closed) return;
    const page = desk.document;
    const line = (tag, text, size) => {
      const part = page.createElement(tag);
      part.textContent = text;
      part.style.fontSize = size;
      part.style.margin = '0 0 14px';
      return part;
    };
    const next = slides[at + 1];
    page.body.style.cssText = 'font: 22px/1.4 sans-serif; margin: 28px; background: #101827; color: #f4f6fa';
    page.body.replaceChildren(
      line('p', '', '40px'),
      line('h1', `${at + 1} of ${slides.length}: ${message(slides[at])}`, '30px'),
      ...notes(slides[at]).map((text) => line('p', text, '24px')),
      line('p', next ? `Next: ${message(next)}` : 'This is the last slide.', '22px'),
    );
    page.body.firstChild.id = 'clock';
    tick();
  }

  function tick() {
    if (!desk || desk.closed) return;
    const clock = desk.document.getElementById('clock');
    const seconds = Math.floor((Date.now() - started) / 1000);
    const two = (number) => String(number).padStart(2, '0');
    if (clock) clock.textContent = `${two(Math.floor(seconds / 60))}:${two(seconds % 60)}`;
  }

  const acts = {
    next: () => show(at + 1),
    back: () => show(at - 1),
    first: () => show(0),
    last: () => show(slides.length - 1),
    full: fullScreen,
    black: () => { black.hidden = !black.hidden; },
    form: () => read(!root.classList.contains('page')),
    room: () => { root.dataset.room = root.dataset.room === 'dark' ? 'light' : 'dark'; },
    present,
  };
  const keys = {
    ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', ' ': 'next', Enter: 'next',
    ArrowLeft: 'back', ArrowUp: 'back', PageUp: 'back', Backspace: 'back', Home: 'first', End: 'last',
    b: 'black', '.': 'black', f: 'full', r: 'form', d: 'room', p: 'present',
  };

  function press(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const onButton = event.target.closest && event.target.closest('button');
    if (onButton && (event.key === ' ' || event.key === 'Enter')) return; // the button's own
    let act = event.key === ' ' && event.shiftKey ? 'back' : keys[event.key] || keys[event.key.toLowerCase()];
    // a page scrolls by the keys of the browser
    if (!act || (root.classList.contains('page') && act !== 'form' && act !== 'room')) return;
    event.preventDefault();
    if (!black.hidden) { black.hidden = true; if (act === 'black') return; }
    acts[act]();
  }

  // paper is white: a dark room would cost its weight in ink
  let room = root.dataset.room;
  window.addEventListener('beforeprint', () => { room = root.dataset.room; root.dataset.room = 'light'; });
  window.addEventListener('afterprint', () => { root.dataset.room = room; });

  root.classList.add('js');
  document.addEventListener('keydown', press);
  document.querySelectorAll('nav [data-act]').forEach((button) => {
    button.addEventListener('click', () => acts[button.dataset.act]());
  });
  dots.forEach((dot, i) => dot.addEventListener('click', () => show(i)));
  black.addEventListener('click', () => { black.hidden = true; });
  window.addEventListener('hashchange', () => {
    const found = slides.findIndex((slide) => slide.id === location.hash.slice(1));
    if (found >= 0 && !root.classList.contains('page')) show(found);
  });
  tight.addEventListener('change', () => {
    if (tight.matches && !root.classList.contains('page')) read(true, true);
    else if (!tight.matches && itself) read(false);
  });
  setInterval(tick, 1000);
  root.classList.toggle('page', tight.matches);
  name();
  show(at, false);
  if (tight.matches && at) place();
})();
