"""Where an area stands among all areas of its kind: spine charts of the profile's figures."""

from __future__ import annotations

from html import escape

import streamlit as st

from components import (
    compare_style,
    compare_views,
    headings,
    navigation,
    profile_open,
    profile_sections,
    spine_table,
)
from components.caveats import capital
from components.charts import spine
from components.compare_areas import Area, areas_of
from components.compare_state import Among, options_among, spreads_of
from components.key_figures import figures_of
from components.selection import hold, remember
from data.comparison import lines, tallies
from data.query import Bundle, Observation
from house_style.area_facts import level_of, name_of, place_of
from house_style.expected_readiness import is_expected
from house_style.narrative import placed

KEY = "profile-among"


def wanted(bundle: Bundle, code: str) -> list[tuple[str, str]]:
    """The figures of the profile's tables, each once, without estimates that cannot be ranked.

    Those are school readiness expected from family income, and figures with little behind them (D).
    """
    every = (*profile_sections.KEY, *profile_sections.CHILDHOOD, *profile_sections.CONDITIONS)
    keys = dict.fromkeys((item.indicator_id, item.group) for item in every)
    return [key for key in keys if _ranked(bundle.value(key[0], code, None, key[1]))]


def _ranked(observation: Observation | None) -> bool:
    return observation is None or not (is_expected(observation) or observation.reliability == "D")


def prepared(bundle: Bundle, code: str, among: Among) -> tuple[list[spine.Spine], Area]:
    """The spines of one area, and the area as they show it."""
    (area,) = areas_of(bundle, [code])
    found = lines(bundle, lambda other: figures_of(bundle, other), [code], "england", wanted(bundle, code))
    place = place_of(bundle, code)
    places = {code: figures_of(bundle, place) if place and place != code else {}}
    england = figures_of(bundle, bundle.config.country_code)
    return spine.prepare(found, [area], spreads_of(bundle, among), england, places), area


def _choose(choices: list[Among]) -> Among:
    """Draw the switch between Cheshire and Merseyside and the Place; the address remembers it."""
    by_key = {choice.key: choice for choice in choices}
    asked = st.query_params.get("among", "")
    chosen = by_key.get(asked, choices[0])
    if len(choices) > 1:
        hold(KEY, chosen.key)
        st.segmented_control(
            "Among",
            list(by_key),
            format_func=lambda key: capital(by_key[key].words),
            key=KEY,
            on_change=lambda: remember(among=st.session_state[KEY] or chosen.key),
        )
    return chosen


def show(bundle: Bundle, code: str, opened: frozenset[str]) -> None:
    """Draw the part; nothing for areas that are the only ones of their kind."""
    choices = options_among(bundle, (code,))
    if not choices:
        return
    profile_open.opening(f"How {placed(name_of(bundle, code))} compares", [sentence(bundle, code)])
    with profile_open.fold("like", "Show where it stands among all areas of its kind", opened) as is_open:
        if is_open:
            _details(bundle, code, choices)


def sentence(bundle: Bundle, code: str) -> str:
    """How many of the figures with a good end are better or worse than England's."""
    found = lines(bundle, lambda other: figures_of(bundle, other), [code], "england", wanted(bundle, code))
    (tally,) = tallies(found)
    if not tally.judged:
        return "We can test none of the main figures here."
    return (
        f"We can test {tally.judged} main figure{'' if tally.judged == 1 else 's'} here. "
        f"{tally.better or 'None'} {'is' if tally.better == 1 else 'are'} better than in England, "
        f"{tally.worse or 'none'} {'is' if tally.worse == 1 else 'are'} worse."
    )


def _details(bundle: Bundle, code: str, choices: list[Among]) -> None:
    compare_style.apply()
    headings.subheader(f"{name_of(bundle, code)} among its like")
    chosen = _choose(choices)
    found, area = prepared(bundle, code, chosen)
    if not spine.available(found):
        st.html(f'<p class="quiet">There are too few {escape(chosen.words)} with these figures.</p>')
        return
    sentence = spine.takeaway(found, than="England")
    said = f'<p class="lede">{escape(sentence)}</p>' if sentence else ""
    place = "" if level_of(bundle, code) == "place" else "its Place"
    st.html(
        f'{said}{spine.key_html(found, chosen.words, place=place, own=area.name)}<p class="quiet">The '
        "right end is the better one. Where no end is better, the ends are called lowest and highest.</p>"
        + spine.draw(found, kind=chosen.words, than="England", numbered=False)
    )
    caption = f"{area.name} among {chosen.words}"
    spine_table.show(bundle, found, than="England", caption=caption, key="profile-spines-table")
    st.html(compare_views.about_html([item.line for item in found]))
    beside = ",".join([code, *bundle.comparators(code)])
    navigation.link("compare", "Compare with other areas, on all figures", {"areas": beside})
