"""Times scikit-learn's metrics on the rows that `bench -- performance-rows N FILE` wrote.

    /usr/bin/python3 bench/train/time_sklearn_metrics.py FILE [RUNS]

Debian's python3-sklearn and python3-pandas. One warm-up, then the median of RUNS (5) of processor time, and the peak of
resident memory above what the process held with the data loaded.
"""

import resource
import statistics
import sys
import time

import pandas as pd
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

frame = pd.read_csv(sys.argv[1], float_precision="round_trip")
runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
y = frame["y"].to_numpy()
s = frame["s"].to_numpy()
held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
works = {
    "roc_auc_score": lambda: roc_auc_score(y, s),
    "average_precision_score": lambda: average_precision_score(y, s),
    "log_loss and brier_score_loss": lambda: (log_loss(y, s), brier_score_loss(y, s)),
}
print("| scikit-learn | CPU s | value |\n| --- | ---: | --- |")
for name, work in works.items():
    value = work()
    times = []
    for _ in range(runs):
        before = time.process_time()
        work()
        times.append(time.process_time() - before)
    print(f"| {name} | {statistics.median(times):.3f} | {value} |")
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"\npeak of memory above the loaded data: {(peak - held) / 1024:.0f} MiB")
