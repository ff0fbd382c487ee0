"""Charts as plain HTML: everything of the figure is there, where its numbers say, and nothing else."""

from __future__ import annotations

import base64
import math
import re
from itertools import pairwise

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.charts import still, still_axes
from components.charts.template import TEMPLATES

LAYOUT = {"height": 300, "xaxis": {"range": [0, 10]}, "yaxis": {"range": [0, 50]}}


def figure(*traces: dict, **layout: object) -> go.Figure:
    return go.Figure(data=list(traces), layout={**LAYOUT, "template": TEMPLATES["light"], **layout})


def bars(**more: object) -> dict:
    return {
        "type": "bar", "x": [2, 6], "y": [20, 10], "width": [4, 2],
        "marker": {"color": ["#111111", "#222222"]},
        "error_y": {"visible": True, "array": [5, 2], "arrayminus": [10, 2]},
        "customdata": ["<b>Tenth 1</b><br>20% &amp; more", "Tenth 2"], **more,
    }  # fmt: skip


def line(**more: object) -> dict:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, 5, 10],
        "y": [0, 25, 50],
        "line": {"color": "#333333"},
        **more,
    }


def picture(html: str) -> str:
    found = re.search(r"base64,([^\"]+)\"", html)
    assert found is not None
    return base64.b64decode(found.group(1)).decode()


def test_bars_and_limits_stand_where_their_numbers_are():
    html = still.draw(figure(bars()), alt="Bars")
    assert "left:0.00%;top:60.00%;width:calc(40.00% - 1.5px);height:40.00%;background:#111111" in html
    assert "left:50.00%;top:80.00%;width:calc(20.00% - 1.5px);height:20.00%;background:#222222" in html
    assert 'class="whisker" style="left:20.00%;top:50.00%;height:30.00%' in html  # 10 to 25 of 50
    assert 'title="Tenth 1\n20% &amp; more"' in html
    assert 'role="img" aria-label="Bars"' in html


def test_what_is_missing_is_not_drawn():
    html = still.draw(figure(bars(y=[None, 10])), alt="x")
    assert html.count("background:#") == 1
    assert html.count('class="whisker"') == 1
    without = still.draw(
        figure(bars(error_y={"visible": True, "array": [None, 2], "arrayminus": [None, 2]})), alt="x"
    )
    assert without.count('class="whisker"') == 1
    assert without.count("background:#") == 2


def test_a_bar_below_zero_hangs_from_zero():
    html = still.draw(figure(bars(y=[-25, 10], error_y={}), yaxis={"range": [-50, 50]}), alt="x")
    assert "top:50.00%;width:calc(40.00% - 1.5px);height:25.00%" in html


def test_lying_bars_stand_beside_their_names_the_first_lowest():
    left = {
        "type": "bar", "orientation": "h", "x": [-10, -20], "y": ["Young", "Old"],
        "marker": {"color": "#666666"},
    }  # fmt: skip
    html = still.draw(
        figure(left, xaxis={"range": [-20, 20]}, yaxis={"showgrid": False}, bargap=0.5), alt="x"
    )
    assert "left:25.00%;top:62.50%;width:calc(25.00% - 1.5px);height:25.00%;background:#666666" in html
    assert "left:0.00%;top:12.50%;width:calc(50.00% - 1.5px);height:25.00%;background:#666666" in html
    assert html.index(">Young<") < html.index(">Old<")
    assert 'class="level"' not in html


def test_bars_without_a_width_fill_their_room_and_carry_their_words():
    trace = {"type": "bar", "x": [1, 2], "y": [10, 0], "text": ["10%", ""], "marker": {"color": "#777777"}}
    html = still.draw(figure(trace, xaxis={}, yaxis={"rangemode": "tozero"}, bargap=0.5), alt="x")
    assert "left:12.50%;top:9.09%;width:calc(25.00% - 1.5px);height:90.91%" in html
    assert 'left:25.00%;top:9.09%;transform:translate(-50%,-105%)">10%<' in html


