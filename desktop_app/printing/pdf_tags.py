"""What Qt leaves out of a PDF: language, bookmarks, fixed dates, and the structure that a screen reader walks through.

Qt writes text objects (``BT … ET``) in the order of painting, so each can be traced to the text mark it paints, and the
marks know what they are: heading, paragraph, item. Everything else on the page (lines, boxes to tick, repeated footers)
is marked as an artefact (ISO 32000-1, 14.7 and 14.8).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from desktop_app.printing.document import LANGUAGE
from desktop_app.printing.layout import LaidOut
from desktop_app.printing.pdf_file import PdfFile, read_pdf, text_string
from desktop_app.printing.pdf_letters import Letters, TextObject, gather, text_objects, write_letters
from desktop_app.printing.pieces import PaintedPage, Role

_PATH_STARTS = re.compile(rb"\S+ \S+ (?:m|\S+ \S+ re)\Z")
_PATH_ENDS = frozenset({b"S", b"f", b"f*", b"B", b"B*", b"n", b"s", b"b"})
_ARTEFACT = b"/Artifact BMC"
_GROUPS = {Role.ITEM: b"L", Role.LINE: b"TOC"}


@dataclass(slots=True)
class _Element:
    """A structure element being gathered: which marked contents of which pages it holds."""

    role: Role
    contents: list[tuple[int, int]] = field(default_factory=list)


def finished(data: bytes, laid_out: LaidOut) -> bytes:
    """Return the PDF that Qt wrote of these pages with everything that it left out; the same input gives the same bytes."""
    file = read_pdf(data)
    pages = file.pages()
    if len(pages) != len(laid_out.pages):
        raise ValueError("the PDF has another number of pages than the layout")
    elements: dict[int, _Element] = {}
    letters: Letters = {}
    for index, (number, page) in enumerate(zip(pages, laid_out.pages, strict=True)):
        contents = file.reference(number, rb"/Contents")
        lines = file.stream(contents).split(b"\n")
        objects = text_objects(lines, page.texts())
        gather(objects, letters)
        tags = _tags(page, index, objects, elements)
        file.set_stream(contents, b"\n".join(_marked_lines(lines, tags)))
        file.insert(number, b"/StructParents %d\n/Tabs /S" % index)
    write_letters(file, letters)
    # By number, not by page: the footer of a first page is read after the blocks that go on overleaf.
    _structure(file, pages, [elements[key] for key in sorted(elements)])
    if laid_out.bookmarks:
        _outline(file, pages, laid_out)
    file.insert(file.root, b"/Lang (%s)\n/ViewerPreferences << /DisplayDocTitle true >>" % LANGUAGE.encode("ascii"))
    _name_fonts(file)
    _date(file, laid_out.printed_on)
    return file.to_bytes()


def metadata(title: str, subject: str, day: date, identity: str) -> bytes:
    """Return the XMP packet of a document (Adobe XMP, part 1), with its language and a date that does not tick."""
    stamp = f"{day.isoformat()}T00:00:00Z"
    text = f"""<?xpacket begin='\ufeff' id='W5M0MpCehiHzreSzNTczkc9d'?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{escape(title)}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{escape(subject)}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{LANGUAGE}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Wardbook</xmp:CreatorTool><xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>
<xmpMM:DocumentID>uuid:{identity}</xmpMM:DocumentID>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end='w'?>"""
    return text.encode("utf-8")


def _tags(page: PaintedPage, index: int, objects: Sequence[TextObject], elements: dict[int, _Element]) -> list[bytes]:
    """Return the mark of every text object of a page; gather which element each belongs to."""
    owners = [part for part in page.parts for _ in part.texts()]
    tags: list[bytes] = []
    marked = 0
    for text in objects:
        part = owners[text.mark]
        if part.role is Role.ARTEFACT:
            tags.append(_ARTEFACT)
            continue
        name = b"LBody" if part.role is Role.ITEM else part.role.value.encode("ascii")
        tags.append(b"/%s << /MCID %d >> BDC" % (name, marked))
        elements.setdefault(part.element, _Element(part.role)).contents.append((index, marked))
        marked += 1
    return tags


def _marked_lines(lines: Sequence[bytes], tags: Sequence[bytes]) -> Iterator[bytes]:
    """Yield the lines of a page's content with marks around texts and paths."""
    following = iter(tags)
    in_path = in_text = False
    for line in lines:
        if line == b"BT":
            yield next(following)
            in_text = True
        elif not in_path and not in_text and _PATH_STARTS.search(line):
            yield _ARTEFACT
            in_path = True
        yield line
        if line == b"ET" or (in_path and line in _PATH_ENDS):
            yield b"EMC"
            in_path = in_text = False


