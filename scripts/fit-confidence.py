"""Fits the confidence of `Sources/Agent/Retrieval/Confidence.swift` to labelled queries.

    fit-confidence.py ROWS.jsonl...

Each file is what `portcullis knowledge eval --rows` printed for one way to search (words; --model; --model --examples).
Logistic regression of "the first passage is right" on the first passage's score and the share of known words. Prints the
coefficients of all rows, and what five five-fold cross-validations say of them: every figure is of rows that were not fitted
to. Signs of being out of scope are left out of the fit, since their weight is a choice; the second line of figures has them.
Needs NumPy.
"""

import json
import sys

import numpy as np

SIGN_WEIGHT = 2.0
PENALTY = 1e-4


def fit(features, right):
    columns = np.c_[np.ones(len(features)), features]
    weights = np.zeros(columns.shape[1])
    ridge = PENALTY * len(columns) * np.eye(columns.shape[1])
    ridge[0, 0] = 0
    for _ in range(100):
        chance = 1 / (1 + np.exp(-columns @ weights))
        curvature = (columns * (chance * (1 - chance))[:, None]).T @ columns + ridge
        step = np.linalg.solve(curvature, columns.T @ (chance - right) + ridge @ weights)
        weights -= step
        if abs(step).max() < 1e-10:
            return weights
    raise SystemExit("the fit does not converge")


def confidence(weights, features, signs):
    return 1 / (1 + np.exp(-(np.c_[np.ones(len(features)), features] @ weights - SIGN_WEIGHT * signs)))


def calibration_error(chance, right):
    bins = np.minimum(9, (chance * 10).astype(int))
    return sum(abs(chance[bins == k].sum() - right[bins == k].sum()) for k in range(10)) / len(chance)


def area(inside, outside):
    return np.mean((inside[:, None] > outside) + 0.5 * (inside[:, None] == outside))


def figures(features, right, in_scope, signs):
    found = []
    for seed in range(5):
        fold = np.random.RandomState(seed).permutation(len(right)) % 5
        chance = np.zeros(len(right))
        for k in range(5):
            weights = fit(features[fold != k], right[fold != k])
            chance[fold == k] = confidence(weights, features[fold == k], signs[fold == k])
        inside, outside = chance[in_scope], chance[~in_scope]
        bar = np.sort(outside)[::-1][int(0.05 * len(outside))]
        found.append([calibration_error(chance, right), area(inside, outside), np.mean(inside > bar)])
        found[-1] += [np.mean(inside >= 0.4), np.mean(outside >= 0.4)]
    return 100 * np.mean(found, axis=0)


def main():
    for path in sys.argv[1:] or sys.exit(__doc__):
        rows = [json.loads(line) for line in open(path)]
        rows = [row for row in rows if not row["exact"]]
        methods = {row["method"] for row in rows}
        if len(methods) != 1:
            sys.exit(f"{path}: found rows of {sorted(methods)}, wanted one way to search")
        features = np.array([[row["score"], row["known"]] for row in rows])
        right = np.array([float(row["rank"] == 1) for row in rows])
        in_scope = np.array([row["in_scope"] for row in rows])
        signs = np.array([float(row["others"] or row["elsewhere"]) for row in rows])
        intercept, score, known = fit(features, right)
        print(f"{methods.pop()}: intercept {intercept:.3f}, score {score:.3f}, known share {known:.3f} ({len(rows)} rows)")
        for name, given in (("without signs", 0 * signs), ("with signs", signs)):
            error, curve, answered, inside, outside = figures(features, right, in_scope, given)
            print(
                f"  {name:13s} calibration error {error:.1f} %, area under the curve {curve:.1f} %, in scope answered at 5 % let"
                f" through {answered:.1f} %, at 0.4: in scope {inside:.1f} %, out of scope {outside:.1f} %"
            )


main()