def test_lines_break_at_missing_figures_and_never_cross_them():
    drawn = picture(still.draw(figure(line(y=[0, None, 50])), alt="x"))
    assert 'd="M0.0 1000.0M1000.0 0.0"' in drawn
    assert 'd="M0.0 1000.0L500.0 500.0L1000.0 0.0"' in picture(still.draw(figure(line()), alt="x"))


def test_steps_change_half_way():
    drawn = picture(
        still.draw(figure(line(x=[0, 10], y=[0, 50], line={"color": "#333333", "shape": "hvh"})), alt="x")
    )
    assert 'd="M0.0 1000.0L500.0 1000.0L500.0 0.0L1000.0 0.0"' in drawn


def test_bands_are_filled_without_a_line():
    drawn = picture(
        still.draw(figure(line(fill="toself", fillcolor="rgba(1,2,3,0.15)", line={"width": 0})), alt="x")
    )
    assert 'fill="rgb(1,2,3)" fill-opacity="0.15"' in drawn
    assert "stroke=" not in drawn


def test_marks_can_be_pointed_at():
    trace = line(mode="lines+markers", marker={"size": 6, "color": "#444444"}, customdata=["a", "b", "c"])
    html = still.draw(figure(trace), alt="x")
    assert re.findall(r'<b style="left:([\d.]+%);top:([\d.]+%)[^>]+title="(\w)"', html) == [
        ("0.00%", "100.00%", "a"), ("50.00%", "50.00%", "b"), ("100.00%", "0.00%", "c"),
    ]  # fmt: skip


def test_notes_keep_their_colour_and_nothing_of_theirs_becomes_markup():
    notes = [
        {
            "x": 10,
            "y": 25,
            "text": '<span style="color:#123456">■</span> A & <b',
            "xanchor": "left",
            "xshift": 8,
        },
        {"x": 5, "y": 25, "text": "England<br>12%", "yshift": -4},
    ]
    html = still.draw(figure(line(), annotations=notes), alt='a "quoted" <name>')
    assert '<i style="color:#123456">■</i> A &amp; &lt;b' in html
    assert "translate(calc(0px + 8px), calc(-50% + 0.0px))" in html
    assert "translate(calc(-50% + 0px), calc(-50% + 4.0px))" in html
    assert "England<br>12%" in html
    assert 'aria-label="a &quot;quoted&quot; &lt;name&gt;"' in html


def test_level_lines_are_drawn_and_others_refused():
    level = {"type": "line", "y0": 25, "y1": 25, "line": {"color": "#555555", "width": 1, "dash": "dash"}}
    assert "top:50.00%;border-top:1px dashed #555555" in still.draw(figure(line(), shapes=[level]), alt="x")
    with pytest.raises(ValueError, match="only level lines"):
        still.draw(figure(line(), shapes=[{**level, "y1": 30}]), alt="x")


@pytest.mark.parametrize("trace", [{"type": "pie", "values": [1]}, line(fill="tonexty")], ids=str)
def test_what_cannot_be_drawn_is_refused(trace):
    with pytest.raises(ValueError, match="drawn"):
        still.draw(figure(trace), alt="x")


@given(
    st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), st.integers(3, 9)
)  # fmt: skip
def test_ticks_are_round_even_inside_and_few(low, span, most):
    ticks = still_axes.round_ticks(low, low + span, most)
    assert len(ticks) <= most
    steps = [b - a for a, b in pairwise(ticks)]
    slack = 1e-6 * max(span, abs(low))
    assert all(low - slack <= tick <= low + span + slack for tick in ticks)
    if steps:
        assert max(steps) - min(steps) <= slack
        leading = steps[0] / 10 ** math.floor(math.log10(steps[0]) + 1e-6)
        assert min(abs(leading - size) for size in still_axes.STEPS) < 1e-3


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        (["Most<br>deprived", *"23456789", "Least<br>deprived"], {0, 9}),
        (["10%", "5%", "0%", "5%", "10%"], {0, 1, 2, 3, 4}),
        ([f"{n}%" for n in range(50, -55, -5)], {0, 5, 10, 15, 20}),
        (["2021/22", "2022/23", "2023/24", "2024/25"], {0, 3}),
        (["2019"], {0}),
        ([], {-1}),
    ],
)
def test_little_room_keeps_the_ends_and_even_steps(words, kept):
    assert still.few(words) == kept


