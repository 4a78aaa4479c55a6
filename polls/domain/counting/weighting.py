"""Post-stratification: a result as it would be, did each stratum take part as much as it weighs in the audience.

The weight of a stratum is its share of the audience over its share of the ballots (D. Holt and T. M. F. Smith, "Post
Stratification", Journal of the Royal Statistical Society A 142 (1979), 33–46). A stratum without ballots has nobody to speak for
it: the others stand for the audience in proportion, and `covered` says how much of it they are. Under 80 % there is no weighted
result. No weight is cut: the largest is told, and what weighting costs shows in the effective sample.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEAST_COVERED = 0.8


@dataclass(frozen=True)
class Weights:
    """A weight for each ballot of a stratum, 1 on average over the ballots that are weighted.

    `covered` is between 0 and 1; `missing` strata have a share and no ballots; ballots of strata without a share, `apart`,
    weigh nothing.
    """

    by_stratum: Mapping[str, float]
    sample: Mapping[str, int]
    covered: float
    missing: tuple[str, ...]
    apart: int

    @property
    def usable(self) -> bool:
        return bool(self.by_stratum) and self.covered >= LEAST_COVERED - 1e-9

    @property
    def largest(self) -> float:
        return max(self.by_stratum.values(), default=0.0)

    @property
    def design_effect(self) -> float:
        """By how much weighting multiplies the variance: n·Σw²/(Σw)² (L. Kish, *Survey Sampling*, Wiley 1965, section 11.7)."""
        n = sum(self.sample[stratum] for stratum in self.by_stratum)
        total = sum(self.sample[stratum] * weight for stratum, weight in self.by_stratum.items())
        squares = sum(self.sample[stratum] * weight * weight for stratum, weight in self.by_stratum.items())
        return n * squares / (total * total) if total else 1.0

    def effective(self, n: int | None = None) -> float:
        """Kish's effective sample size, (Σw)²/Σw²: how many unweighted ballots would tell as much.

        Of all ballots that are weighted, or of `n` ballots at the same design effect.
        """
        if n is None:
            n = sum(self.sample[stratum] for stratum in self.by_stratum)
        return n / self.design_effect


def weights(sample: Mapping[str, int], shares: Mapping[str, float]) -> Weights:
    """The weights of a poll: `sample` ballots by stratum, `shares` of the audience by stratum, whatever they add up to."""
    wanted = {stratum: share for stratum, share in shares.items() if share > 0}
    present = {stratum: wanted[stratum] for stratum in wanted if sample.get(stratum, 0) > 0}
    whole, held = sum(wanted.values()), sum(present.values())
    n = sum(sample[stratum] for stratum in present)
    return Weights(
        by_stratum={stratum: share / held * n / sample[stratum] for stratum, share in present.items()},
        sample=dict(sample),
        covered=held / whole if whole else 0.0,
        missing=tuple(stratum for stratum in wanted if stratum not in present),
        apart=sum(count for stratum, count in sample.items() if stratum not in present),
    )


def pooled(sample: Mapping[str, int], shares: Mapping[str, float], smallest: int) -> dict[str, str]:
    """{stratum: the stratum it is weighed with}, so that weights tell on nobody: whoever chooses them could else give all
    the weight to a stratum of one person, or to all but that one, and read a ballot in the result.

    Strata of 1 to `smallest` - 1 ballots are weighed as one; so are those without a share, if they are so few together. Where
    the pool is still too small, the next smallest stratum joins it.
    """
    filled = {stratum: n for stratum, n in sample.items() if n}
    unshared = [stratum for stratum in filled if not shares.get(stratum)]
    few = {stratum for stratum, n in filled.items() if n < smallest and shares.get(stratum)}
    if 0 < sum(filled[stratum] for stratum in unshared) < smallest:
        few.update(unshared)
    rest = sorted((n, stratum) for stratum, n in filled.items() if stratum not in few and stratum not in unshared)
    while few and rest and sum(filled[stratum] for stratum in few) < smallest:
        few.add(rest.pop(0)[1])
    head = min(few, default="")
    return {stratum: head if stratum in few else stratum for stratum in {*sample, *shares}}


def merged(values: Mapping[str, Any], pools: Mapping[str, str]) -> dict[str, Any]:
    """The values of the strata, summed where `pools` weigh them as one."""
    found: dict[str, Any] = {}
    for stratum, value in values.items():
        pool = pools.get(stratum, stratum)
        found[pool] = found.get(pool, 0) + value
    return found


def weighted_share(
    counts_by_stratum: Mapping[str, int], sample: Mapping[str, int], shares: Mapping[str, float]
) -> float | None:
    """The weighted share of the ballots that chose an option: Σ share of stratum × share within it. None if not usable."""
    return weighted_mean(counts_by_stratum, sample, shares)


def weighted_mean(
    totals_by_stratum: Mapping[str, float], sample: Mapping[str, int], shares: Mapping[str, float]
) -> float | None:
    """The weighted mean of a number (score, points): Σ share of stratum × mean within it. None if not usable.

    `sample` is how many gave that number, by stratum: for a score, those who scored the option.
    """
    found = weights(sample, shares)
    if not found.usable:
        return None
    n = sum(sample[stratum] for stratum in found.by_stratum)
    return sum(weight * totals_by_stratum.get(stratum, 0) for stratum, weight in found.by_stratum.items()) / n
