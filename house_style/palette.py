"""Every colour of the dashboard, and the arithmetic that proves the map colours can be told apart.

Colours are hexadecimal strings. Two modes: ``light`` and ``dark`` (the reader's theme). The class colours
are the same in both, so that a printed map, a projected map and a phone at night show one legend.

Colour vision is simulated with the severity 1.0 matrices of Machado, Oliveira and Fernandes (2009), applied
to linear RGB; differences are CIEDE2000 (Sharma, Wu and Dalal, 2005).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

Mode = Literal["light", "dark"]
MODES: tuple[Mode, Mode] = ("light", "dark")

# Light is low need, dark is high need. Lightness falls in even steps and the hue turns from straw to indigo,
# so that neighbours differ twice over.
SEQUENTIAL: tuple[str, ...] = ("#f5f0cd", "#9fc97a", "#05a4b7", "#0a70ab", "#0b2e70")
# Better to worse than a benchmark: blue and orange, never green and red.
DIVERGING: tuple[str, ...] = ("#1f5fa8", "#86b6dd", "#eeeae2", "#f0a860", "#b0500a")
# National tenths, least deprived first. Ten colours that darken and keep 10 from their neighbours in every
# vision
# were found by search (docs/decisions/0054-access.md): a small change of one brings it too near to another.
TENTHS: tuple[str, ...] = (
    "#f8f3d2", "#ddf197", "#9cc673", "#63bd93", "#809f9d",
    "#0496b7", "#1674b0", "#285a7b", "#0d3485", "#031d49",
)  # fmt: skip
# Against a benchmark on a map: blue and orange where one end is worse, purple and mint where neither is.
VERDICTS: dict[str, str] = {
    "better": "#1f5fa8",
    "similar": "#8b8780",
    "worse": "#e08a2c",
    "higher": "#5e3a8c",
    "lower": "#b8f0c8",
}
# The same at two levels: dark where the 99.8% limits leave the benchmark out, light where only the 95% do.
VERDICT_LEVELS: dict[str, str] = {
    "worse (99.8%)": "#c25a10",
    "worse (95%)": "#f2b95c",
    "higher (99.8%)": "#5e3a8c",
    "higher (95%)": "#b58be0",
    "similar": VERDICTS["similar"],
    "lower (95%)": "#c8f5d4",
    "lower (99.8%)": "#0f7a4a",
    "better (95%)": "#6fb0f0",
    "better (99.8%)": "#1f5fa8",
}
# Two figures at once: rows are thirds of the first (blue), columns thirds of the second (orange), least need
# first.
BIVARIATE: tuple[tuple[str, str, str], ...] = (
    ("#f5f0cd", "#f2b95c", "#d97706"),
    ("#93b9dc", "#a08c7c", "#8a4b14"),
    ("#1f6fc0", "#3d4f80", "#2a1420"),
)
# For figures with neither a good nor a bad end, in charts with few series.
CATEGORICAL: tuple[str, ...] = ("#376b98", "#d67e22", "#61646c", "#4e9d8c", "#9f50d5")
# Where figures gather: hot and cold take the ends of DIVERGING, what chance can explain stays light.
CHANCE = SEQUENTIAL[0]
# Behind the words of a comparison in a table. The grounds of one figure are apart from each other and from
# that
# of a cell without a comparison; text on each keeps 7 to 1.
TINTS: dict[Mode, dict[str, str]] = {
    "light": {
        "better": "#bccfe4", "similar": "#cbc6c2", "worse": "#edc8ac", "higher": "#c7c8e9",
        "lower": "#d6f1d0", "not compared": "#f3f4f5",
    },
    "dark": {
        "better": "#2f455b", "similar": "#4c4e50", "worse": "#594434", "higher": "#433453",
        "lower": "#1a382c", "not compared": "#1d212a",
    },
}  # fmt: skip
# Up to six areas compared. Six of one lightness cannot be told apart with every kind of colour vision:
# these differ
# in lightness too.
COMPARED: dict[Mode, tuple[str, ...]] = {
    "light": ("#2f55e8", "#9c2f08", "#1c0f6b", "#009a45", "#b0759a", "#2e1f1a"),
    "dark": ("#4d82ff", "#f0b429", "#98ddff", "#2f9a4b", "#ea628c", "#e8ecdf"),
}

NO_DATA_INK: dict[Mode, str] = {"light": "#808080", "dark": "#9a9a9a"}
NO_DATA_PAPER: dict[Mode, str] = {"light": "#e2e2e2", "dark": "#3a3a3a"}


@dataclass(frozen=True)
class Theme:
    """The colours of one mode that are not data."""

    paper: str
    text: str
    quiet: str
    grid: str
    accent: str
    better: str
    worse: str
    sea: str
    land: str
    road: str
    edge: str
    outline: str
    chosen: str
    chosen_casing: str
    halo: str
    water_text: str


THEMES: dict[Mode, Theme] = {
    "light": Theme(
        paper="#ffffff", text="#14213d", quiet="#4c5963", grid="#e3e5ea", accent="#2b6ca6",
        better="#1f5fa6", worse="#a8480a", sea="#c8deeb", land="#f3f2ee", road="#d9cfc0", edge="#ffffff",
        outline="#4a4f5c", chosen="#111111", chosen_casing="#ffffff", halo="#ffffff", water_text="#2f5a79",
    ),
    "dark": Theme(
        paper="#12161f", text="#edeff4", quiet="#a9b4bd", grid="#333a49", accent="#7db4e6",
        better="#7fbcf2", worse="#f3a868", sea="#06202b", land="#2b333c", road="#3c4454", edge="#12161f",
        outline="#c3c8d3", chosen="#ffffff", chosen_casing="#111111", halo="#12161f", water_text="#8fb8d8",
    ),
}  # fmt: skip

# Machado, Oliveira and Fernandes (2009), severity 1.0.
VISION: dict[str, tuple[tuple[float, float, float], ...]] = {
    "normal": ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
    "protan": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deutan": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritan": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}


def class_colours(count: int, *, worse: Literal["high", "low"] = "high") -> tuple[str, ...]:
    """Colours of `count` classes from the lowest values to the highest; dark marks the end of greater need.

    `worse` says which end that is. Fewer than five classes are spread over the whole ramp. ValueError outside
    one to five.
    """
    spread = {1: (2,), 2: (1, 3), 3: (0, 2, 4), 4: (0, 1, 3, 4), 5: (0, 1, 2, 3, 4)}
    if count not in spread:
        raise ValueError(f"a map has one to five classes, not {count}")
    colours = tuple(SEQUENTIAL[i] for i in spread[count])
    return colours if worse == "high" else colours[::-1]


def rgb(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers from 0 to 255."""
    text = colour.lstrip("#")
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def mix(first: str, second: str, share: float) -> str:
    """The colour with `share` (0 to 1) of the second over the first."""
    pairs = zip(rgb(first), rgb(second), strict=True)
    return "#" + "".join(f"{round(a * (1 - share) + b * share):02x}" for a, b in pairs)


