"""Main content of web pages: normtag beside trafilatura, in one run.

    pip install trafilatura lxml_html_clean
    cargo build --release
    cargo bench --bench extract --no-run
    NORMTAG_SHARED=... python3 benches/html_articles.py target/release/normtag [ROUNDS]

The measure is that of scrapinghub/article-extraction-benchmark: tokens \\w+,
multisets of four in a row, precision and recall per page, averaged over the
pages where they are defined. The truth has no titles: the first paragraph of
normtag is left out where it is a heading, and the figure with it is printed
too. The pages are in two halves by a digest of their name; rules were changed
looking at the first only. The interval is of 10,000 paired samples of pages.
Speed is by processor time, on the same pages unpacked beforehand, the best of
ROUNDS rounds (3 unless told) taken by turns: trafilatura in this process, once
its first page has made it load what it needs; normtag's library in one process
(`benches/extract.rs`); and the program, with a process for each page, its
reading of the folder and its JSON. Most of what other processes do to a round
makes it longer, so the best round is the least disturbed; ratios are of these.
"""

import gzip, hashlib, json, os, random, re, resource, subprocess, sys, tempfile, time
from collections import Counter

if len(sys.argv) not in (2, 3) or "NORMTAG_SHARED" not in os.environ:
    sys.exit(__doc__)
FOLDER = os.path.join(os.environ["NORMTAG_SHARED"], "stress", "html-articles")
TRUTH = json.load(open(os.path.join(FOLDER, "ground-truth.json"), encoding="utf-8"))
PAGES = sorted(TRUTH)
PROJECT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


def shingles(text):
    words = re.findall(r"\w+", text or "")
    starts = range(max(1, len(words) - 3)) if words else ()
    return Counter(tuple(words[i : i + 4]) for i in starts)


def score(truth, found):
    truth, found = shingles(truth), shingles(found)
    both = sum((truth & found).values())
    share = lambda counts: both / sum(counts.values()) if counts else None
    return share(found), share(truth)


def f1(scores, pages):
    mean = lambda values: sum(values) / len(values)
    p, r = (mean([scores[i][k] for i in pages if scores[i][k] is not None]) for k in (0, 1))
    return 2 * p * r / (p + r), p, r


def read(page):
    with gzip.open(os.path.join(FOLDER, "html", page + ".html.gz")) as file:
        return file.read()


def unpack(pages, folder):
    for page, html in pages.items():
        with open(os.path.join(folder, page + ".html"), "wb") as file:
            file.write(html)


def library(folder):
    """The seconds that normtag's library takes for the pages, in one process."""
    command = ["cargo", "bench", "--quiet", "--locked", "--bench", "extract", "--", folder]
    run = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=PROJECT)
    figures = json.loads(run.stdout)
    assert figures["pages"] == len(PAGES), figures
    return figures["seconds"]


def program(path, folder):
    """What the program says of the pages, and the seconds that its processes took."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run([path, "extract", "--format", "json", folder], capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return run.stdout, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def texts(said):
    """The texts with and without their titles."""
    whole, bodies = {}, {}
    for document in json.loads(said)["documents"]:
        page = os.path.basename(document["source"]).removesuffix(".html")
        text, parts = document["text"].encode(), document["paragraphs"]
        body = parts[1:] if parts and parts[0]["kind"] == "heading" else parts
        cut = lambda part: text[part["span"]["start"] : part["span"]["end"]].decode()
        whole[page], bodies[page] = text.decode(), "\n\n".join(map(cut, body))
    return whole, bodies


def measure(pages, rounds):
    """What trafilatura and the program read, and the best seconds of each reader."""
    import trafilatura

    peer_of = lambda html: trafilatura.extract(html.decode("utf-8", "replace"), include_comments=False)
    peer_of(pages[PAGES[0]])
    seconds = {"trafilatura": [], "normtag, library": [], "normtag, a process a page": []}
    with tempfile.TemporaryDirectory() as folder:
        unpack(pages, folder)
        for _ in range(rounds):
            start = time.process_time()
            peer = {page: peer_of(html) for page, html in pages.items()}
            seconds["trafilatura"].append(time.process_time() - start)
            seconds["normtag, library"].append(library(folder))
            said, spent = program(sys.argv[1], folder)
            seconds["normtag, a process a page"].append(spent)
    return peer, said, {name: min(all_rounds) for name, all_rounds in seconds.items()}


def main():
    pages = {page: read(page) for page in PAGES}
    peer, said, seconds = measure(pages, int(sys.argv[2]) if len(sys.argv) == 3 else 3)
    whole, bodies = texts(said)
    rows = {"trafilatura": peer, "normtag": bodies, "normtag with titles": whole}
    scores = {
        name: {page: score(TRUTH[page]["articleBody"], texts.get(page)) for page in PAGES}
        for name, texts in rows.items()
    }
    half = lambda page: int(hashlib.sha256(page.encode()).hexdigest(), 16) % 2
    parts = {"all": PAGES, "looked at": [], "not looked at": []}
    for page in PAGES:
        parts["not looked at" if half(page) else "looked at"].append(page)
    for name, of in scores.items():
        for part, some in parts.items():
            print(f"{name:20} {part:14} {len(some):4}  F1 %.4f  P %.4f  R %.4f" % f1(of, some))
    rng, differences = random.Random(1), []
    for _ in range(10_000):
        sample = rng.choices(PAGES, k=len(PAGES))
        differences.append(f1(scores["normtag"], sample)[0] - f1(scores["trafilatura"], sample)[0])
    differences.sort()
    low, high = differences[250], differences[9750]
    print(f"F1 of normtag less that of trafilatura: 95% from {low:+.4f} to {high:+.4f}")
    print("pages a second of processor time, and beside trafilatura:")
    for name, spent in seconds.items():
        ratio = seconds["trafilatura"] / spent
        print(f"  {name:26} {len(PAGES) / spent:5.0f}  {ratio:5.2f} x")


main()
