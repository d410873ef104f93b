#!/usr/bin/python3
"""Trains the models of 30 continuous features that `bench sampling` explains, with their exact Shapley values.

Debian 12: apt install python3-sklearn (scikit-learn 1.2.1, numpy 1.24.2). Run: python3 bench/train/train.py
Writes breast_cancer.json and friedman.json beside itself; the same bytes on every run.

breast_cancer  sklearn.datasets.load_breast_cancer (UCI, Breast Cancer Wisconsin (Diagnostic), CC BY 4.0; Wolberg,
               Mangasarian, Street and Street, 1995), shuffled by RandomState(0), rounded to float32, trained on rows 0-449.
friedman       sklearn.datasets.make_friedman1(2000, n_features=30, noise=1, random_state=0), rounded to float32,
               trained on rows 0-1499.

Both: gradient boosting, 100 trees of depth 3, learning rate 0.1, random_state 0; the margin is explained. Background: the
first 100 rows. Explained: the first 10 rows after the training rows. Exact values: each leaf of a tree is a product game
of "the row meets the path's conditions on this feature" and "the background row does", whose Shapley values are known.
"""
import json
import math
from pathlib import Path

import numpy as np
from sklearn.datasets import load_breast_cancer, make_friedman1
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor

TREES, DEPTH, RATE, BACKGROUND, ROWS = 100, 3, 0.1, 100, 10


def leaves(tree, node=0, path=()):
    if tree.children_left[node] < 0:
        yield path, RATE * tree.value[node][0][0]
        return
    feature, threshold = tree.feature[node], tree.threshold[node]
    yield from leaves(tree, tree.children_left[node], path + ((feature, threshold, True),))
    yield from leaves(tree, tree.children_right[node], path + ((feature, threshold, False),))


def exact(trees, row, background):
    """Shapley values of the mean margin over the background, by leaf and background row."""
    values = np.zeros(len(row))
    for tree in trees:
        for path, value in leaves(tree):
            meets = {}
            for feature, threshold, left in path:
                own, others = meets.get(feature, (True, np.ones(len(background), bool)))
                meets[feature] = (own and (row[feature] <= threshold) == left, others & ((background[:, feature] <= threshold) == left))
            dead = np.zeros(len(background), bool)
            present = np.zeros(len(background), int)
            absent = np.zeros(len(background), int)
            for own, others in meets.values():
                dead |= ~others & (not own)
                present += ~others & own
                absent += others & (not own)
            factorial = np.array([math.factorial(k) for k in range(len(meets) + 1)], float)
            for feature, (own, others) in meets.items():
                if own:
                    share = np.where(~others & ~dead, factorial[np.maximum(present - 1, 0)] * factorial[absent], 0)
                else:
                    share = np.where(others & ~dead, -factorial[present] * factorial[np.maximum(absent - 1, 0)], 0)
                values[feature] += value * (share / factorial[present + absent]).mean()
    return values


def export(name, features, data, train, model):
    rows, background = data[train:train + ROWS], data[:BACKGROUND]
    trees = [estimator[0].tree_ for estimator in model.estimators_]
    margin = model.decision_function if hasattr(model, "decision_function") else model.predict
    start = float(margin(background)[0] - sum(RATE * tree.value[tree.apply(background[:1])[0]][0][0] for tree in trees))
    values = [exact(trees, row, background) for row in rows]
    base = float(margin(background).mean())
    assert max(abs(base + v.sum() - m) for v, m in zip(values, margin(rows))) < 1e-12
    text = {
        "name": name,
        "start": start,
        "features": features,
        "trees": [{
            "feature": tree.feature.tolist(),
            "threshold": tree.threshold.tolist(),
            "left": tree.children_left.tolist(),
            "right": tree.children_right.tolist(),
            "value": (RATE * tree.value[:, 0, 0]).tolist(),
        } for tree in trees],
        "background": background.astype(float).tolist(),
        "rows": rows.astype(float).tolist(),
        "shapley": [v.tolist() for v in values],
    }
    Path(__file__).with_name(f"{name}.json").write_text(json.dumps(text, separators=(",", ":")) + "\n")


def main():
    settings = dict(n_estimators=TREES, max_depth=DEPTH, learning_rate=RATE, random_state=0)
    data, label = load_breast_cancer(return_X_y=True)
    order = np.random.RandomState(0).permutation(len(data))
    data, label = data[order].astype(np.float32), label[order]
    export("breast_cancer", data.shape[1], data, 450, GradientBoostingClassifier(**settings).fit(data[:450], label[:450]))
    data, target = make_friedman1(2000, n_features=30, noise=1, random_state=0)
    data = data.astype(np.float32)
    export("friedman", data.shape[1], data, 1500, GradientBoostingRegressor(**settings).fit(data[:1500], target[:1500]))


if __name__ == "__main__":
    main()
