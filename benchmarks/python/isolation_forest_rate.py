#!/usr/bin/env python3
"""How fast scikit-learn's isolation forest scores, for the benchmark of ours: python3 isolation_forest_rate.py ROWS.f32 WIDTH RUNS

ROWS.f32 holds float32 numbers row by row. Prints one JSON object: the runs of the batch and of one by one, each with rows a second by the
clock and microseconds of processor time a row; one thread.
"""
import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
from sklearn.ensemble import IsolationForest

rows = np.fromfile(sys.argv[1], "<f4").reshape(-1, int(sys.argv[2]))
forest = IsolationForest(n_estimators=100, max_samples=256, random_state=1, n_jobs=1).fit(rows)


def timed(score, count):
    begin, processor = time.perf_counter(), time.process_time()
    score()
    return {"rate": count / (time.perf_counter() - begin), "processorMicroseconds": (time.process_time() - processor) * 1e6 / count}


runs = range(int(sys.argv[3]))
print(json.dumps({
    "batch": [timed(lambda: forest.score_samples(rows), len(rows)) for _ in runs],
    "oneByOne": [timed(lambda: [forest.score_samples(row.reshape(1, -1)) for row in rows[:50]], 50) for _ in runs],
}))
