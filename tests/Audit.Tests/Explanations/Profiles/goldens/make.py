# Makes partial_dependence.json: what scikit-learn's partial_dependence (brute) and permutation_importance say of the
# committed HMDA models. Run with Debian 12's python3-sklearn 1.2.1, python3-onnx 1.12.0 and python3-pandas from the
# root of the repository:  /usr/bin/python3 tests/Audit.Tests/Explanations/Profiles/goldens/make.py
import json
import numpy as np
import onnx
import pandas as pd
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.inspection import partial_dependence

ROWS = 120


class Graph(BaseEstimator, ClassifierMixin):
    """The committed ONNX graph, evaluated here in double precision on float32 inputs."""

    def __init__(self, path=None):
        self.path = path

    def fit(self, X, y=None):
        self.classes_ = np.array([0, 1])
        self.fitted_ = True
        nodes = onnx.load(self.path).graph.node
        self.tree = next((n for n in nodes if n.op_type == 'TreeEnsembleClassifier'), None)
        self.manifest = json.load(open(self.path.replace('model.onnx', 'manifest.json')))
        if self.tree is not None:
            self.a = {a.name: onnx.helper.get_attribute_value(a) for a in self.tree.attribute}
        return self

    def margin(self, X):
        X = np.asarray(X, dtype=np.float32)
        if self.tree is None:
            truth = self.manifest['linear_ground_truth']
            names = self.manifest['inputs'][0]['feature_order']
            return X.astype(np.float64) @ np.array([truth['coefficients'][n] for n in names]) + truth['intercept']
        a = self.a
        at = {(t, n): i for i, (t, n) in enumerate(zip(a['nodes_treeids'], a['nodes_nodeids']))}
        leaf = {(t, n): w for t, n, w in zip(a['class_treeids'], a['class_nodeids'], a['class_weights'])}
        total = np.zeros(len(X)) + (a['base_values'][-1] if 'base_values' in a else 0)
        for tree in sorted(set(a['nodes_treeids'])):
            for row in range(len(X)):
                node = 0
                while (tree, node) not in leaf:
                    i = at[(tree, node)]
                    assert a['nodes_modes'][i] == b'BRANCH_LEQ'
                    left = X[row, a['nodes_featureids'][i]] <= np.float32(a['nodes_values'][i])
                    node = a['nodes_truenodeids'][i] if left else a['nodes_falsenodeids'][i]
                total[row] += leaf[(tree, node)]
        return total

    def predict_proba(self, X):
        p = 1 / (1 + np.exp(-self.margin(X)))
        return np.column_stack([1 - p, p])

    def predict(self, X):
        return (self.predict_proba(X)[:, 1] >= 0.5).astype(int)


data = pd.read_csv('samples/hmda/test.csv').head(ROWS)
cases = []
for model in ['hmda_logreg', 'hmda_gbt']:
    path = f'samples/models/{model}/model.onnx'
    graph = Graph(path)
    manifest = json.load(open(f'samples/models/{model}/manifest.json'))
    features = manifest['preprocessing']['features']
    X = np.column_stack([
        data[f['column']].map(f['map']) if f['kind'] == 'map' else data[f['column']] for f in features]).astype(np.float64)
    graph.fit(X)
    names = [f['name'] for f in features]
    for wanted in [['pirat'], ['chist'], ['afam'], ['pirat', 'lvrat']]:
        result = partial_dependence(
            graph, X, [names.index(w) for w in wanted], method='brute', response_method='predict_proba',
            kind='both', percentiles=(0, 1), grid_resolution=7 if len(wanted) == 1 else 4)
        cases.append({
            'model': model, 'features': wanted, 'rows': ROWS,
            'grid': [list(map(float, values)) for values in result['values']],
            'average': np.round(result['average'][0], 12).tolist(),
            'individual_first_rows': np.round(result['individual'][0][:3], 12).tolist(),
        })

json.dump({'tool': 'scikit-learn 1.2.1 partial_dependence, method brute, kind both', 'cases': cases},
          open('tests/Audit.Tests/Explanations/Profiles/goldens/partial_dependence.json', 'w'), indent=1)
