"""Opens what `normtag corpus export` writes with readers that others wrote.

Run by hand, from the project's folder:

    python3 -m venv /somewhere && /somewhere/bin/pip install -r tests/checks/exports-requirements.txt
    cargo build && /somewhere/bin/python tests/checks/exports.py target/debug/normtag

Prints a line for each check, and fails at the first that does not hold.
"""

import csv
import json
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import docx
import frictionless
import openpyxl
from label_studio_sdk.label_interface import LabelInterface
from pyrefiqda import RefiProject
from xsdata_pydantic.bindings import XmlSerializer

NORMTAG = str(Path(sys.argv[1]).resolve())
PROJECT = Path(__file__).resolve().parents[2]
SAMPLES = PROJECT / "corpus/samples"
EDITIONS = ("bpf-2021", "bpf-2019")
WORK = Path(tempfile.mkdtemp())


def run(*args):
    subprocess.run([NORMTAG, *map(str, args)], check=True, cwd=WORK, capture_output=True)


def export(edition, form, name, *more):
    run("corpus", "export", "--taxonomy", edition, "--format", form, "-o", name, *more)
    return WORK / name


def tags(edition):
    with open(PROJECT / f"corpus/curated/{edition}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def package():
    """The package is valid, and each kind of damage to it is noticed."""
    whole = WORK / "package"
    run("corpus", "export", "--format", "datapackage", "-o", whole)
    frictionless.system.trusted = True

    def problems():
        report = frictionless.validate(str(whole / "datapackage.json"))
        return Counter(error[0] for error in report.flatten(["type"]))

    assert not problems(), problems()
    rows = sum(len(tags(edition)) for edition in EDITIONS)
    print(f"frictionless {frictionless.__version__}: the package is valid ({rows} rows of tags)")
    table = whole / "curated/bpf-2021.csv"
    sound = table.read_text(encoding="utf-8")
    for what, old, new in [
        ("an unknown agreement", "\nparis-call-2018,1.1,", "\nparis-call-2081,1.1,"),
        ("an unknown element", ",1.2,absent", ",1.9,absent"),
        ("a changed letter", "present", "presant"),
    ]:
        assert old in sound, old
        table.write_text(sound.replace(old, new, 1), encoding="utf-8")
        found = problems()
        assert found, what
        print(f"  {what} is noticed: {', '.join(sorted(found))}")
    table.write_text(sound, encoding="utf-8")


def workbook(edition):
    book = openpyxl.load_workbook(export(edition, "xlsx", f"{edition}.xlsx"))
    assert book.sheetnames == ["Matrix", "Tags", "Agreements", "Elements"], book.sheetnames
    sheet = book["Tags"]
    columns = [cell.value for cell in sheet[1]]
    rows = [[value or "" for value in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == [[tag[name] for name in columns] for tag in tags(edition)]
    matrix = book["Matrix"]
    assert matrix.freeze_panes == "C2"
    letters = Counter(cell.value for row in matrix.iter_rows(min_row=2, min_col=3) for cell in row)
    cells = {(tag["source"], tag["element"]): tag["status"] for tag in tags(edition)}
    statuses = Counter(status for (_, element), status in cells.items() if element != "other")
    names = {"P": "present", "i": "indirect", "–": "absent", "?": "unrecorded"}
    assert {names[letter]: n for letter, n in letters.items()} == dict(statuses)
    print(f"openpyxl {openpyxl.__version__}: {edition}: {len(rows)} rows, matrix {dict(letters)}")


def project(path, wanted, label):
    """Read by a reader made from the REFI-QDA schema; written again by it, all
    elements come in the same order, so the schema's order is kept."""
    into = Path(tempfile.mkdtemp())
    read = RefiProject.load(path, extract_dir=str(into))
    again = XmlSerializer().render(read, ns_map={None: "urn:QDA-XML:project:1.0"})
    first = ElementTree.fromstring(zipfile.ZipFile(path).read("project.qde"))
    shape = [(e.tag, sorted(e.attrib)) for e in first.iter()]
    assert shape == [(e.tag, sorted(e.attrib)) for e in ElementTree.fromstring(again).iter()]
    names = {}

    def codes(all_codes, above=""):
        for code in all_codes:
            names[code.guid] = code.name
            codes(code.code, code.name)

    codes(read.code_book.codes.code)
    found = Counter()
    for source in read.sources.text_source:
        file = RefiProject.resolve_source_path(source.plain_text_path, into)
        text = file.read_bytes().decode("utf-8")
        for part in source.plain_text_selection:
            for coding in part.coding:
                quote = text[part.start_position:part.end_position]
                found[names[coding.code_ref.target_guid], quote] += 1
    assert found == wanted, (found - wanted, wanted - found)
    print(f"pyrefiqda 0.3.1: {label}: {len(read.sources.text_source)} sources, "
          f"{len(read.cases.case)} cases, {len(names)} codes, {found.total()} codings as the tags have them")


def codings(edition):
    """The codings that the curated tags ask for."""
    names = elements(edition)
    found = Counter()
    for tag in tags(edition):
        if tag["quote"]:
            ending = " (Indirect)" if tag["status"] == "indirect" else ""
            found[names[tag["element"]] + ending, tag["quote"]] += 1
    return found


def elements(edition):
    book = openpyxl.load_workbook(WORK / f"{edition}.xlsx")
    rows = book["Elements"].iter_rows(min_row=2, max_col=2, values_only=True)
    names = {code: f"{code} {name}" if code[0].isdigit() else name for code, name in rows}
    return {**names, "other": "Other norms areas"}


def label_studio(edition):
    interface = LabelInterface(export(edition, "labelstudio-config", "config.xml").read_text())
    interface.validate()
    tasks = json.loads(export(edition, "labelstudio", "tasks.json").read_text(encoding="utf-8"))
    regions = 0
    for task in tasks:
        for annotation in task["annotations"]:
            problems = interface.validate_prediction(annotation, return_errors=True)
            assert not problems, problems
            regions += sum(region["type"] == "labels" for region in annotation["result"])
    assert regions == sum(bool(tag["quote"]) for tag in tags(edition))
    print(f"label-studio-sdk 2.1.2: {edition}: {len(tasks)} tasks, {regions} regions valid")


def word(edition):
    document = docx.Document(export(edition, "docx", f"{edition}.docx"))
    quotes = Counter()
    for table in document.tables:
        for row in table._tbl.tr_lst:
            for cell in row.tc_lst:
                for paragraph in cell.p_lst:
                    if paragraph.style == "AgreementQuote":
                        quotes["".join(t.text for t in paragraph.iter() if t.tag.endswith("}t"))] += 1
    assert quotes == Counter(tag["quote"] for tag in tags(edition) if tag["quote"])
    entries = len({tag["source"] for tag in tags(edition)})
    assert len(document.tables) == 2 * entries
    print(f"python-docx 1.2.0: {edition}: {len(document.tables)} tables, {quotes.total()} quotes")


def proposals():
    """A project of proposals, with the documents as sources."""
    run("tag", SAMPLES, "--format", "json", "-o", "all.json")
    run("corpus", "export", "all.json", "--source", SAMPLES, "-o", "all.qdpx")
    names = elements("bpf-2021")
    sheets = json.loads((WORK / "all.json").read_text(encoding="utf-8"))["documents"]

    wanted = Counter()
    for proposal in (p for sheet in sheets for p in sheet["proposals"]):
        ending = " (Indirect)" if proposal["status"] == "indirect" else ""
        for evidence in proposal["evidence"]:
            wanted[names[proposal["element"]] + ending, evidence["quote"]] += 1
    project(WORK / "all.qdpx", wanted, "proposals for the samples")


if __name__ == "__main__":
    package()
    for edition in EDITIONS:
        workbook(edition)
        path = export(edition, "qdpx", f"{edition}.qdpx")
        project(path, codings(edition), edition)
        label_studio(edition)
        word(edition)
    proposals()
