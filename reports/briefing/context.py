"""What every slide of one deck needs to know about its area."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from data.query import Bundle, Observation
from data.tested import Tested, judged
from reports.briefing.where import Whereabouts
from reports.briefing.words import period, the

# What the foot of a slide calls a source; the slide of sources adds the publishers.
COLLECTIONS = {
    "census": "Census 2021",
    "iod": "Indices of Deprivation 2025",
    "dwp-child-poverty": "Children in low income families",
    "nhs-qof": "GP registers",
    "dfe-eyfsp": "Early years assessments",
    "council": "The council’s own count",
    "ohid": "Fingertips",
    "ons-els": "Explore Local Statistics",
}


@dataclass(frozen=True)
class Context:
    """The area of a deck, and the tables. `cited` fills with what slides name: source and publisher."""

    bundle: Bundle
    code: str
    cited: dict[str, str] = field(default_factory=dict)

    @cached_property
    def level(self) -> str:
        """neighbourhood, ward or place."""
        return str(self.bundle.areas.loc[self.code, "area_level"])

    @property
    def name(self) -> str:
        """The area's name."""
        return self.bundle.name(self.code)

    @property
    def inside(self) -> str:
        """The name after "in"."""
        return the(self.name)

    @property
    def place_code(self) -> str:
        """The Place it lies in; a Place lies in itself."""
        return str(self.bundle.areas.loc[self.code, "place_code"])

    @property
    def is_place(self) -> bool:
        """Whether it is a whole Place, for which nearly everything is published."""
        return self.level == "place"

    @property
    def wider_code(self) -> str:
        """What it is set beside: its Place; for a Place the region or, outside the region, England."""
        if not self.is_place:
            return self.place_code
        config = self.bundle.config
        return config.region_code if self.bundle.in_region(self.code) else config.country_code

    @property
    def england_code(self) -> str:
        """England."""
        return self.bundle.config.country_code

    @cached_property
    def tested(self) -> Tested:
        """The figures that can be called better or worse."""
        return judged(self.bundle, self.code)

    @cached_property
    def whereabouts(self) -> Whereabouts:
        """Where it lies, and the map of it."""
        return Whereabouts(self.bundle, self.code)

    @cached_property
    def working(self) -> str:
        """What must be said of the neighbourhoods; "" for wards and Places and where the list is official."""
        if self.level != "neighbourhood":
            return ""
        status = self.bundle.neighbourhood_status(self.place_code)
        if status is None or status.status == "official":
            return ""
        return "A working grouping of wards, not the council’s own list."

    def value(self, indicator_id: str, code: str = "", when: str | None = None) -> Observation | None:
        """A figure with a number, the latest unless a period is named; None otherwise."""
        found = self.bundle.value(indicator_id, code or self.code, when)
        return found if found is not None and found.value is not None else None

    def source(self, *indicators: tuple[str, str]) -> str:
        """One line for the foot of a slide, from (indicator, period): "Census 2021; GP registers 2024/25"."""
        found = []
        for indicator_id, when in indicators:
            source = self.bundle.catalogue.sources[self.bundle.catalogue[indicator_id].source]
            what = next(
                (name for key, name in COLLECTIONS.items() if source.id.startswith(key)), source.title
            )
            text = what if period(when) in what else f"{what} {period(when)}"
            self.cited[text] = source.publisher
            found.append(text)
        return "; ".join(dict.fromkeys(found))
