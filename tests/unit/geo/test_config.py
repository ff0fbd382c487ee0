"""config.toml: what a council edits is checked, with the fault named."""

import pytest

from geo.config import ROOT, ConfigError, Suppression, config, read_config

GOOD = (ROOT / "config.toml").read_text(encoding="utf-8")


def test_the_shipped_configuration_has_the_nine_places_in_their_order():
    names = [place.name for place in config().places]
    assert names[:3] == ["Liverpool", "Sefton", "St Helens"]
    assert len(names) == 9
    assert [place.name for place in config().with_role("pioneer")] == ["Sefton", "St Helens"]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda text: text.replace("[data]", "[datta]"), r"section \[data\] is missing"),
        (lambda text: text.replace('role = "home"', 'role = "capital"'), "Liverpool has role 'capital'"),
        (lambda text: text.replace('code = "E08000014"', 'code = "E08000012"'), "listed twice: E08000012"),
        (
            lambda text: text.replace('slug = "sefton"', 'slug = "liverpool"'),
            "two Places have the slug liverpool",
        ),
        (
            lambda text: text.replace('"E08000012", "E08000014"', '"E05000001"'),
            r"\[region\] places .* E05000001",
        ),
        (lambda text: text.replace("places = [\n", "places = []\nold = [\n"), r"\[region\] places must be"),
        (lambda text: text.replace('places = ["E08000012"]', 'places = ["E99"]'), "not listed: E99"),
        (lambda text: text.replace("[data]", "[data"), "cannot be read as TOML"),
    ],
)
def test_a_wrong_configuration_is_refused_by_name(tmp_path, change, words):
    path = tmp_path / "config.toml"
    path.write_text(change(GOOD), encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        read_config(path)


def test_a_place_that_the_region_does_not_name_lies_outside_it(tmp_path):
    path = tmp_path / "config.toml"
    leeds = '[[place]]\ncode = "E08000035"\nname = "Leeds"\nslug = "leeds"\nrole = "pioneer"\n'
    path.write_text(f"{GOOD}\n{leeds}", encoding="utf-8")
    found = read_config(path)
    assert found.place_codes == [*config().place_codes, "E08000035"]
    assert found.region_places == tuple(config().place_codes) == config().region_places
    assert [place.name for place in found.outside] == ["Leeds"]
    assert config().outside == []


def test_a_missing_configuration_says_what_to_do(tmp_path):
    with pytest.raises(ConfigError, match="restore it"):
        read_config(tmp_path / "config.toml")


def with_counts(tmp_path, section: str):
    path = tmp_path / "config.toml"
    path.write_text(f"{GOOD}\n{section}\n", encoding="utf-8")
    return read_config(path)


def test_counts_of_school_readiness_are_optional_and_relative_to_the_configuration(tmp_path):
    assert config().school_readiness_counts is None
    assert with_counts(tmp_path, "[school_readiness]").school_readiness_counts is None
    found = with_counts(tmp_path, '[school_readiness]\ncounts = "council/counts.csv"')
    assert found.school_readiness_counts == tmp_path.resolve() / "council/counts.csv"


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("[school_readiness]\ncounts = 3", r"\[school_readiness\] counts must be the path .* found 3"),
        ('[school_readiness]\ncounts = ""', "must be the path of a CSV file"),
        ('[school_readiness]\ncount = "a.csv"', "has 'count'; it knows 'counts' only"),
        ('[[school_readiness]]\ncounts = "a.csv"', r"write \[school_readiness\] and below it"),
    ],
)
def test_a_wrong_setting_for_counts_is_refused(tmp_path, section, words):
    with pytest.raises(ConfigError, match=words):
        with_counts(tmp_path, section)


def test_protection_of_withheld_counts_has_defaults_and_can_be_set(tmp_path):
    without = GOOD.replace("[suppression]", "[view2]")
    path = tmp_path / "config.toml"
    path.write_text(without, encoding="utf-8")
    assert read_config(path).suppression == Suppression(10, 0)
    path.write_text(GOOD.replace("round_to = 0", "round_to = 5").replace("= 10", "= 20"), encoding="utf-8")
    assert read_config(path).suppression == Suppression(20, 5)


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("threshold = 0", r"\[suppression\] threshold must be a whole number, 1 or more, found 0"),
        ('threshold = "10"', "threshold must be a whole number, 1 or more, found '10'"),
        ("threshold = true", "found True"),
        ("threshold = 7.5", "found 7.5"),
        ("threshold = 10\nround_to = -5", "round_to must be a whole number, 0 or more, found -5"),
        ("threshold = 10\nround_to = 20", "round_to 20 is above threshold 10"),
        ("treshold = 10", "has 'treshold'; it knows 'threshold' and 'round_to'"),
    ],
)
def test_a_wrong_protection_is_refused_by_name(tmp_path, setting, words):
    start, end = GOOD.index("[suppression]"), GOOD.index("[view]")
    path = tmp_path / "config.toml"
    path.write_text(f"{GOOD[:start]}[suppression]\n{setting}\n\n{GOOD[end:]}", encoding="utf-8")
    with pytest.raises(ConfigError, match=words):
        read_config(path)
