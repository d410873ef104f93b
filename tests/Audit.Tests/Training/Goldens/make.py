"""Reference figures for the trainers: Debian's scikit-learn on samples/hmda. Run: python3 make.py > sklearn.json"""
import csv, json, os, sys
import numpy as np, sklearn
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import log_loss, roc_auc_score
from sklearn.neural_network import MLPClassifier

FOLDER = os.path.join(os.path.dirname(__file__), "..", "..", "..", "..", "samples", "hmda")
NAMES = ["pirat", "hirat", "lvrat", "chist", "mhist", "phist", "unemp", "selfemp", "insurance", "condomin", "single", "hschool"]

def read(name):
    with open(os.path.join(FOLDER, name)) as file:
        rows = list(csv.DictReader(file))
    number = lambda cell: {"yes": 1.0, "no": 0.0}.get(cell, None) if cell in ("yes", "no") else float(cell)
    x = np.array([[number(row[name]) for name in NAMES] for row in rows], dtype=np.float32).astype(np.float64)
    return x, np.array([number(row["deny"]) for row in rows])

x, y = read("train.csv")
tx, ty = read("test.csv")
weights = 1 + np.arange(len(y)) % 3
result = {"versions": {"sklearn": sklearn.__version__, "numpy": np.__version__}, "features": NAMES}
result["logistic"] = []
for c, w in [(1.0, None), (0.1, None), (1.0, weights), (1e6, None)]:
    fit = LogisticRegression(C=c, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y, w)
    result["logistic"].append({"penalty": 1 / c, "weighted": w is not None, "intercept": fit.intercept_[0], "coefficients": list(fit.coef_[0])})
iso = IsotonicRegression(out_of_bounds="clip").fit(x[:, 0], y, weights)
points = [0, 0.1, 0.25, 0.3, 0.35, 0.4, 0.5, 0.7, 3.0]
result["isotonic"] = {"points": points, "values": list(iso.predict(points))}
def quality(model):
    p = model.predict_proba(tx)[:, 1]
    return {"auc": roc_auc_score(ty, p), "logLoss": log_loss(ty, p)}
result["trees"] = quality(HistGradientBoostingClassifier(max_iter=100, learning_rate=0.1, max_leaf_nodes=31, max_depth=3, min_samples_leaf=20, l2_regularization=1, early_stopping=False, random_state=0).fit(x, y))
scale = (x - x.mean(0)) / x.std(0), (tx - x.mean(0)) / x.std(0)
net = MLPClassifier((16,), max_iter=30, batch_size=64, random_state=0, alpha=1e-4).fit(scale[0], y)
p = net.predict_proba(scale[1])[:, 1]
result["network"] = {"auc": roc_auc_score(ty, p), "logLoss": log_loss(ty, p)}
bands = np.digitize(x[:, 0], [0.3, 0.36])
rest = np.delete(x, 0, axis=1)
result["multinomial"] = []
for c, w in [(1.0, None), (0.1, weights)]:
    fit = LogisticRegression(C=c, multi_class="multinomial", solver="newton-cg", tol=1e-12, max_iter=10000).fit(rest, bands, w)
    result["multinomial"].append({"penalty": 1 / c, "weighted": w is not None, "intercepts": list(fit.intercept_), "coefficients": [list(row) for row in fit.coef_]})
json.dump(result, sys.stdout, indent=1)
