#!/usr/bin/env python3
"""scikit-learn on the split of `auditintel evaluate transactions`: the same feature vectors, the same accounts to train on and to judge.

    ./auditintel evaluate transactions DATA --features /tmp/features.csv.gz --json
    python3 benchmarks/python/transactions.py /tmp/features.csv.gz

Prints one JSON object with the keys of the evaluation: isolationForest (on the nine watched deviations, as ours), supervised, ensemble; and
isolationForestOnPlainFeatures (ten numbers of the transaction alone, without streamed state). Needs Debian's python3-sklearn and python3-pandas.
One thread throughout; scoredPerSecond is the batch rate, scoredPerSecondOneByOne calls the forest for each row, as a streaming service would.
"""
import json
import os
import sys
import time

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ[variable] = "1"

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingClassifier, IsolationForest
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, roc_auc_score

PLAIN = ["tx.value", "tx.gas-limit", "tx.gas-used", "tx.gas-price", "tx.input", "tx.creation", "tx.error", "tx.nonce", "tx.hour", "tx.index"]

# The signals of src/AuditIntel.Intelligence/Transactions/Baseline/WatchedSignals.cs.
SIGNALS = {
    "sender.sent-value": "low",
    "sender.out-mean": "low",
    "sender.neighbour-reach": "low",
    "sender.empty-in-share": "high",
    "receiver.age": "low",
    "receiver.fan-in": "high",
    "receiver.round-in-share": "both",
    "pair.new-sender": "high",
    "tx.gas-price": "both",
}


def deviations(rows, train):
    columns = []
    for name, direction in SIGNALS.items():
        values = rows[name].to_numpy(np.float32)
        median = np.median(values[train])
        scale = 1.4826 * np.median(np.abs(values[train] - median))
        scale = max(1e-3, scale if scale >= 1e-3 else values[train].std())
        distance = (values - median) / scale
        columns.append(np.clip({"high": distance, "low": -distance, "both": np.abs(distance)}[direction], 0, 8))
    return np.stack(columns, 1)


def judge(scores, flags, accounts, rate):
    by_account = pd.DataFrame({"score": scores, "flag": flags}).groupby(accounts).mean()
    return {
        "rocAuc": round(roc_auc_score(flags, scores), 4),
        "averagePrecision": round(average_precision_score(flags, scores), 4),
        "perAccountRocAuc": round(roc_auc_score(by_account.flag, by_account.score), 4),
        "scoredPerSecond": round(rate),
    }


def timed(score, rows):
    begin = time.perf_counter()
    scores = score(rows)
    return scores, len(rows) / (time.perf_counter() - begin)


def isolation(vectors, train, test, flags, accounts):
    forest = IsolationForest(n_estimators=100, max_samples=256, random_state=1, n_jobs=1).fit(vectors[train])
    scores, rate = timed(forest.score_samples, vectors[test])
    result = judge(-scores, flags[test], accounts[test], rate)
    some = vectors[test][:200]
    _, one_by_one = timed(lambda rows: [forest.score_samples(row.reshape(1, -1)) for row in rows], some)
    result["scoredPerSecondOneByOne"] = round(one_by_one)
    return result, forest


def main(path):
    rows = pd.read_csv(path, dtype={"account": "category"}, engine="c")
    train = rows.train.to_numpy() == 1
    test = ~train
    flags = rows.flag.to_numpy()
    accounts = rows.account.to_numpy().astype(str)
    everything = rows.drop(columns=["account", "flag", "train"]).to_numpy(np.float32)

    watched = deviations(rows, train)
    plain, _ = isolation(rows[PLAIN].to_numpy(np.float32), train, test, flags, accounts)
    unsupervised, forest = isolation(watched, train, test, flags, accounts)

    # A tenth of the training accounts calibrates the ensemble, as in ours.
    held = train & (pd.util.hash_array(accounts) % 10 == 0)
    boosted = HistGradientBoostingClassifier(max_iter=300, learning_rate=0.08, max_leaf_nodes=31, random_state=1).fit(everything[train & ~held], flags[train & ~held])
    scores, rate = timed(boosted.decision_function, everything[test])
    supervised = judge(scores, flags[test], accounts[test], rate)

    def stack(of):
        return np.stack([boosted.decision_function(everything[of]), np.log2(-forest.score_samples(watched[of]))], 1)

    calibrator = LogisticRegression().fit(stack(held), flags[held])
    probabilities, rate = timed(lambda of: calibrator.predict_proba(stack(of))[:, 1], np.flatnonzero(test))
    ensemble = judge(probabilities, flags[test], accounts[test], rate)
    print(json.dumps({"isolationForestOnPlainFeatures": plain, "isolationForest": unsupervised, "supervised": supervised, "ensemble": ensemble}, indent=2))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
