#!/usr/bin/env python3
"""scikit-learn on the splits of `auditintel evaluate findings DATA`: TF-IDF with logistic regression, TF-IDF cosine with average linkage.

    python3 benchmarks/python/findings_reference.py ../shared/data

Reads the folder by itself, so that nothing of the C# program decides what it sees.
"""
import csv
import glob
import os
import re
import sys
from collections import Counter

import numpy as np
from sklearn.cluster import AgglomerativeClustering
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score

FOLDS = 5
LEAST_OF_CLASS = 12
FINDING = re.compile(r"^\[{0,2}\s*([HMLNG])-?(\d{1,3})\]?[\s:.]*(.*)$")


def read(path):
    with open(path, encoding="utf8", errors="replace") as file:
        return file.read()


def code4rena(data):
    """High, medium and low findings with contest, id and text."""
    findings = []
    for path in sorted(glob.glob(f"{data}/findings/code4rena/reports/*.md")):
        text = read(path)
        named = re.search(r"^contest:\s*[\"']?(\w+)", text, re.M)
        contest = named[1] if named else os.path.basename(path)[:-3]
        headings = [(m.start(), m.end(), len(m[1]), m[2].strip()) for m in re.finditer(r"^(#{1,3})[ \t]+(.*)$", text, re.M)]
        for i, (_, end, level, heading) in enumerate(headings):
            found = FINDING.match(heading) if level > 1 else None
            if not found or found[1] not in "HML":
                continue
            stop = next((start for start, _, depth, other in headings[i + 1:] if depth == 1 or FINDING.match(other)), len(text))
            title = re.sub(r"\]\(http[^)]*\)\s*$", "", found[3])
            findings.append((contest, f"{found[1]}-{int(found[2]):02d}", f"{title}\n{text[end:stop]}"))
    return findings


def bug_classes(data):
    with open(f"{data}/labels/web3bugs.csv", encoding="utf8") as file:
        rows = [row for row in csv.reader(file, skipinitialspace=True) if row and row[0].strip().isdigit()]
    return {(row[0].strip(), f"H-{int(row[1].strip()[2:]):02d}"): row[2].strip()[:2] for row in rows if re.match(r"H-\d+$", row[1].strip())}


def by_contest(name, texts, labels, contests):
    folds = {contest: i % FOLDS for i, contest in enumerate(sorted(CONTESTS))}
    fold = np.array([folds[contest] for contest in contests])
    texts, labels = np.array(texts, dtype=object), np.array(labels)
    said = np.empty(len(labels), dtype=labels.dtype)
    for each in range(FOLDS):
        vectorizer = TfidfVectorizer(sublinear_tf=True, min_df=2, stop_words="english")
        rows = vectorizer.fit_transform(texts[fold != each])
        model = LogisticRegression(C=10, max_iter=500, class_weight="balanced").fit(rows, labels[fold != each])
        said[fold == each] = model.predict(vectorizer.transform(texts[fold == each]))
    print(f"{name}: accuracy {accuracy_score(labels, said):.3f}, macro-F1 {f1_score(labels, said, average='macro'):.3f}, {len(labels)} findings")


def pairs(said, truth):
    def count(values):
        return sum(n * (n - 1) // 2 for n in Counter(values).values())
    return np.array([count(said), count(truth), count(zip(said, truth))])


def f1(counts):
    return 2 * counts[2] / max(1, counts[0] + counts[1])


def bcubed(said, truth):
    both, sizes, true = Counter(zip(said, truth)), Counter(said), Counter(truth)
    precision = sum(both[s, t] / sizes[s] for s, t in zip(said, truth))
    recall = sum(both[s, t] / true[t] for s, t in zip(said, truth))
    return precision, recall, len(truth)


def duplicates(data):
    thresholds = np.arange(0.3, 0.96, 0.025)
    counts, cubes = {}, {}
    for folder in sorted(glob.glob(f"{data}/findings/sherlock/*-judging")):
        paths = [p for p in sorted(glob.glob(f"{folder}/*/*.md")) if re.match(r"\d+-[HM]$", os.path.basename(os.path.dirname(p)))]
        truth = [os.path.basename(os.path.dirname(p)) for p in paths]
        rows = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([read(p) for p in paths])
        distances = np.clip(1 - (rows @ rows.T).toarray(), 0, 1)
        for threshold in thresholds:
            said = AgglomerativeClustering(n_clusters=None, metric="precomputed", linkage="average", distance_threshold=threshold).fit_predict(distances)
            counts[folder, threshold] = pairs(said, truth)
            cubes[folder, threshold] = bcubed(said, truth)
    folders = sorted({folder for folder, _ in counts})
    chosen = {out: max(thresholds, key=lambda t: f1(sum(counts[f, t] for f in folders if f != out))) for out in folders}
    precision, recall, findings = np.sum([cubes[f, t] for f, t in chosen.items()], axis=0)
    cubed = 2 * precision * recall / (precision + recall) / findings
    single = [f1(counts[f, t]) for f, t in chosen.items()]
    print(f"duplicates: pairwise F1 {f1(sum(counts[f, t] for f, t in chosen.items())):.3f}, mean of contests {np.mean(single):.3f}, B-cubed F1 {cubed:.3f}")


if __name__ == "__main__":
    DATA = sys.argv[1] if len(sys.argv) > 1 else "../shared/data"
    FINDINGS = code4rena(DATA)
    CONTESTS = {contest for contest, _, _ in FINDINGS}
    by_contest("severity", [text for _, _, text in FINDINGS], [native[0] for _, native, _ in FINDINGS], [contest for contest, _, _ in FINDINGS])
    CLASSES = bug_classes(DATA)
    KEPT = {name for name, n in Counter(CLASSES.values()).items() if n >= LEAST_OF_CLASS}
    LABELLED = [(contest, text, CLASSES[contest, native]) for contest, native, text in FINDINGS if CLASSES.get((contest, native)) in KEPT]
    by_contest("bug class", [text for _, text, _ in LABELLED], [name for _, _, name in LABELLED], [contest for contest, _, _ in LABELLED])
    duplicates(DATA)
