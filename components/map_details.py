"""What stands under the map, drawn only when asked for: bars, table, downloads, and what the figure is."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from components import area_map, caveats, downloads, long_table, map_colour, map_pair, map_shape, store
from components.basemap import surroundings
from components.charts import funnel, ranked_bars, still
from components.charts.template import current_mode, show
from components.legend import Shading, short_noun
from components.map_colour import PLACE, TENTH, Paint
from components.map_state import MapState, benchmarks
from data.query import Bundle
from geo.config import config
from house_style.figures import period_words

PARTS = ("Ranked bars", "Table", "Downloads")
FUNNEL = "Funnel plot"
FUNNEL_WORDS = (
    "Small areas vary more by chance: the limits are wide on the left. About 1 in 20 areas falls outside the "
    "dotted 95% limits by chance, 1 in 500 outside the 99.8% limits. Many outside mean real differences; the "
    "plot does not say why."
)
MOST_NAMES = 120  # areas: a picture to keep of more has no names
BARS_UP_TO = 30  # areas: with more, the bars wait until they are asked for


def area_names(state: MapState) -> dict[str, str]:
    """Names for the map by code, without the word "area" in which every working neighbourhood's name ends."""
    pairs = zip(state.rows["area_code"], state.rows["area_name"], strict=True)
    return {str(code): str(name).removesuffix(" area") for code, name in pairs}


def faded(state: MapState) -> frozenset[str]:
    """Codes of weak estimates."""
    weak = (state.rows["reliability"] == "D") & state.shown["value"].notna()
    return frozenset(state.rows.loc[weak, "area_code"])


def bars(state: MapState, bundle: Bundle, shading: Shading) -> None:
    """Draw the areas in order of the figure."""
    frame = ranked_bars.prepare(state.shown, state.selection.area)
    if not ranked_bars.available(frame):
        st.html('<p class="quiet">There are fewer than two figures to put in order.</p>')
        return
    fills = shading.fills(list(state.rows["area_code"]))
    marks = {name: other.value for name, other in benchmarks(state, bundle).items()}
    if len(frame) < int(state.shown["value"].notna().sum()):
        st.html(
            f'<p class="quiet">The {ranked_bars.ENDS} highest and the {ranked_bars.ENDS} lowest. '
            "All are in the table.</p>"
        )
    figure = ranked_bars.draw(
        state.indicator,
        frame,
        benchmarks=marks,
        colours=[fills[code] for code in frame["area_code"]],
        mode=current_mode(),
    )
    words = ranked_bars.takeaway(state.indicator, state.rows, benchmarks=marks)
    alt = f"Bar chart. {words} The thin lines are 95% limits."
    show(figure, key="map-bars", alt=alt)


def funnel_of(state: MapState, bundle: Bundle, paint: Paint) -> tuple[pd.DataFrame, float, str] | None:
    """The funnel's areas, its benchmark and what that is called; None where there can be none.

    The benchmark is England's figure, or that of the Place where the colours compare with it.
    """
    marks = benchmarks(state, bundle)
    names = list(marks)
    if not names:
        return None
    than = names[0] if paint.colour == PLACE and len(names) > 1 else names[-1]
    value = marks[than].value
    frame = funnel.prepare(state.indicator, state.rows, value)
    return (frame, float(value), than) if value is not None and funnel.available(frame) else None


def draw_funnel(state: MapState, found: tuple[pd.DataFrame, float, str]) -> None:
    """Draw the takeaway, the plot and its table."""
    frame, value, than = found
    words = funnel.takeaway(state.indicator, frame, value, than)
    chosen = state.selection.area
    mode = current_mode()
    figure = funnel.draw(state.indicator, frame, value, than, chosen=chosen, every_width=True, mode=mode)
    alt = f"Funnel plot. {words} Each mark is an area by its size and its figure; the table below has all."
    st.html(
        f"<p><b>{escape(words)}</b></p>{still.draw(figure, alt=alt, mode=mode)}"
        f'<p class="quiet">{escape(FUNNEL_WORDS)}</p>'
    )
    long_table.show(
        funnel.to_table(state.indicator, frame, than),
        f"{caption(state)}, against {than}",
        key="map-funnel-table",
        noun=short_noun(state.level),
        file=f"funnel_{file_stem(state)}",
        source=source_of(state),
    )


def table(state: MapState, paint: Paint) -> pd.DataFrame:
    """All areas with their figures; where the colours are a comparison, its result in words."""
    frame = ranked_bars.to_table(state.indicator, state.rows)
    if paint.judged is not None:
        frame.insert(4, f"Compared with {paint.than}", frame["Code"].map(paint.levels or paint.judged))
    if paint.colour == TENTH:
        codes = (str(code) for code in state.rows["area_code"])
        tenths = dict(zip(codes, (paint.shading.classes.of + 1).tolist(), strict=True))
        frame.insert(4, "National tenth", frame["Code"].map(tenths).replace(0, pd.NA).astype("Int64"))
    return frame


def caption(state: MapState) -> str:
    """What a table of the map shows: "Child poverty by ward, 2024"."""
    period = period_words(state.indicator, state.selection.period)
    return f"{state.indicator.title} by {short_noun(state.level, 1)}, {period}"


def source_of(state: MapState) -> str:
    """The source of the figure with its period, for the rows of a file."""
    return caveats.source_line(state.indicator, store.the_catalogue(), state.selection.period)