def no_data(mode: Mode) -> str:
    """What the no-data hatch looks like from a distance: a third ink, two thirds paper."""
    return mix(NO_DATA_PAPER[mode], NO_DATA_INK[mode], 1 / 3)


def _linear(colour: str) -> np.ndarray:
    channel = np.array(rgb(colour)) / 255
    return np.where(channel <= 0.04045, channel / 12.92, ((channel + 0.055) / 1.055) ** 2.4)


def contrast(first: str, second: str) -> float:
    """Contrast ratio of WCAG 2 (1 to 21)."""
    weights = np.array([0.2126, 0.7152, 0.0722])
    high, low = sorted((float(_linear(c) @ weights) for c in (first, second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def text_on(colour: str) -> str:
    """Black or white, whichever reads better on the colour."""
    return max(("#111111", "#ffffff"), key=lambda ink: contrast(ink, colour))


def lab(colour: str, vision: str = "normal") -> tuple[float, float, float]:
    """CIE L*a*b* (D65) of the colour as seen with one kind of colour vision."""
    seen = np.clip(np.array(VISION[vision]) @ _linear(colour), 0, 1)
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    ratio = to_xyz @ seen / np.array([0.95047, 1.0, 1.08883])
    f = np.where(ratio > 216 / 24389, np.cbrt(ratio), (24389 / 27 * ratio + 16) / 116)
    return float(116 * f[1] - 16), float(500 * (f[0] - f[1])), float(200 * (f[1] - f[2]))


def difference(first: str, second: str, vision: str = "normal") -> float:
    """CIEDE2000 between two colours under one kind of colour vision."""
    return ciede2000(lab(first, vision), lab(second, vision))


def ciede2000(one: tuple[float, float, float], two: tuple[float, float, float]) -> float:
    """CIEDE2000 between two L*a*b* colours (all weights 1), as Sharma, Wu and Dalal write it."""
    (l1, a1, b1), (l2, a2, b2) = one, two
    mean_c = (math.hypot(a1, b1) + math.hypot(a2, b2)) / 2
    g = 0.5 * (1 - math.sqrt(mean_c**7 / (mean_c**7 + 25**7)))
    a1, a2 = a1 * (1 + g), a2 * (1 + g)
    c1, c2 = math.hypot(a1, b1), math.hypot(a2, b2)
    h1, h2 = (math.degrees(math.atan2(b, a)) % 360 if (a or b) else 0.0 for a, b in ((a1, b1), (a2, b2)))
    dl, dc, dh = l2 - l1, c2 - c1, h2 - h1
    if c1 * c2 == 0:
        dh = 0.0
    elif abs(dh) > 180:
        dh -= math.copysign(360, dh)
    big_dh = 2 * math.sqrt(c1 * c2) * math.sin(math.radians(dh / 2))
    ml, mc, mh = (l1 + l2) / 2, (c1 + c2) / 2, h1 + h2
    if c1 * c2:
        if abs(h1 - h2) <= 180:
            mh /= 2
        else:
            mh = (mh + 360) / 2 if mh < 360 else (mh - 360) / 2
    t = (
        1
        - 0.17 * math.cos(math.radians(mh - 30))
        + 0.24 * math.cos(math.radians(2 * mh))
        + 0.32 * math.cos(math.radians(3 * mh + 6))
        - 0.20 * math.cos(math.radians(4 * mh - 63))
    )
    sl = 1 + 0.015 * (ml - 50) ** 2 / math.sqrt(20 + (ml - 50) ** 2)
    sc, sh = 1 + 0.045 * mc, 1 + 0.015 * mc * t
    turn = 60 * math.exp(-(((mh - 275) / 25) ** 2))
    rt = -math.sin(math.radians(turn)) * 2 * math.sqrt(mc**7 / (mc**7 + 25**7))
    return math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (big_dh / sh) ** 2 + rt * (dc / sc) * (big_dh / sh))