def _structure(file: PdfFile, pages: Sequence[int], elements: Sequence[_Element]) -> None:
    """Add the tree of structure elements and the way back from each marked content to its element."""
    root, top = file.reserve(), file.reserve()
    owners: dict[tuple[int, int], int] = {}
    children: list[int] = []
    group = 0
    group_role: Role | None = None
    group_kids: dict[int, list[int]] = {}
    for element in elements:
        number = file.reserve()
        if element.role in _GROUPS:
            if element.role is not group_role:
                group, group_role = file.reserve(), element.role
                group_kids[group] = []
                children.append(group)
                file.objects[group] = _GROUPS[element.role]
            group_kids[group].append(number)
            parent = group
        else:
            group_role = None
            children.append(number)
            parent = top
        holder = number
        if element.role is Role.ITEM:
            holder = file.reserve()
            file.objects[number] = _element(b"LI", parent, b"%d 0 R" % holder)
            file.objects[holder] = _element(b"LBody", number, _kids(element, pages))
        else:
            file.objects[number] = _element(element.role.value.encode("ascii"), parent, _kids(element, pages))
        owners.update((place, holder) for place in element.contents)
    for number, kids in group_kids.items():
        file.objects[number] = _element(file.objects[number], top, _references(kids))
    file.objects[top] = _element(b"Document", root, _references(children))
    tree = file.add(_parent_tree(owners, len(pages)))
    file.objects[root] = b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey %d >>" % (
        top,
        tree,
        len(pages),
    )
    file.insert(file.root, b"/MarkInfo << /Marked true >>\n/StructTreeRoot %d 0 R" % root)


def _element(name: bytes, parent: int, kids: bytes) -> bytes:
    return b"<< /Type /StructElem /S /%s /P %d 0 R /K [%s] >>" % (name, parent, kids)


def _kids(element: _Element, pages: Sequence[int]) -> bytes:
    return b" ".join(b"<< /Type /MCR /Pg %d 0 R /MCID %d >>" % (pages[page], mark) for page, mark in element.contents)


def _references(numbers: Sequence[int]) -> bytes:
    return b" ".join(b"%d 0 R" % number for number in numbers)


def _parent_tree(owners: dict[tuple[int, int], int], pages: int) -> bytes:
    """Return the number tree that leads from a page and its n-th marked content to the element that holds it."""
    lists: list[list[int]] = [[] for _ in range(pages)]
    for (page, _), owner in sorted(owners.items()):
        lists[page].append(owner)
    return b"<< /Nums [" + b" ".join(b"%d [%s]" % (page, _references(found)) for page, found in enumerate(lists)) + b"] >>"


def _outline(file: PdfFile, pages: Sequence[int], laid_out: LaidOut) -> None:
    """Add the bookmarks, one level deep."""
    root = file.reserve()
    numbers = [file.reserve() for _ in laid_out.bookmarks]
    for place, (number, mark) in enumerate(zip(numbers, laid_out.bookmarks, strict=True)):
        links = b"/Title %s /Parent %d 0 R /Dest [%d 0 R /Fit]" % (text_string(mark.title), root, pages[mark.page])
        if place:
            links += b" /Prev %d 0 R" % numbers[place - 1]
        if place + 1 < len(numbers):
            links += b" /Next %d 0 R" % numbers[place + 1]
        file.objects[number] = b"<< %s >>" % links
    first, last = numbers[0], numbers[-1]
    file.objects[root] = b"<< /Type /Outlines /First %d 0 R /Last %d 0 R /Count %d >>" % (first, last, len(numbers))
    file.insert(file.root, b"/Outlines %d 0 R\n/PageMode /UseOutlines" % root)


def _name_fonts(file: PdfFile) -> None:
    """Give every embedded subset a prefix of its own and the same name everywhere; Qt's prefix differs from run to run."""
    prefixes: dict[bytes, bytes] = {}
    for number, body in sorted(file.objects.items()):
        found = re.search(rb"/FontName /[A-Z]{6}\+(\S+)", body)
        if found is None:
            continue
        prefix = b"WARD" + bytes((65 + len(prefixes) // 26, 65 + len(prefixes) % 26))
        prefixes[found[1]] = prefix
        file.objects[number] = body.replace(found[0], b"/FontName /%s+%s" % (prefix, found[1]))
    for number, body in file.objects.items():
        found = re.search(rb"/BaseFont /(\S+)", body) if b"/Type /Font\n" in body else None
        if found is not None and found[1] in prefixes:
            file.objects[number] = body.replace(found[0], b"/BaseFont /%s+%s" % (prefixes[found[1]], found[1]))


def _date(file: PdfFile, day: date) -> None:
    """Set both dates of the file to the day of printing: the hour says nothing a reader needs, and bytes stay equal."""
    stamp = day.strftime("%Y%m%d000000Z").encode("ascii")
    body, changed = re.subn(rb"/(CreationDate|ModDate) \([^)]*\)", rb"/\1 (D:" + stamp + rb")", file.objects[file.info])
    if changed != 2:
        raise ValueError("the PDF has no dates")
    file.objects[file.info] = body
