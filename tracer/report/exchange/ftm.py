"""FollowTheMoney: for Aleph, OpenAleph and their tools. One entity a line.

Of the schemata of FollowTheMoney the one that says least is taken: `LegalEntity` for a party, and
`UnknownLink` ("two entities are connected, the nature of the connection is to be determined") for a
record between two. `Ownership`, `Payment`, `Directorship`, `ContractAward` would each claim what no
record says; findings are left out, for the model knows risks and sanctions but no leads.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256

from tracer.messages import Language, text
from tracer.model.evidence import Allocation, Contract, Document
from tracer.report.exchange.cleaning import as_named, stated
from tracer.report.exchange.gathering import gather
from tracer.report.exchange.network import Member, Network, Tie
from tracer.report.exchange.strands import source, statuses, when
from tracer.report.exchange.wording import about_words, corrected_line, heading
from tracer.report.exhibits import place_of
from tracer.report.rendering import Rendering
from tracer.report.wording import place, term

__all__ = ["write_ftm"]

_ID_DIGITS = 20
_Entity = dict[str, object]


def write_ftm(wanted: Rendering) -> bytes:
    """Write parties, records and the files they stand in, each entity as JSON on its own line.

    `contentHash` is a SHA-1 by definition and stays out: the SHA-256 of a file is in its notes.
    Records that evidence no hop are left out; the folder of the files says how many.
    """
    network, lang = gather(wanted), wanted.lang
    folder = f"tracer-{_short(network.digest, *network.numbers, str(network.window))}"
    lines = [_folder(folder, network, lang), *_documents(folder, network)]
    lines += [_party(member, lang) for member in network.members]
    ids = network.ids()
    lines += [_link(tie, ids, lang) for tie in network.steps]
    return "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines).encode()


def _short(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:_ID_DIGITS]


def _entity(key: str, schema: str, properties: Mapping[str, Sequence[str | None]]) -> _Entity:
    """Make an entity; a property without a value is absent."""
    known = {name: [value for value in given if value] for name, given in properties.items()}
    return {
        "id": key,
        "schema": schema,
        "properties": {name: given for name, given in known.items() if given},
    }


def _folder(key: str, network: Network, lang: Language) -> _Entity:
    """Say what the answer is of, and what made it: the model has no head for a whole file."""
    made = text("exchange.made", lang, version=network.version, digest=network.digest)
    return _entity(
        key,
        "Folder",
        {
            "fileName": [heading(network, lang)],
            "title": [stated(network.case.name)],
            "generator": [f"tracer {network.version}"],
            "notes": [made, about_words(network, lang)],
        },
    )


def _documents(folder: str, network: Network) -> Iterator[_Entity]:
    """Yield the input files, and the papers that records name."""
    names: dict[str, dict[str, None]] = {}
    hashes: dict[str, str] = {}
    files = [(path, digest) for path, digest in network.sources]
    papers = (row.document for row in _papers(network))
    files += [(paper.path, paper.digest or "") for paper in papers if paper is not None]
    for path, digest in files:
        key = _document_id(path, digest)
        names.setdefault(key, {})[path] = None
        if digest:
            hashes[key] = digest
    for key, paths in sorted(names.items()):
        yield _entity(
            key,
            "Document",
            {
                "fileName": [stated(path.rpartition("/")[2]) for path in paths],
                "title": [stated(path) for path in paths],
                "notes": [f"SHA-256 {hashes[key]}"] if key in hashes else [],
                "parent": [folder],
            },
        )


def _papers(network: Network) -> Iterator[Contract | Allocation]:
    for member in network.members:
        yield from member.allocations
    for tie in network.steps:
        if isinstance(tie.record, Contract):
            yield tie.record


def _document_id(path: str, digest: str | None) -> str:
    return f"file-{_short(digest or path)}"


def _proof(path: str, digest: str, paper: Document | None) -> list[str | None]:
    found: list[str | None] = [_document_id(path, digest)]
    if paper is not None:
        found.append(_document_id(paper.path, paper.digest))
    return found


def _party(member: Member, lang: Language) -> _Entity:
    node = member.first
    return _entity(
        member.id,
        "LegalEntity",
        {
            "name": [as_named(member.name)],
            "alias": [as_named(spelling) for spelling in node.spellings],
            "uscCode": [node.uscc and as_named(node.uscc)],
            "classification": [stated(node.kind)],
            "status": [stated(node.status)],
            "notes": [*_places(member, lang), *_allocations(member, lang), *_gaps(member, lang)],
            "proof": [
                key
                for row in member.allocations
                for key in _proof(row.ref.path, row.ref.digest, row.document)
            ],
        },
    )


def _places(member: Member, lang: Language) -> Iterator[str]:
    for number, node in member.nodes:
        if node.layer is not None:
            yield f"{number}: {text('page.layer', lang, layer=node.layer)}"


def _allocations(member: Member, lang: Language) -> Iterator[str]:
    for row in member.allocations:
        days = term(
            row.term,
            start_stated=row.term.first is not None,
            end_stated=row.term.last is not None,
        )
        parts = (row.segment.label, row.certificate_no, row.authority, days.get(lang))
        said = " · ".join(as_named(part) for part in parts if part)
        where = stated(place(place_of(row.ref, row)).get(lang))
        yield f"{text('page.kind.allocation', lang)}: {said} ({where}; {row.ref.record_id})"
        for words in corrected_line(member.corrections.get(row.ref.record_id, ()), lang):
            yield f"{row.ref.record_id}: {words}"


def _gaps(member: Member, lang: Language) -> Iterator[str]:
    for number, gap in member.gaps:
        yield f"{number}: {text(f'page.role.{gap.kind}', lang)}"


def _link(tie: Tie, ids: Mapping[str, str], lang: Language) -> _Entity:
    record = tie.record
    days = tie.days
    kind = text("page.scope_mark.access", lang) + " · " if tie.is_access else ""
    kind += text(f"page.kind.{tie.kind}", lang)
    paper = record.document if isinstance(record, Contract) else None
    reporter = None if isinstance(record, Contract) else record.reporter
    return _entity(
        tie.id,
        "UnknownLink",
        {
            "subject": [ids[record.upstream]],
            "object": [ids[record.downstream]],
            "role": [kind],
            "status": [statuses(tie, lang)],
            "startDate": [str(days.first) if days.first else None],
            "endDate": [str(days.last) if days.last else None],
            "recordId": [record.ref.record_id],
            "publisher": [reporter and as_named(reporter)],
            "summary": [_summary(tie, lang)],
            "description": [source(tie, lang), *corrected_line(tie.corrections, lang)],
            "proof": _proof(record.ref.path, record.ref.digest, paper),
        },
    )


def _summary(tie: Tie, lang: Language) -> str:
    record = tie.record
    if isinstance(record, Contract):
        listed = text("page.list_mark", lang).join(each.label for each in record.segments)
        said = f"{as_named(record.contract_no)} {listed}"
    else:
        said = f"{record.number} {text(f'page.{record.unit}', lang, count=f'{record.messages:,}')}"
    ends = f"{as_named(record.upstream)} → {as_named(record.downstream)}"
    return " · ".join(
        (text("page.list_mark", lang).join(tie.evidence), ends, said, when(tie, lang))
    )