def file_stem(state: MapState) -> str:
    """The name of a file to keep: indicator, level, Places, period."""
    slugs = [config().place(code).slug for code in state.place_codes]
    where = "all-places" if set(state.place_codes) == set(config().region_places) else "-".join(slugs)
    period = "".join(c if c.isalnum() else "-" for c in state.selection.period).strip("-")
    group = "" if state.selection.group == "all" else f"_{state.selection.group}"
    return f"{state.indicator.id}{group}_{state.level}_{where[:60]}_{period}"


def picture(
    state: MapState,
    bundle: Bundle,
    paint: Paint,
    title: str,
    form: str,
    second: MapState | None = None,
    hexagons: bool = False,
) -> bytes:
    """The map as PNG or SVG with title, legend and source."""
    from components import static_map  # here, since matplotlib takes 30 MB and most visitors want no picture

    catalogue = store.the_catalogue()
    shading = paint.shading
    kind = "hex" if hexagons else state.level
    keys = area_map.area_keys(kind, state.place_codes, bundle.layers["layers"])
    keys += [] if hexagons else ["motorways"]
    lines = [
        str(bundle.layers["layers"][key]["attribution"]) for key in keys if key in bundle.layers["layers"]
    ]
    words = [map_shape.WORDS] if hexagons else []
    for part in (state, second) if second is not None else (state,):
        source = catalogue.sources[part.indicator.source]
        words += [caveats.source_line(part.indicator, catalogue), source.attribution, source.licence]
    words += lines
    if state.level == "neighbourhood":
        words.append(caveats.grouping_label(bundle, state.place_codes))
    codes = list(state.rows["area_code"])
    of_places = hexagons and len(state.place_codes) > 1
    return static_map.draw(
        bundle.geometry(kind, state.place_codes),
        shading,
        shading.fills(codes),
        level=state.level,
        title=title,
        subtitle=paint.heading,
        source=" ".join(f"{word.rstrip('.')}." for word in dict.fromkeys(words) if word),
        around=None
        if hexagons
        else surroundings(bundle, state.place_codes),  # hexagons do not stand on the ground
        labels=area_names(state) if len(codes) <= MOST_NAMES and not of_places else None,
        names=map_shape.place_names(state.place_codes, bundle) if of_places else (),
        type_size=5.5 if hexagons else 8,
        faded=faded(state) if shading.weak else frozenset(),
        form="svg" if form == "svg" else "png",
    )


def offers(
    state: MapState, bundle: Bundle, paint: Paint, title: str, second: MapState | None = None
) -> list[downloads.Offer]:
    """The downloads of this view."""
    catalogue = store.the_catalogue()
    hexagons = map_shape.hexagons(state)  # now: a file is made later, when there may be no address to read
    return downloads.offers(
        file_stem(state),
        state.rows,
        state.indicator,
        catalogue.sources[state.indicator.source],
        catalogue.caveats,
        geometry=lambda: bundle.geometry(state.level, state.place_codes),
        picture=lambda form: picture(state, bundle, paint, title, form, second, hexagons),
    )


def _of_two(state: MapState, second: MapState, bundle: Bundle, paint: Paint, title: str) -> None:
    """What stands under a map of two figures: one table of both, downloads of each."""
    parts = PARTS[1:]
    part = st.segmented_control(
        "Show below the map", parts, key="map-part-pair", label_visibility="collapsed"
    )
    if part == PARTS[1] and isinstance(paint.shading, map_pair.Pair):
        long_table.show(
            map_pair.to_table(state, second, paint.shading),
            f"{caption(state)}; {caption(second)}",
            key="map-pair-table",
            noun=short_noun(state.level),
            file=f"two-figures_{file_stem(state)}",
            source=f"{source_of(state)} {source_of(second)}",
        )
    elif part == PARTS[2]:
        alone = map_colour.paint(map_colour.CLASSES, second, bundle)
        kinds = ((state, paint, second), (second, alone, None))
        for number, (of, look, other) in enumerate(kinds):
            st.html(f"<p><b>{escape(of.indicator.title)}</b></p>")
            name = title if other is not None else look.heading
            downloads.show(offers(of, bundle, look, name, other), key=f"map-downloads-{number}")


@st.fragment
def below(state: MapState, bundle: Bundle, paint: Paint, title: str, second: MapState | None = None) -> None:
    """Draw the choice of parts and the part chosen. Only this runs again when another part is chosen."""
    if second is not None:
        _of_two(state, second, bundle, paint, title)
        return
    shading = paint.shading
    opening = PARTS[0] if len(state.rows) <= BARS_UP_TO else None
    found = funnel_of(state, bundle, paint)
    parts = (PARTS[0], FUNNEL, *PARTS[1:]) if found is not None else PARTS
    part = st.segmented_control(
        "Show below the map", parts, default=opening, key=f"map-part-{opening}", label_visibility="collapsed"
    )
    if part == PARTS[0]:
        bars(state, bundle, shading)
    elif part == FUNNEL and found is not None:
        draw_funnel(state, found)
    elif part == PARTS[1]:
        noun = short_noun(state.level)
        # its file stands among the downloads beside it
        long_table.show(table(state, paint), caption(state), key="map-table", noun=noun, head="Area")
    elif part == PARTS[2]:
        downloads.show(offers(state, bundle, paint, title), key="map-downloads")
