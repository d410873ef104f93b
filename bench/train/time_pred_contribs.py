"""Times xgboost's own path-dependent Tree SHAP (pred_contribs) on rows of a CSV file: the peer of `bench -- trees`.

    /usr/bin/python3 bench/train/time_pred_contribs.py MODEL.json ROWS.csv COUNT THREADS

Prints one line: wall seconds and processor seconds of the process, the median of three runs after one of warm-up.
"""

import statistics
import sys
import time

import numpy as np
import pandas
import xgboost


def main(model, rows, count, threads):
    booster = xgboost.Booster()
    booster.load_model(model)
    booster.set_param({"nthread": threads})
    x = pandas.read_csv(rows).head(int(count)).to_numpy(dtype=np.float32)
    data = xgboost.DMatrix(x, nthread=int(threads))
    booster.predict(xgboost.DMatrix(x[:50], nthread=int(threads)), pred_contribs=True)
    wall, cpu = [], []
    for _ in range(3):
        started, spent = time.perf_counter(), time.process_time()
        booster.predict(data, pred_contribs=True)
        wall.append(time.perf_counter() - started)
        cpu.append(time.process_time() - spent)
    print(statistics.median(wall), statistics.median(cpu))


if __name__ == "__main__":
    main(*sys.argv[1:])
