"""Lays the first inputs of the fuzz targets into fuzz/corpus, from the project's own fixtures.

Text is cut to pieces of a few kilobytes: what a whole treaty costs to read is
paid at every execution, and a short piece reaches the same code.
"""

import pathlib, zipfile

ROOT = pathlib.Path(__file__).resolve().parent
HOME = ROOT.parent
FILES = [
    path
    for folder in ("corpus/samples", "tests/fixtures/extract")
    for path in sorted((HOME / folder).rglob("*"))
    if path.is_file() and path.stat().st_size < 60_000
]
PARTS = {
    "docx": ["word/document.xml", "word/styles.xml", "word/numbering.xml", "word/footnotes.xml"],
    "odt": ["content.xml", "styles.xml"],
}


PIECE = 4000


def pieces(data):
    """The data in pieces that end with a line or an element."""
    while data:
        end = max(data.rfind(mark, 0, PIECE) + 1 for mark in (b"\n", b">"))
        yield data[: end or PIECE]
        data = data[end or PIECE :]


def lay_pieces(target, name, data):
    for nth, piece in enumerate(pieces(data)):
        lay(target, f"{name}.{nth}", piece)


def beginning(part, most):
    """As many whole elements of a part as there is room for; the readers need no end."""
    return part[: part.rfind(b">", 0, most) + 1] if len(part) > most else part


def lay(target, name, data):
    folder = ROOT / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


for path in FILES:
    kind, data = path.suffix[1:], path.read_bytes()
    if kind == "pdf":
        lay("pdf", path.name, data.removeprefix(b"%PDF-1.7\n"))
    if kind == "html":
        lay_pieces("html", path.name, data)
    if kind == "rtf":
        lay("rtf", path.name, data[:PIECE].removeprefix(b"{\\rtf1"))
    if kind in PARTS:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            parts = [archive.read(part) if part in names else b"" for part in PARTS[kind]]
        lay(kind, path.name, b"\xff".join(beginning(part, PIECE) for part in parts))
    if kind == "epub":
        with zipfile.ZipFile(path) as archive:
            chapters = [name for name in archive.namelist() if name.endswith("ch001.xhtml")]
            chapter = archive.read(chapters[0])
        package = b'<package><manifest><item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="a"/></spine></package>'
        lay("epub", path.name, package + b"\xff" + beginning(chapter, PIECE))
    if kind in ("docx", "odt", "epub"):
        lay("zip", path.name, data.removeprefix(b"PK\x03\x04"))
    if kind == "md":
        lay_pieces("markdown", path.name, data)
    if kind in ("md", "html", "rtf", "fodt"):
        lay_pieces("text", path.name, data)
lay_pieces("markdown", "own", (HOME / "README.md").read_bytes())
PAGE = "<html><head><meta name='ocr-system' content='x'/></head><body><div class='ocr_page' title='bbox 0 0 1000 2000; scan_res 144 144'>"
LINE = "<span class='ocr_line' title='bbox 100 %d 900 %d; baseline 0.01 -4; x_size 20; textangle 0'>"
WORD = "<span class='ocrx_word' title='bbox %d 0 %d 20; x_wconf %d'>%s</span>"
WORDS = [(100, 180, 90, "Each"), (190, 300, 96, "P<em>art</em>y"), (310, 400, 4, "...."), (410, 420, 3, "cee"), (800, 810, 96, "1")]
lay("hocr", "page", (PAGE + "".join(LINE % (y, y + 20) + "".join(WORD % word for word in WORDS) + "</span>" for y in (80, 110)) + "</div></body></html>").encode())
lay("text", "labels", b"Preamble\n\nArticle 1\n\n1. Each Party shall:\n\n(a) cooperate;\n\n(i) at home;\n\n2. (b) agree.\n\x0c")

# Rule files: those that ship, one element at a time with a part of the vocabulary, and the mistakes of the tests.
RULES = HOME / "rules"
crosswalk = (RULES / "crosswalk.toml").read_bytes()
for folder in (RULES / "bpf-2019", HOME / "tests/suite/mistakes/made-up", HOME / "tests/suite/warnings/made-up"):
    words = folder.parent / "vocabulary" / ("nl.toml" if folder.parent == RULES else "en.toml")
    for path in sorted(folder.glob("*.toml")):
        if path.name != "taxonomy.toml":
            taxonomy = (folder / "taxonomy.toml").read_bytes().replace(b"bpf-2019", b"t").replace(b"made-up", b"t")
            element = path.name.split("-")[0].removesuffix(".toml").encode()
            taxonomy = taxonomy.replace(b'code = "' + path.stem.encode(), b'code = "1').replace(b'code = "' + element + b'"', b'code = "1"')
            parts = [taxonomy, path.read_bytes(), words.read_bytes(), crosswalk if folder.parent == RULES else b""]
            lay("rules", f"{folder.parent.name}-{path.stem}", b"\xff".join(parts))
PATTERNS = b"protect\nzero-day\nsecurity flaw*\n~products\n=US-CERT\n^take steps\n^~report\n/back-?doors?/\nthe\nl'eau\n"
TEXTS = [b"1. States shall protect:\n\n(a) zero-day flaws;\n\n(b) take steps; report backdoors at US-CERT.\n", (HOME / "README.md").read_bytes()[:20000]]
for number, text in enumerate(TEXTS):
    lay("matcher", f"own-{number}", PATTERNS + b"\xff" + text)
