"""The source folder: a missing, changed or odd file stops with its name, row and column."""

import hashlib

import pandas as pd
import pytest

from data.sources import SourceError, SourceFolder, require_rows


def folder(tmp_path, content: bytes = b"code,people\nA,1\nB,2\n") -> SourceFolder:
    (tmp_path / "a.csv").write_bytes(content)
    digest = hashlib.sha256(b"code,people\nA,1\nB,2\n").hexdigest()
    (tmp_path / "manifest.csv").write_text(f"path,title,sha256\na.csv,A,{digest}\ngone.csv,Gone,{digest}\n")
    return SourceFolder(tmp_path)


def test_a_listed_file_is_read(tmp_path):
    assert folder(tmp_path).csv("a.csv", ["code", "people"])["people"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda sources: sources.csv("b.csv"), "b.csv is not in manifest.csv"),
        (lambda sources: sources.csv("gone.csv"), "gone.csv is listed .* but is not in"),
        (
            lambda sources: sources.csv("a.csv", ["persons"]),
            "a.csv: no column 'persons'; found 'code', 'people'",
        ),
    ],
)
def test_what_is_wrong_is_named(tmp_path, call, words):
    with pytest.raises(SourceError, match=words):
        call(folder(tmp_path))


def test_a_changed_or_truncated_file_is_refused_by_its_sum(tmp_path):
    with pytest.raises(SourceError, match=r"a\.csv is not the file that manifest\.csv lists"):
        folder(tmp_path, b"code,people\nA,1\n").csv("a.csv")


def test_text_where_a_number_belongs_is_named_with_row_and_column(tmp_path):
    frame = pd.DataFrame({"people": ["1", "n/a?", "3"]})
    with pytest.raises(
        SourceError, match=r"a\.csv, row 3, column 'people': found 'n/a\?', expected a number"
    ):
        folder(tmp_path).numbers(frame, "a.csv", ["people"])


def test_an_absent_folder_says_what_to_do(tmp_path):
    with pytest.raises(SourceError, match="--sources"):
        SourceFolder(tmp_path)


def test_floors_carry_their_reason():
    frame = pd.DataFrame({"a": range(301)})
    with pytest.raises(SourceError, match=r"f\.csv: 301 LSOAs, expected exactly 302 \(the census has 302\)"):
        require_rows(frame, file="f.csv", what="LSOAs", exactly=302, why="the census has 302")
    require_rows(frame, file="f.csv", what="LSOAs", at_least=301, why="enough")
