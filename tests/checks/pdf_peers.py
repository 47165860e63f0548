"""Words of odd PDFs beside two peers: pdftotext (poppler) and PyMuPDF.

    python3 tests/checks/pdf_peers.py PROGRAM FOLDER

PROGRAM is a release build of normtag, FOLDER holds PDFs. For each file: whether it was read, how long it took, how
much memory at most. Over the files in which both peers find 50 words or more (tokens `\\w+`, NFKC, lower case), the
share that normtag finds of the words both peers find, counted as often as both do, summed over files. Files below
0.9 are listed with the words missed most. Run by hand; the figures stand in README.md beside this file.
"""

import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

SECONDS = 10
MEGABYTES = 512
LEAST = 50


def words(text):
    return Counter(re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower()))


def pdftotext(path):
    try:
        run = subprocess.run(["pdftotext", "-q", path, "-"], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return Counter()
    return words(run.stdout.decode("utf-8", "replace"))


PYMUPDF = """
import sys, pymupdf
pymupdf.TOOLS.mupdf_display_errors(False)
with pymupdf.open(sys.argv[1]) as document:
    if document.needs_pass: sys.exit()
    for page in document:
        sys.stdout.buffer.write(page.get_text().encode("utf-8", "replace") + b"\\n")
"""


def pymupdf(path):
    try:
        run = subprocess.run([sys.executable, "-c", PYMUPDF, path], capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return Counter()
    return words(run.stdout.decode("utf-8", "replace"))


def normtag(program, path):
    """The words, the outcome, seconds, and megabytes at most."""
    out = Path(f"/tmp/normtag-peers-{os.getpid()}.json")
    began = time.monotonic()
    with open(os.devnull, "wb") as nothing, open(out, "wb") as stdout:
        child = subprocess.Popen([program, "extract", path, "--format", "json"], stdout=stdout, stderr=nothing)
        _, status, usage = os.wait4(child.pid, 0)
    seconds, megabytes = time.monotonic() - began, usage.ru_maxrss / 1024
    if os.WIFSIGNALED(status):
        return Counter(), f"KILLED by signal {os.WTERMSIG(status)}", seconds, megabytes
    document = json.loads(out.read_text())["documents"][0]
    out.unlink()
    reason = document.get("reason")
    outcome = f"unread: {reason}" if reason else "read"
    if reason is None and document["unread_parts"]:
        outcome = "partial: " + "; ".join(document["unread_parts"])
    return words(document["text"]), outcome, seconds, megabytes


def main():
    program, folder = sys.argv[1:]
    outcomes, below, over = Counter(), [], []
    found = wanted = files = 0
    paths = sorted(Path(folder).glob("*.pdf"))
    for path in paths:
        own, outcome, seconds, megabytes = normtag(program, str(path))
        outcomes[outcome.split(":")[0]] += 1
        if seconds > SECONDS or megabytes > MEGABYTES or "gave up" in outcome or "KILLED" in outcome:
            over.append(f"{path.name}: {seconds:.1f} s, {megabytes:.0f} MB, {outcome}")
        one, other = pdftotext(str(path)), pymupdf(str(path))
        if min(one.total(), other.total()) < LEAST:
            continue
        both = one & other
        files += 1
        wanted += both.total()
        found += (both & own).total()
        share = (both & own).total() / max(both.total(), 1)
        if share < 0.9:
            missed = ", ".join(word for word, _ in (both - own).most_common(8))
            below.append(f"{share:.3f}  {both.total():5}  {path.name}  [{outcome}]  missed: {missed}")
    print(f"{len(paths)} files: {dict(outcomes)}")
    print(f"over {SECONDS} s or {MEGABYTES} MB, a parser that gave up, or killed: {len(over)}")
    print("\n".join(over))
    print(f"{files} files in which both peers find {LEAST} words: {found} of {wanted} words, recall {found / wanted:.4f}")
    print(f"below 0.9: {len(below)}")
    print("\n".join(sorted(below)))


main()
