"""Trains the two ensembles of `bench -- trees` on Adult and writes them, with the rows, to a folder outside the repository.

Debian 12: apt install python3-xgboost python3-sklearn python3-pandas python3-onnx; run with /usr/bin/python3.

    /usr/bin/python3 bench/train/train_adult_trees.py REFERENCE OUT

REFERENCE holds datasets/adult (see bench/README.md). OUT gets, for each model, NAME.onnx, rows.csv (10,000 rows to explain),
background.csv (10,000 training rows) and, for xgb300d6, NAME.json for the peer. Seed 20261121 throughout.
"""

import json
import sys

import numpy as np
import onnx
import pandas
import xgboost
from onnx import TensorProto, helper
from sklearn.ensemble import GradientBoostingClassifier

SEED = 20261121
ROWS = 10_000


def adult(reference):
    """Twelve numeric features: numbers as they are, levels by alphabetical code, missing as -1."""
    frame = pandas.read_csv(f"{reference}/data/datasets/adult/adult.csv.gz")
    label = (frame["income"] == ">50K").astype(int).to_numpy()
    frame = frame.drop(columns=[c for c in frame.columns if c in ("income", "education", "fnlwgt", "id", "row_id")])
    columns = {}
    for name in frame.columns:
        column = frame[name]
        columns[name] = column if np.issubdtype(column.dtype, np.number) else column.astype("category").cat.codes
    return pandas.DataFrame(columns).astype(np.float32), label


def regressor(trees, features, base):
    """An ONNX file: TreeEnsembleRegressor (margin) and Sigmoid (prob). trees: lists of (feature, threshold, yes, no, value)."""
    a = {k: [] for k in (
        "nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_values", "nodes_modes", "nodes_truenodeids",
        "nodes_falsenodeids", "nodes_missing_value_tracks_true", "target_treeids", "target_nodeids", "target_ids", "target_weights")}
    for t, (mode, nodes) in enumerate(trees):
        for n, (feature, threshold, yes, no, missing, value) in enumerate(nodes):
            leaf = yes < 0
            a["nodes_treeids"].append(t)
            a["nodes_nodeids"].append(n)
            a["nodes_featureids"].append(0 if leaf else int(feature))
            a["nodes_values"].append(0.0 if leaf else float(threshold))
            a["nodes_modes"].append("LEAF" if leaf else mode)
            a["nodes_truenodeids"].append(0 if leaf else int(yes))
            a["nodes_falsenodeids"].append(0 if leaf else int(no))
            a["nodes_missing_value_tracks_true"].append(0 if leaf else int(missing))
            if leaf:
                a["target_treeids"].append(t)
                a["target_nodeids"].append(n)
                a["target_ids"].append(0)
                a["target_weights"].append(float(value))
    node = helper.make_node(
        "TreeEnsembleRegressor", ["X"], ["margin"], domain="ai.onnx.ml", n_targets=1, base_values=[float(base)], **a)
    graph = helper.make_graph(
        [node, helper.make_node("Sigmoid", ["margin"], ["prob"])], "adult",
        [helper.make_tensor_value_info("X", TensorProto.FLOAT, ["N", features])],
        [helper.make_tensor_value_info("margin", TensorProto.FLOAT, ["N", 1]), helper.make_tensor_value_info("prob", TensorProto.FLOAT, ["N", 1])])
    return helper.make_model(
        graph, ir_version=7, opset_imports=[helper.make_opsetid("", 13), helper.make_opsetid("ai.onnx.ml", 1)])


def sklearn_trees(model):
    """The trees of a gradient boosting; thresholds rounded down to float, so that float(x) <= t decides alike."""
    for estimator in model.estimators_[:, 0]:
        tree = estimator.tree_
        threshold = tree.threshold.astype(np.float32)
        threshold = np.where(threshold.astype(np.float64) > tree.threshold, np.nextafter(threshold, np.float32(-np.inf)), threshold)
        yield "BRANCH_LEQ", [
            (tree.feature[i], threshold[i], tree.children_left[i], tree.children_right[i], 0, model.learning_rate * tree.value[i, 0, 0])
            for i in range(tree.node_count)]


def xgboost_trees(path):
    """The trees of a booster saved as JSON."""
    with open(path, encoding="utf-8") as file:
        trees = json.load(file)["learner"]["gradient_booster"]["model"]["trees"]
    for tree in trees:
        yield "BRANCH_LT", [
            (tree["split_indices"][i], np.float32(tree["split_conditions"][i]), tree["left_children"][i], tree["right_children"][i],
             tree["default_left"][i], np.float32(tree["split_conditions"][i]))
            for i in range(len(tree["left_children"]))]


def main(reference, out):
    x, y = adult(reference)
    order = np.random.RandomState(SEED).permutation(len(x))
    split = int(0.6 * len(x))
    train, rest = order[:split], order[split:]
    x.iloc[rest[:ROWS]].to_csv(f"{out}/rows.csv", index=False)
    x.iloc[train[:ROWS]].to_csv(f"{out}/background.csv", index=False)

    gbm = GradientBoostingClassifier(n_estimators=100, max_depth=3, random_state=SEED).fit(x.iloc[train].to_numpy(), y[train])
    prior = gbm.init_.class_prior_[1]
    onnx.save(regressor(sklearn_trees(gbm), x.shape[1], np.log(prior / (1 - prior))), f"{out}/gbm100d3.onnx")

    # The same shape as boosted trees of xgboost, which has a tree explainer of its own.
    for name, trees, depth in (("xgb100d3", 100, 3), ("xgb300d6", 300, 6)):
        xgb = xgboost.XGBClassifier(
            n_estimators=trees, max_depth=depth, learning_rate=0.1, tree_method="hist", base_score=0.5, random_state=SEED, n_jobs=1)
        xgb.fit(x.iloc[train].to_numpy(), y[train])
        xgb.get_booster().save_model(f"{out}/{name}.json")
        onnx.save(regressor(xgboost_trees(f"{out}/{name}.json"), x.shape[1], 0.0), f"{out}/{name}.onnx")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