def test_little_room_on_an_axis_of_numbers_keeps_even_steps_only():
    assert still.few(["10", "20", "30", "40", "50", "60"], ends=False) == {0, 2, 4}
    numbered = still.draw(figure(line(), xaxis={"range": [0, 60], "nticks": 7}), alt="x")
    named = still.draw(
        figure(line(), xaxis={"range": [0, 60], "tickvals": [0, 20, 40], "ticktext": list("abc")}), alt="x"
    )
    assert numbered.count('class="spare"') == 3
    assert 'class="spare"' not in named


def test_every_mark_has_its_own_colour_size_shape_and_edge():
    marker = {
        "color": ["#111111", "#222222"],
        "size": [9, 16],
        "symbol": ["diamond", "circle"],
        "line": {"color": "#333333", "width": [1, 2.5]},
    }
    html = still.draw(figure(line(mode="markers", x=[0, 10], y=[0, 50], marker=marker)), alt="x")
    assert (
        '<b style="left:0.00%;top:100.00%;--s:10px;--c:#111111;--w:1px;--e:#333333" class="diamond">' in html
    )
    assert '<b style="left:100.00%;top:0.00%;--s:18.5px;--c:#222222;--w:2.5px;--e:#333333">' in html
    with pytest.raises(ValueError, match="shape 'star'"):
        still.draw(figure(line(mode="markers", marker={"size": 9, "symbol": "star"})), alt="x")


def test_many_marks_have_targets_of_their_own_size():
    many = line(
        mode="markers", x=[1] * 301, y=[1] * 301, marker={"size": 6, "color": "#111111", "opacity": 0.6}
    )
    html = still.draw(figure(many), alt="x")
    assert html.count('--s:6px;--c:#111111;opacity:0.6" class="dense"') == 301


def test_names_of_traces_stand_over_the_chart_where_it_has_a_legend():
    traces = [
        line(mode="markers", name=name, showlegend=shown, marker={"size": 9, "color": colour})
        for name, shown, colour in (
            ("A & B", None, "#111111"), ("Hidden", False, "#222222"), ("C", None, "#333333"),
        )
    ]  # fmt: skip
    html = still.draw(figure(*traces, showlegend=True), alt="x")
    key, chart = html.split('<div class="chart"')
    assert '<i style="background:#111111"></i>A &amp; B</li>' in key
    assert key.count("<li>") == 2
    assert "A &amp; B" not in chart
    assert "mark-names" not in still.draw(figure(*traces), alt="x")
    assert "chart-key" not in still.CSS  # the key of spines, whose marks have shapes of their own


def test_notes_of_some_widths_are_marked_so():
    notes = [{"x": 5, "y": 25, "text": "England", "name": "narrow wide"}, {"x": 5, "y": 25, "text": "All"}]
    notes[1]["font"] = {"weight": 600}
    html = still.draw(figure(line(), annotations=notes), alt="x")
    assert re.search(r'<span class="note at narrow wide"[^>]*>England<', html)
    assert re.search(r'<span class="note"[^>]*;font-weight:600">All<', html)
    assert html.count("font-weight") == 1


@pytest.mark.parametrize(("letters", "foot", "more"), [(20, 46, 0), (45, 46, 16), (90, 62, 16)])
def test_a_long_title_of_an_axis_has_room_for_its_lines(letters, foot, more):
    html = still.draw(figure(line(), xaxis={"range": [0, 10], "title": {"text": "x" * letters}}), alt="x")
    assert f"bottom:{foot}px;--foot:{foot}px;--deep:{more}px" in html


def test_words_of_an_axis():
    assert still_axes.tick_words((0.0, 2.5, 5.0)) == ["0.0", "2.5", "5.0"]
    assert still_axes.tick_words((-1000.0, 0.0, 1000.0)) == ["−1,000", "0", "1,000"]
