"""Checks the expected codings of the sample agreements against their texts.

    python check.py        (standard library only; pdftotext is used when there)

Every passage must stand in one paragraph of the text, under the citation given
beside it; every element must be coded; present and indirect cells must quote.
Then prints which element is present, indirect or absent in which document.
"""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

HERE = Path(__file__).resolve().parent
SAMPLES = HERE.parent.parent / "corpus" / "samples"
EDITIONS = {
    "bpf-2021": ["1.1", "1.2"] + [f"2.{i}" for i in range(1, 8)] + ["3.1", "3.2"]
    + [f"4.{i}" for i in range(1, 5)] + [f"5.{i}" for i in range(1, 11)] + ["6.1"],
    "bpf-2019": ["multistakeholderism", "vulnerability-equities", "responsible-disclosure",
                 "international-law", "threat-definition", "attack-definition",
                 "capacity-building", "cbms", "human-rights", "content-restrictions"],
}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def flat(text):
    return re.sub(r"\s+", " ", text).strip()


def typst(name):
    """(citation, text) of each block of the source of the PDF."""
    number, letter, part = 0, "", "Summary"
    for line in (HERE / f"{name}.typ").read_text("utf-8").split("// front matter")[1].splitlines():
        line = re.sub(r"#fn\[[^]]*\]", "", line)
        m = re.fullmatch(r'#(n|l|r|sec|plain)(?:\("(.*?)"\))?\[(.*)\]', line)
        if not m:
            continue
        kind, label, text = m.groups()
        text = flat(re.sub(r"[*_]", "", text))
        if kind == "n":
            number, letter = number + 1, ""
            yield f"Para. {number}", text
        elif kind == "l":
            letter = label
            yield f"Para. {number} {label}", text
        elif kind == "r":
            yield f"Para. {number} {letter} {label}", text
        else:
            part = text.split(".")[0] if kind == "sec" else part
            yield part, text


def docx(name):
    """(citation, text) of each paragraph, deleted text and comments left out.

    Reads the document as made, and counts the automatic numbering itself."""
    with zipfile.ZipFile(SAMPLES / f"{name}.docx") as z:
        body = ElementTree.fromstring(z.read("word/document.xml"))[0]
    article = paragraph = letter = item = 0
    for p in body.iter(f"{W}p"):
        style = p.find(f"{W}pPr/{W}pStyle").get(f"{W}val")
        text = flat("".join(t.text for t in p.iter(f"{W}t")))
        if style == "Article":
            article, paragraph, letter = article + 1, 0, 0
        elif style == "Paragraph":
            paragraph, letter = paragraph + 1, 0
        elif style == "Item":
            letter += 1
        elif style == "AnnexParagraph":
            item += 1
        if style in ("Annex", "AnnexParagraph", "Cell"):
            where = f"Annex, {item}." if item else "Annex"
        elif style == "Recital":
            where = "Preamble"
        elif style in ("Article", "Paragraph", "Item", "BodyText"):
            where = f"Art. {article}" + (f".{paragraph}" if paragraph else "")
            where += f" ({chr(96 + letter)})" if letter and style == "Item" else ""
        else:
            where = style
        yield where, text


class Page(HTMLParser):
    """Blocks of <main>: headings set the place, <ol type=a> counts letters."""

    BLOCKS = {"p", "li", "h1", "h2", "h3", "td", "th", "caption"}

    def __init__(self):
        super().__init__()
        self.inside = False
        self.part, self.text, self.blocks = "", "", []
        self.lists, self.heading = [], ""

    def flush(self):
        text = flat(self.text)
        self.text = ""
        if not text:
            return
        if self.heading:
            m = re.match(r"Principle \d+", text)
            self.part = m[0] if m else self.part if self.heading == "h3" else text
        letters = [n for kind, n in self.lists if kind == "ol"]
        where = self.part + (f" ({chr(96 + letters[-1])})" if letters and letters[-1] else "")
        self.blocks.append((where, text))

    def handle_starttag(self, tag, attrs):
        if tag == "main":
            self.inside = True
        if tag in self.BLOCKS or tag in ("ul", "ol"):
            self.flush()
        if tag in ("ul", "ol"):
            self.lists.append([tag, 0])
        if tag == "li" and self.lists:
            self.lists[-1][1] += 1
        if tag in ("h1", "h2", "h3"):
            self.heading = tag

    def handle_endtag(self, tag):
        if tag in self.BLOCKS or tag in ("ul", "ol"):
            self.flush()
        if tag in ("ul", "ol"):
            self.lists.pop()
        if tag in ("h1", "h2", "h3"):
            self.heading = ""
        if tag == "main":
            self.inside = False

    def handle_data(self, data):
        if self.inside:
            self.text += data


def html(name):
    page = Page()
    text = (SAMPLES / f"{name}.html").read_bytes().decode("windows-1252")
    # lists outside <main> would be counted too
    page.feed(re.search(r"<main.*?</main>", text, re.S)[0])
    return page.blocks


def squeezed(text):
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


def in_pdf(name):
    """What the PDF's text layer says, without white space, hyphens and furniture."""
    if not shutil.which("pdftotext"):
        return None
    raw = subprocess.run(["pdftotext", SAMPLES / f"{name}.pdf", "-"], capture_output=True, check=True)
    text = raw.stdout.decode("utf-8")
    pages = []
    for page in text.split("\f"):
        lines = [x for x in page.splitlines() if not re.fullmatch(r"(A/MC/16/27|23-04417|\d+|[ivx]+)?\s*", x)]
        pages.append("\n".join(x for x in lines))
    return squeezed("\n".join(pages))


DOCUMENTS = {"meridian-experts-report": ("pdf", typst), "lakes-treaty": ("docx", docx),
             "harbour-charter": ("html", html)}


def main():
    wrong, table = [], {}
    for name, (kind, read) in DOCUMENTS.items():
        blocks = list(read(name))
        layer = in_pdf(name) if kind == "pdf" else None
        for edition, codes in EDITIONS.items():
            coding = json.loads((HERE / "expected" / f"{name}.{edition}.json").read_text("utf-8"))
            if coding["document"] != f"{name}.{kind}" or list(coding["elements"]) != codes:
                wrong.append(f"{name} {edition}: document or list of elements")
            for code, cell in coding["elements"].items():
                here = f"{name} {code}"
                table.setdefault((edition, code), {})[name] = cell["status"]
                passages, citations = cell["passages"], cell["citations"]
                if cell["status"] not in ("present", "indirect", "absent"):
                    wrong.append(f"{here}: status {cell['status']}")
                if bool(passages) == (cell["status"] == "absent") or len(passages) != len(citations):
                    wrong.append(f"{here}: passages do not fit status or citations")
                for passage, citation in zip(passages, citations):
                    where = [label for label, text in blocks if passage in text]
                    if not where:
                        wrong.append(f"{here}: not in the text: {passage}")
                    elif citation not in where:
                        wrong.append(f"{here}: cited {citation}, stands in {where}")
                    if layer and squeezed(passage) not in layer:
                        print(f"note: {here}: crosses a page or a note in the PDF: {passage[:60]}…")
    for edition in EDITIONS:
        print(f"\n{edition:24}" + "".join(f"{n:26}" for n in DOCUMENTS))
        for (e, code), row in table.items():
            if e != edition:
                continue
            print(f"{code:24}" + "".join(f"{row[n]:26}" for n in DOCUMENTS))
            for need in ("present", "absent"):
                if need not in row.values():
                    wrong.append(f"{code}: {need} nowhere")
    print()
    print("\n".join(wrong) or "all passages stand where they are cited; every element is coded")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
