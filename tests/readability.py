"""How hard a text is to read: the Flesch-Kincaid grade, and words that a councillor should not have to know.

The grade is the number of school years (in the United States) a reader needs; 5 more make the reading age. So
a reading age of 12 to 14 is a grade of 7 to 9.

Source: Kincaid JP, Fishburne RP, Rogers RL, Chissom BS (1975), "Derivation of new readability formulas for
Navy enlisted personnel", Research Branch Report 8-75; reading ease: Flesch R (1948), Journal of Applied
Psychology 32:221-233. Syllables are counted by rules for English, which hit nine words in ten; a number is a
word of two syllables (34, "thirty-four", has three; 7 has two; 10 has one).
"""

from __future__ import annotations

import re

OLDEST = 14  # reading age
GRADE = OLDEST - 5
WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d[\d,.]*\d|\d")
END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[A-Z“\"(\d])|\n+")
# Words of analysts. A public sentence does without them.
JARGON = re.compile(
    r"\b(prevalen\w+|LSOAs?|MSOAs?|ridits?|numerators?|denominators?|model+ed|QOF|IMD|GLD|IDACI|IDAOPI|"
    r"deciles?|"
    r"quintiles?|percentiles?|apportion\w*|aggregat\w*|standardi[sz]\w+|confidence|intervals?|significan\w+|"
    r"p-values?|cohorts?|regressions?|coefficients?|quantiles?|stratif\w+|covariates?|denominator|morbidit\w+|"
    r"comorbid\w+|multimorbid\w+|polarity|metadata|benchmarks?|indicators?|statistical\w*)\b"
)
SILENT = re.compile(r"(?:[^laeiouyscgxzh]es|[^aeiouydt]ed|[^laeiouy]e)$")
VOWELS = re.compile(r"[aeiouy]+")
TWO = re.compile(r"ia(?!l|n\b)|io(?!n|us)|eo(?!us)|ua|uo|iu|ying|eing|ism\b")
# What the rules get wrong, and abbreviations that are said letter by letter.
KNOWN = {
    "people": 2, "area": 3, "areas": 3, "being": 2, "used": 1, "hybrid": 2, "mammal": 2, "reptilian": 3,
    "quiet": 2, "science": 2, "created": 3, "creature": 2, "australian": 3, "platypus": 3, "income": 2,
    "sometimes": 2, "somebody": 3, "homes": 1, "lives": 1, "done": 1, "diagnosed": 3, "diabetes": 4,
    "asthma": 2, "every": 2, "business": 2, "themselves": 2, "wholly": 2, "whole": 1, "places": 2,
    "place": 1, "clearly": 2, "family": 3, "liverpool": 3, "mersey": 2, "england": 2, "years": 1, "gp": 2,
    "gps": 2, "copd": 4, "nhs": 3, "neighbourhood": 3, "neighbourhoods": 3, "heart": 1, "disease": 2,
    "diseases": 3,
}  # fmt: skip


def syllables(word: str) -> int:
    """Syllables of a word, by rules; a number has two."""
    text = word.lower().replace("’", "'").removesuffix("'s")
    if text[0].isdigit():
        return 2
    if text in KNOWN:
        return KNOWN[text]
    text = text.replace("'", "")
    base = SILENT.sub(lambda found: found[0][0], text) if len(text) > 3 else text
    count = len(VOWELS.findall(base)) + len(TWO.findall(base))
    return max(count, 1)


def sentences(text: str) -> list[str]:
    """The sentences of a text; a line is one at least."""
    return [part for part in END.split(text.strip()) if WORD.search(part)]


def counts(text: str) -> tuple[int, int, int]:
    """Sentences, words and syllables of a text."""
    words = WORD.findall(text)
    return len(sentences(text)), len(words), sum(syllables(word) for word in words)


def grade(text: str) -> float:
    """Flesch-Kincaid grade. ValueError for a text without words."""
    lines, words, beats = counts(text)
    if not words:
        raise ValueError("a text without words has no grade")
    return 0.39 * words / lines + 11.8 * beats / words - 15.59


def ease(text: str) -> float:
    """Flesch reading ease, higher for easier texts; it only serves to hold the counts to published values."""
    lines, words, beats = counts(text)
    return 206.835 - 1.015 * words / lines - 84.6 * beats / words


def jargon(text: str) -> list[str]:
    """The words of analysts in a text."""
    return [found[0] for found in JARGON.finditer(text)]
