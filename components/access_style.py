"""The rules of CSS that WCAG 2.2 needs on every page: focus, motion, forced colours, narrow screens.

Streamlit's own widgets are reached by roles and test names, which are the only names that it keeps.
"""

from __future__ import annotations

from house_style.palette import THEMES

LIGHT, DARK = THEMES["light"], THEMES["dark"]
# Streamlit draws most of its focus as a pale shadow, links and a few parts without any: one ring for all,
# in the
# colour of the text, which keeps 3 to 1 on every ground. What takes the focus unseen hands the ring to its
# holder.
FOCUS = f"""
:root {{ --focus: light-dark({LIGHT.text}, {DARK.text}); }}
[data-testid="stApp"] :focus-visible, .deck-events-root:focus-visible {{ outline: 3px solid
  var(--focus) !important;
  outline-offset: 2px; }}
[data-testid="stApp"] [data-testid="stMain"]:focus-visible, .deck-events-root:focus-visible {{
  outline-offset: -4px !important; }}
[data-testid="stApp"] :is(input[role="combobox"], [data-testid="stTextInputField"]):focus-visible {{
  outline: none !important; }}
[data-testid="stApp"] :has(> :is(input[role="combobox"], [data-testid="stTextInputField"]):focus-visible),
[data-testid="stApp"] label:has(input:is([type="checkbox"], [type="radio"]):focus-visible) {{
  outline: 3px solid var(--focus); outline-offset: 2px; }}
[data-testid="stElementToolbar"]:focus-within {{ opacity: 1 !important; z-index: 10;
  transition: none !important; }}
[data-testid="stMain"] {{ scroll-padding: 4.5rem 0 1rem; }}
.rug-box, .pioneer-list {{ scroll-padding: 6rem 0 1rem; }}
"""
# Text set wider, larger, or on a narrow screen: buttons grow with their words and no word is cut off.
REFLOW = """
[data-testid="stButtonGroup"] [role="radiogroup"], [data-testid="stButtonGroup"] [role="group"] {
  flex-wrap: wrap; height: auto; max-width: 100%; }
[data-testid="stButtonGroup"] button { height: auto !important; min-height: 2rem; max-width: 100%; }
[data-testid="stButtonGroup"] button :is(div, span, p), [data-testid="stMain"]
  [data-testid^="stBaseButton"] p {
  overflow: visible !important; text-overflow: clip !important; white-space: normal !important; height:
    auto; }
[data-testid="stMain"] [data-testid^="stBaseButton-secondary"] { height: auto; }
[data-testid="stMain"] code { overflow-wrap: anywhere; white-space: normal; }
[data-testid="stMultiSelect"] [data-tag] { height: auto; max-width: 100%; }
[data-testid="stMultiSelect"] [data-tag] > span { white-space: normal; overflow: visible; text-overflow: clip;
  max-width: 100%; }
.js-plotly-plot, .js-plotly-plot .main-svg { overflow: visible !important; }
"""
MOTION = """
@media (prefers-reduced-motion: reduce) {
  *, ::before, ::after { transition-duration: 1ms !important; scroll-behavior: auto !important; }
  :not(.no-webgl), ::before, ::after { animation-duration: 1ms !important; animation-iteration-count: 1
    !important; }
}
"""
# A system with its own colours takes all backgrounds away, also those that are the picture: these keep
# theirs,
# on a ground that is the page's own, so that they stay as far apart as they are.
FORCED = """
@media (forced-colors: active) {
  .legend-swatch, .legend-swatch *, .map-key .swatch, .pair tbody td, .badge, .track, .track *,
    .chart-key .track *,
  .pioneer-track, .pioneer-track *, .pioneer-plot i, .pioneer-dots i, .pioneer-dots b, .pioneer-key i,
  .pioneer-dots .row > span + span { forced-color-adjust: none; }
}
"""
STATEMENT = """
.statement { max-width: 50rem; line-height: 1.5; } .statement p { margin: .3rem 0; font-size: 1rem; }
"""
CSS = STATEMENT + FOCUS + REFLOW + MOTION + FORCED
