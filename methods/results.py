"""What every method gives back, and the checks that every method makes of what it is given.

A number without its limits, the confidence they hold and the method that made them cannot be quoted, so the
four travel together. Bad input is refused with a message; a missing value is never counted as 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Numbers = npt.NDArray[np.float64]


class MethodError(ValueError):
    """A method cannot be used on this input; the message says which value and why."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its limits.

    Attributes
    ----------
    value, lower, upper
        In the unit of the figure. ``lower`` may be ``-inf`` and ``upper`` ``inf`` where there is no finite
        limit.
    confidence
        Of the limits, such as 0.95.
    method
        The method in words, with the definition chosen.
    """

    value: float
    lower: float
    upper: float
    confidence: float
    method: str

    def excludes(self, mark: float) -> bool:
        """Whether the limits leave `mark` out: the test behind "differs from"."""
        return bool(self.lower > mark or self.upper < mark)


def z_of(confidence: float) -> float:
    """Standard normal deviate of two-sided limits; MethodError unless ``0 < confidence < 1``."""
    if not 0 < confidence < 1:
        raise MethodError(f"confidence must lie between 0 and 1, for example 0.95; found {confidence!r}")
    return float(special.ndtri(0.5 + confidence / 2))


def refuse(bad: npt.ArrayLike, values: npt.ArrayLike, why: str) -> None:
    """Raise MethodError, naming how many values are bad and the first of them, if any is."""
    flags = np.atleast_1d(np.asarray(bad, dtype=bool)).ravel()
    if flags.any():
        position = int(np.flatnonzero(flags)[0])
        found = np.broadcast_to(np.asarray(values, dtype=float).ravel(), flags.shape)[position]
        raise MethodError(
            f"{why}: {np.count_nonzero(flags)} of {flags.size}, "
            f"first at position {position} (value {found:g})"
        )


def numbers(values: npt.ArrayLike, name: str, *, least: int = 0) -> Numbers:
    """A one-dimensional array of finite numbers; MethodError for missing values or fewer than `least`."""
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1:
        raise MethodError(f"{name} must be one row of numbers; found {array.ndim} dimensions")
    refuse(~np.isfinite(array), array, f"{name} is missing or not finite")
    if array.size < least:
        raise MethodError(f"{name}: at least {least} are needed, found {array.size}")
    return array


def counts(values: npt.ArrayLike, name: str, *, least: int = 0) -> Numbers:
    """`numbers` that are not negative."""
    array = numbers(values, name, least=least)
    refuse(array < 0, array, f"{name} is negative")
    return array


def weights(values: npt.ArrayLike, name: str, *, least: int = 0) -> Numbers:
    """`numbers` that are all above 0, such as populations."""
    array = numbers(values, name, least=least)
    refuse(array <= 0, array, f"{name} is 0 or less")
    return array


def same_length(**arrays: Numbers) -> None:
    """MethodError unless all arrays are as long as each other."""
    sizes = {name: array.size for name, array in arrays.items()}
    if len(set(sizes.values())) > 1:
        raise MethodError("lengths differ: " + ", ".join(f"{name} {size}" for name, size in sizes.items()))


def ordered_limits(value: Numbers, lower: Numbers, upper: Numbers) -> None:
    """MethodError unless ``lower <= value <= upper`` throughout (rounding of the last digits allowed)."""
    same_length(value=value, lower=lower, upper=upper)
    slack = 1e-9 * np.maximum(1.0, np.abs(value))
    refuse((lower > value + slack) | (value > upper + slack), value, "a value lies outside its limits")
