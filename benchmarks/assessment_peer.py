"""What pymcdm and scikit-criteria make of a matrix; run by `assessment.py` in their environment.

    python assessment_peer.py MATRIX.npy DIRECTIONS.npy OUT.npz

Prints a JSON record of CPU seconds and leaves scores in OUT. The program knows nothing of Hexi.
"""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from time import process_time

import numpy as np

warnings.simplefilter("ignore")

import pymcdm.methods as methods  # noqa: E402
import pymcdm.normalizations as scales  # noqa: E402
import pymcdm.weights as weighing  # noqa: E402
import skcriteria  # noqa: E402
from skcriteria.agg.simple import WeightedSumModel  # noqa: E402
from skcriteria.agg.topsis import TOPSIS  # noqa: E402
from skcriteria.preprocessing import scalers  # noqa: E402
from skcriteria.preprocessing.invert_objectives import NegateMinimize  # noqa: E402
from skcriteria.preprocessing.weighters import EntropyWeighter  # noqa: E402


def timed(work: Callable[[], np.ndarray], seconds: float = 1.0) -> tuple[float, np.ndarray]:
    """The least CPU time of a few runs, and the answer."""
    best, spent, answer = float("inf"), 0.0, np.zeros(0)
    while spent < seconds:
        start = process_time()
        answer = work()
        took = process_time() - start
        best, spent = min(best, took), spent + max(took, 1e-3)
    return best, answer


def main() -> None:
    values, directions = np.load(sys.argv[1]), np.load(sys.argv[2])
    units, items = values.shape
    even = np.full(items, 1 / items)
    drawn = np.random.default_rng(9)
    many = drawn.uniform(0.75, 1.25, (20, items)) / items
    many /= many.sum(axis=1, keepdims=True)
    topsis = methods.TOPSIS(normalization_function=scales.minmax_normalization)
    vikor = methods.VIKOR(normalization_function=None)
    plain = methods.WSM(normalization_function=scales.minmax_normalization)

    def pymcdm_topsis() -> np.ndarray:
        scores = topsis(values, weighing.entropy_weights(values), directions)
        topsis.rank(scores)
        return scores

    def pymcdm_sum() -> np.ndarray:
        scores = plain(values, even, directions)
        plain.rank(scores)
        return scores

    def pymcdm_many() -> np.ndarray:
        ranks = [plain.rank(plain(values, one, directions)) for one in many]
        return np.quantile(np.array(ranks), [0.05, 0.95], axis=0)

    table = skcriteria.mkdm(values, directions, weights=even)
    turned = NegateMinimize()
    to_vector, to_share = scalers.VectorScaler("matrix"), scalers.MinMaxScaler("matrix")
    entropy = EntropyWeighter()

    def criteria_topsis() -> np.ndarray:
        answer = TOPSIS().evaluate(turned.transform(to_vector.transform(entropy.transform(table))))
        return np.asarray(answer.e_.similarity)

    def criteria_sum() -> np.ndarray:
        answer = WeightedSumModel().evaluate(to_share.transform(turned.transform(table)))
        return np.asarray(answer.e_.score)

    def criteria_many() -> np.ndarray:
        ranks = []
        for one in many:
            again = skcriteria.mkdm(values, directions, weights=one)
            ranks.append(
                WeightedSumModel().evaluate(to_share.transform(turned.transform(again))).rank_
            )
        return np.quantile(np.array(ranks), [0.05, 0.95], axis=0)

    jobs = {
        "pymcdm topsis": pymcdm_topsis,
        "pymcdm sum": pymcdm_sum,
        "scikit-criteria topsis": criteria_topsis,
        "scikit-criteria sum": criteria_sum,
    }
    if units <= 3000:
        jobs |= {"pymcdm many": pymcdm_many, "scikit-criteria many": criteria_many}
    seconds, answers = {}, {}
    for name, work in jobs.items():
        took, answer = timed(work)
        # twenty sets of weights stand for a thousand
        seconds[name] = took * (1000 / len(many) if name.endswith("many") else 1)
        answers[name.replace(" ", "_").replace("-", "_")] = answer
    low, high = values.min(axis=0), values.max(axis=0)
    shares = (values - low) / (high - low)
    shares = np.where(directions > 0, shares, 1 - shares)
    up = np.ones(items)
    answers["minmax_topsis"] = topsis(values, even, directions)
    answers["vikor"] = vikor(shares, even, up)
    answers["critic"] = weighing.critic_weights(shares)
    np.savez(sys.argv[3], **answers)
    print(json.dumps(seconds))


if __name__ == "__main__":
    main()
