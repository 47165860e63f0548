"""Makes the three made-up sample agreements from the sources in this folder.

    pip install -r requirements.txt && python make.py

The same sources give the same bytes: dates are fixed in the sources, and zip
entries carry one constant time.
"""

import re
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HERE = Path(__file__).resolve().parent
OUT = HERE.parent.parent / "corpus" / "samples"

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MARK = re.compile(r"\{(fn|ins|del|c):(.*?)\}")
WHO = 'w:author="Drafting Secretariat" w:date="2021-09-30T10:00:00Z"'

# letter of the markup -> style of the paragraph; the numbering hangs on the
# styles, except that lettered items carry theirs on the paragraph itself
STYLES = {
    "T": "Title", "U": "Subtitle", "H": "Unnumbered", "P": "Recital", "C": "Chapter",
    "A": "Article", "1": "Paragraph", "a": "Item", "B": "BodyText", "S": "Signature",
    "X": "Annex", "N": "AnnexParagraph",
}


def pdf():
    import typst

    source = HERE / "meridian-experts-report.typ"
    (OUT / "meridian-experts-report.pdf").write_bytes(typst.compile(str(source)))


def html():
    text = (HERE / "harbour-charter.html.in").read_text("utf-8")
    (OUT / "harbour-charter.html").write_bytes(text.encode("windows-1252"))


def run(text, tag="w:t", props=""):
    return f'<w:r>{props}<{tag} xml:space="preserve">{escape(text)}</{tag}></w:r>'


class Docx:
    def __init__(self):
        self.footnotes, self.comments, self.changes = [], [], 0

    def change(self, kind, inner):
        self.changes += 1
        return f'<w:{kind} w:id="{900 + self.changes}" {WHO}>{inner}</w:{kind}>'

    def runs(self, text):
        out, at = [], 0
        for m in MARK.finditer(text):
            if m.start() > at:
                out.append(run(text[at:m.start()]))
            out.append(getattr(self, "mark_" + m[1])(m[2]))
            at = m.end()
        if at < len(text):
            out.append(run(text[at:]))
        return "".join(out)

    def mark_fn(self, text):
        self.footnotes.append(text)
        style = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
        return f'<w:r>{style}<w:footnoteReference w:id="{len(self.footnotes) + 1}"/></w:r>'

    def mark_ins(self, text):
        return self.change("ins", run(text))

    def mark_del(self, text):
        return self.change("del", run(text, "w:delText"))

    def mark_c(self, text):
        anchor, note = text.split(":", 1)
        n = len(self.comments)
        self.comments.append(note)
        return (f'<w:commentRangeStart w:id="{n}"/>{run(anchor)}<w:commentRangeEnd w:id="{n}"/>'
                f'<w:r><w:commentReference w:id="{n}"/></w:r>')

    def paragraph(self, letter, text):
        props = f'<w:pStyle w:val="{STYLES[letter]}"/>'
        if letter == "a":
            props += '<w:numPr><w:ilvl w:val="2"/><w:numId w:val="2"/></w:numPr>'
        if letter == "S":
            who, name = text.split("|")
            return f"<w:p><w:pPr>{props}</w:pPr>{run(who)}<w:r><w:br/></w:r>{run(name)}</w:p>"
        return f"<w:p><w:pPr>{props}</w:pPr>{self.runs(text)}</w:p>"

    def table(self, rows):
        widths = [1500, 3700, 2200, 1240]
        grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
        body = []
        for i, row in enumerate(rows):
            bold = "<w:rPr><w:b/></w:rPr>" if i == 0 else ""
            cells = "".join(
                f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>'
                f'<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr>{run(cell, props=bold)}</w:p></w:tc>'
                for w, cell in zip(widths, row))
            header = "<w:trPr><w:tblHeader/></w:trPr>" if i == 0 else ""
            body.append(f"<w:tr>{header}{cells}</w:tr>")
        edges = "".join(f'<w:{e} w:val="single" w:sz="4" w:space="0" w:color="808080"/>'
                        for e in ("top", "left", "bottom", "right", "insideH", "insideV"))
        return (f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{edges}'
                f'</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(body)}</w:tbl>')

    def body(self, lines):
        out, rows = [], []
        for line in lines + [""]:
            if line.startswith("| "):
                rows.append([c.strip() for c in line[2:].split("|")])
                continue
            if rows:
                out.append(self.table(rows))
                rows = []
            if line:
                letter, text = line.split(" ", 1)
                out.append(self.paragraph(letter, text))
        return "".join(out)


def numbering():
    def level(n, fmt, text, left, hang, style="", suff="tab"):
        link = f'<w:pStyle w:val="{style}"/>' if style else ""
        return (f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{link}'
                f'<w:suff w:val="{suff}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{left}" w:hanging="{hang}"/></w:pPr></w:lvl>')

    lists = [
        level(0, "upperRoman", "Chapter %1.", 0, 0, "Chapter", "space"),
        level(0, "decimal", "Article %1.", 0, 0, "Article", "space")
        + level(1, "decimal", "%2.", 567, 567, "Paragraph")
        + level(2, "lowerLetter", "(%3)", 1134, 567),
        level(0, "decimal", "%1.", 567, 567, "AnnexParagraph"),
    ]
    abstract = "".join(f'<w:abstractNum w:abstractNumId="{i}"><w:multiLevelType w:val="multilevel"/>'
                       f"{levels}</w:abstractNum>" for i, levels in enumerate(lists))
    nums = "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>'
                   for i in range(len(lists)))
    return f"{HEAD}<w:numbering {W}>{abstract}{nums}</w:numbering>"


