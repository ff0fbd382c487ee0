"""The columns of the two long tables; apart from their rules, which need the build's packages."""

OBSERVATION_COLUMNS = [
    "indicator_id", "area_code", "area_level", "period", "group", "value", "lower", "upper",
    "numerator", "denominator", "basis", "reliability", "status", "source_id",
]  # fmt: skip
MEASUREMENT_COLUMNS = [
    "indicator_id", "area_code", "source_level", "period", "group", "value", "lower", "upper",
    "numerator", "denominator", "status", "source_id",
]  # fmt: skip
