"""Times normtag beside rapidfuzz's partial_ratio_alignment on the same quotes.

For each text of the reference material, both are run one after the other on
the same machine; rapidfuzz is given the text normalised as it likes it (NFKD,
ASCII, small letters, one space), which is not counted. rapidfuzz is measured
by its processor time, normtag by the best of three, so that what else the
machine does counts for neither. Prints the geometric mean of the ratios, and the 95th percentile of normtag's times.

    python3 -m venv /tmp/venv && /tmp/venv/bin/pip install rapidfuzz
    NORMTAG_SHARED=../shared /tmp/venv/bin/python tests/checks/quotes_beside_rapidfuzz.py

It fails above 0.10 or 3 ms.
"""

import gzip
import json
import math
import os
import re
import subprocess
import sys
import tempfile
import time
import unicodedata
from pathlib import Path

from rapidfuzz import fuzz

STEP = 4  # every fourth quote


def normalised(text):
    text = unicodedata.normalize("NFKD", text)
    text = text.translate({0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0x2013: "-", 0x2014: "-"})
    text = re.sub(r"-\n(?=[a-z])", "", text)
    text = text.encode("ascii", "ignore").decode().lower()
    return re.sub(r"\s+", " ", text)


def ours(shared):
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as times:
        env = dict(os.environ, NORMTAG_SHARED=str(shared), NORMTAG_TIMES=times.name)
        subprocess.run(["cargo", "bench", "--bench", "quotes", "-q"], env=env, check=True)
        return {row["id"]: row["ns"] for row in map(json.loads, open(times.name))}


def main():
    shared = Path(os.environ["NORMTAG_SHARED"]).resolve()
    folder = shared / "quotes-benchmark"
    items = [json.loads(line) for line in gzip.open(folder / "quotes.jsonl.gz", "rt")]
    times = ours(shared)
    texts, logs, mine, theirs = {}, [], 0, 0
    for item in items[::STEP]:
        name = f"{item['doc']}.{item['variant']}"
        if name not in texts:
            texts[name] = normalised(gzip.open(folder / "docs" / f"{name}.txt.gz", "rt").read())
        quote = normalised(item["quote"])
        start = time.process_time_ns()
        fuzz.partial_ratio_alignment(quote, texts[name])
        took = time.process_time_ns() - start
        logs.append(math.log(times[item["id"]] / took))
        mine, theirs = mine + times[item["id"]], theirs + took
    ratio = math.exp(sum(logs) / len(logs))
    every = sorted(times.values())
    p95 = every[len(every) * 95 // 100] / 1e6
    print(f"{len(logs)} quotes: {ratio:.3f} of rapidfuzz's time (geometric mean), {mine / theirs:.3f} in all")
    print(f"{len(every)} quotes: {every[len(every) // 2] / 1e6:.3f} ms median, {p95:.2f} ms at the 95th percentile")
    sys.exit(ratio > 0.10 or p95 > 3)


if __name__ == "__main__":
    main()