def styles():
    def style(name, ppr="", rpr="", kind="paragraph", based="Normal"):
        base = f'<w:basedOn w:val="{based}"/>' if based else ""
        default = ' w:default="1"' if name == "Normal" else ""
        return (f'<w:style w:type="{kind}" w:styleId="{name}"{default}><w:name w:val="{name}"/>{base}'
                f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>")

    def num(list_id, lvl):
        return f'<w:numPr><w:ilvl w:val="{lvl}"/><w:numId w:val="{list_id}"/></w:numPr>'

    def space(before, after):
        return f'<w:spacing w:before="{before}" w:after="{after}"/>'

    keep, centre, both = "<w:keepNext/>", '<w:jc w:val="center"/>', '<w:jc w:val="both"/>'
    bold, italic = "<w:b/>", "<w:i/>"
    listed = [
        style("Normal", space(0, 120), '<w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" '
              'w:cs="Liberation Serif"/><w:sz w:val="22"/><w:lang w:val="en-GB"/>', based=""),
        style("Title", keep + space(600, 240) + centre, bold + '<w:sz w:val="34"/>'),
        style("Subtitle", space(0, 480) + centre, italic),
        style("Unnumbered", keep + space(240, 160) + centre, bold),
        style("Recital", space(0, 140) + both),
        style("Chapter", keep + num(1, 0) + space(360, 200) + centre + '<w:outlineLvl w:val="0"/>',
              bold + '<w:caps/><w:sz w:val="24"/>'),
        style("Article", keep + num(2, 0) + space(240, 120) + '<w:outlineLvl w:val="1"/>', bold),
        style("Paragraph", num(2, 1) + both),
        style("Item", both),
        style("BodyText", both),
        style("Signature", keep + space(360, 0)),
        style("Annex", "<w:keepNext/><w:pageBreakBefore/>" + space(0, 240) + centre + '<w:outlineLvl w:val="0"/>', bold),
        style("AnnexParagraph", num(3, 0) + space(160, 160) + both),
        style("Cell", space(40, 40), '<w:sz w:val="20"/>'),
        style("FootnoteText", space(0, 0), '<w:sz w:val="18"/>'),
        style("Header", centre, italic + '<w:sz w:val="18"/>'),
        style("FootnoteReference", "", '<w:vertAlign w:val="superscript"/>', "character", ""),
    ]
    return f'{HEAD}<w:styles {W}>{"".join(listed)}</w:styles>'.replace("<w:pPr></w:pPr>", "")


def docx():
    lines = (HERE / "lakes-treaty.txt").read_text("utf-8").splitlines()
    doc = Docx()
    body = doc.body(lines)
    sect = ('<w:sectPr><w:headerReference w:type="default" r:id="rId5"/>'
            '<w:footerReference w:type="default" r:id="rId6"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1700" w:right="1633" w:bottom="1500" w:left="1633" w:header="800" '
            'w:footer="700" w:gutter="0"/></w:sectPr>')
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    notes = "".join(
        f'<w:footnote w:id="{i + 2}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr>{mark}'
        f"{run(' ' + t)}</w:p></w:footnote>" for i, t in enumerate(doc.footnotes))
    rules = "".join(
        f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for i, kind in enumerate(("separator", "continuationSeparator")))
    comments = "".join(
        f'<w:comment w:id="{i}" {WHO} w:initials="DS"><w:p>{run(t)}</w:p></w:comment>'
        for i, t in enumerate(doc.comments))
    page = "".join(f'<w:r><w:fldChar w:fldCharType="{k}"/></w:r>' if k != "PAGE" else
                   '<w:r><w:instrText xml:space="preserve"> PAGE </w:instrText></w:r>'
                   for k in ("begin", "PAGE", "end"))
    kinds = ["styles", "numbering", "footnotes", "comments", "header", "footer"]
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    types = "".join(f'<Override PartName="/word/{k}.xml" ContentType="{main}.{k}+xml"/>' for k in kinds)
    rels = "".join(f'<Relationship Id="rId{i + 1}" Type="{office}/{k}" Target="{k}.xml"/>'
                   for i, k in enumerate(kinds))
    pkg = "http://schemas.openxmlformats.org/package/2006"
    core = ('<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
            'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>' + escape(lines[0][2:]) +
            '</dc:title><dc:language>en-GB</dc:language><dcterms:created xsi:type="dcterms:W3CDTF">'
            "2021-10-09T09:00:00Z</dcterms:created></cp:coreProperties>")
    parts = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{pkg}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{main}.document.main+xml"/>'
        f'{types}<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{pkg}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" '
        f'Type="{pkg}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
        "docProps/core.xml": HEAD + core,
        "word/document.xml": f"{HEAD}<w:document {W} {R}><w:body>{body}{sect}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'{HEAD}<Relationships xmlns="{pkg}/relationships">{rels}</Relationships>',
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/footnotes.xml": f"{HEAD}<w:footnotes {W}>{rules}{notes}</w:footnotes>",
        "word/comments.xml": f"{HEAD}<w:comments {W}>{comments}</w:comments>",
        "word/header.xml": f'{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>'
        f'{run("Treaty of the Three Lakes")}</w:p></w:hdr>',
        "word/footer.xml": f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{page}</w:p></w:ftr>',
    }
    with zipfile.ZipFile(OUT / "lakes-treaty.docx", "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            z.writestr(zipfile.ZipInfo(name, (2021, 10, 9, 9, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    OUT.mkdir(parents=True, exist_ok=True)
    pdf()
    docx()
    html()
    for path in sorted(OUT.iterdir()):
        print(f"{path.stat().st_size:8}  {path.name}")
