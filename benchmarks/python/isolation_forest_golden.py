#!/usr/bin/env python3
"""Writes the golden file of the isolation forest's tests: small synthetic data with scikit-learn's scores.

    python3 benchmarks/python/isolation_forest_golden.py > tests/AuditIntel.Intelligence.Tests/Transactions/Golden/isolation-forest.csv

A thousand trees leave next to no sampling error in the golden scores: two scikit-learn forests of 100 trees correlate with each other by 0.93 to
0.96 on these rows, each of them with the forest of 1000 by 0.97. Needs Debian's python3-sklearn. Columns: six features, and the score as in the paper (scikit-learn's score_samples, negated).
"""
import sys

import numpy as np
from sklearn.ensemble import IsolationForest

random = np.random.default_rng(7)
crowd = random.normal(0, 1, (420, 6))
second = random.normal(4, 0.5, (120, 6)) * [1, 1, 1, 0.2, 1, 1]
tail = np.exp(random.normal(0, 1.2, (40, 6)))
strangers = random.uniform(-12, 12, (20, 6))
rows = np.concatenate([crowd, second, tail, strangers]).astype(np.float32).round(4)
rows[:, 5] = np.floor(rows[:, 5])  # one feature with few values, as counts have
scores = -IsolationForest(n_estimators=1000, max_samples=256, random_state=7).fit(rows).score_samples(rows)
print("f0,f1,f2,f3,f4,f5,score")
for row, score in zip(rows, scores):
    print(",".join(f"{value:.4f}" for value in row) + f",{score:.6f}")
print(f"{len(rows)} rows", file=sys.stderr)
