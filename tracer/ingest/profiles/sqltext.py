"""Words of SQL dumps: names, quoted values, rows in brackets."""

import re
from collections.abc import Iterable
from typing import Final, Literal

__all__ = [
    "Dialect",
    "column_names",
    "copy_cells",
    "is_cut_off",
    "tell_dialect",
    "tuple_cells",
    "tuple_pattern",
    "unquote",
]

Dialect = Literal["mysql", "standard"]
"""How a backslash in quotes is meant: as an escape, or as itself."""

_ESCAPED: Final = r"'(?:[^'\\]|\\.|'')*+'"
_PLAIN: Final = r"'(?:[^']|'')*+'"
_CAST: Final = r"(?:\s*::\s*[\w ]+(?:\(\d+\))?(?:\[\])?)?"
_BARE: Final = r"[^\s,()']++(?:\([^()']*+\))?+"
_VALUE: Final[dict[str, str]] = {
    dialect: rf"(?:[eE]{_ESCAPED}|(?:_\w+\s+|[bnxBNX])?{quoted}|{_BARE}){_CAST}"
    for dialect, quoted in (("mysql", _ESCAPED), ("standard", _PLAIN))
}
_TUPLES: Final = {
    dialect: re.compile(rf"\(\s*{value}(?:\s*,\s*{value})*+\s*\)", re.DOTALL)
    for dialect, value in _VALUE.items()
}
_CELLS: Final = {dialect: re.compile(value, re.DOTALL) for dialect, value in _VALUE.items()}
_BEGUN: Final = {
    dialect: re.compile(rf"\(\s*(?:{value}\s*,\s*)*+", re.DOTALL)
    for dialect, value in _VALUE.items()
}
_OPEN_QUOTE: Final = re.compile(r"(?:_\w+\s+|\w)?'")
_QUOTED: Final = re.compile(r"(?P<sign>_\w+\s+|\w)?'(?P<body>.*)'(?P<cast>\s*::.*)?", re.DOTALL)
_MYSQL_MARK: Final = re.compile(r"`|\bMySQL\b|\bMariaDB\b")
_POSTGRES_MARK: Final = re.compile(r"PostgreSQL|standard_conforming_strings|\bpg_catalog\b")
_ESCAPE: Final = re.compile(r"(?<!\\)(?:\\\\)*\\'(?!\s*(?:[,)]|::|$))", re.MULTILINE)
_ESCAPES: Final = {"0": "\0", "b": "\b", "n": "\n", "r": "\r", "t": "\t", "Z": "\x1a"}
_COPY_ESCAPES: Final = {**_ESCAPES, "f": "\f", "v": "\v"}
_PLAIN_QUOTES: Final = 2
_HEX: Final = re.compile(r"0x((?:[0-9A-Fa-f]{2})+)")
_STRINGS: Final = re.compile(r"'(?:[^'\\]|\\.|'')*'|--[^\n]*|/\*.*?\*/", re.DOTALL)
_NO_COLUMN: Final = re.compile(
    r"(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|LIKE)\b",
    re.IGNORECASE,
)
_COLUMN: Final = re.compile(r"""\s*(`[^`]+`|"[^"]+"|\[[^\]]+\]|[\w$]+)""")


def tell_dialect(head: Iterable[str], rows: Iterable[str] = ()) -> Dialect:
    """Tell how the quotes of a dump are meant.

    Parameters
    ----------
    head, rows : iterable of str
        Its first lines, which may name the program that wrote it; where none does, its first
        rows: a quote after a backslash that ends no value is an escape.

    Examples
    --------
    >>> tell_dialect(["INSERT INTO `t` VALUES (1)"]), tell_dialect(["INSERT INTO t VALUES (1)"])
    ('mysql', 'standard')
    """
    lines = list(head)
    if any(_POSTGRES_MARK.search(line) for line in lines):
        return "standard"
    is_mysql = any(_MYSQL_MARK.search(line) for line in lines)
    return "mysql" if is_mysql or any(map(_ESCAPE.search, rows)) else "standard"


def tuple_pattern(dialect: Dialect) -> re.Pattern[str]:
    """Give the pattern of a row in brackets."""
    return _TUPLES[dialect]


def is_cut_off(text: str, start: int, dialect: Dialect) -> bool:
    """Tell whether a row that begins at `start` goes on in the next line."""
    begun = _BEGUN[dialect].match(text, start)
    if begun is None:
        return False
    value = _CELLS[dialect].match(text, begun.end())
    rest = text[value.end() :] if value else text[begun.end() :]
    return not rest.strip() or (value is None and bool(_OPEN_QUOTE.match(rest)))


def tuple_cells(row: str, dialect: Dialect) -> tuple[str, ...]:
    r"""Read the values of a row in brackets; NULL is blank.

    Examples
    --------
    >>> tuple_cells(r"(1, NULL, 'it''s \'so\'')", "mysql")
    ('1', '', "it's 'so'")
    """
    found = _CELLS[dialect].finditer(row, 1, len(row) - 1)
    return tuple(_value(match[0], dialect) for match in found)


def _value(text: str, dialect: Dialect) -> str:
    if text[0] == "'" == text[-1] and "\\" not in text and text.count("'") == _PLAIN_QUOTES:
        return text[1:-1]
    quoted = _QUOTED.fullmatch(text)
    if quoted is None:
        bare = text.partition("::")[0].strip()
        if bare.upper() == "NULL":
            return ""
        digits = _HEX.fullmatch(bare)
        return _from_hex(digits[1], bare) if digits else bare
    sign, body = (quoted["sign"] or "").strip().lower(), quoted["body"]
    if sign == "x":
        return _from_hex(body, text)
    if "\\" in body and (dialect == "mysql" or sign == "e"):
        return re.sub(r"\\(.)|''", _unescape, body, flags=re.DOTALL)
    return body.replace("''", "'")


def _unescape(match: re.Match[str]) -> str:
    if match[1] is None:
        return "'"
    return _ESCAPES.get(match[1], match[0] if match[1] in "%_" else match[1])


def _from_hex(digits: str, otherwise: str) -> str:
    try:
        return bytes.fromhex(digits).decode()
    except ValueError:
        return otherwise


def copy_cells(line: str) -> tuple[str, ...]:
    r"""Read a line of a COPY block.

    Examples
    --------
    >>> copy_cells("1\t\\N\ta\\tb")
    ('1', '', 'a\tb')
    """
    return tuple(
        "" if cell == r"\N" else re.sub(r"\\(.)", _copied, cell) for cell in line.split("\t")
    )


def _copied(match: re.Match[str]) -> str:
    return _COPY_ESCAPES.get(match[1], match[1])


def unquote(name: str) -> str:
    """Take the quotes off a name.

    Examples
    --------
    >>> unquote(" `submit_log`"), unquote('"uid"')
    ('submit_log', 'uid')
    """
    return name.strip().strip('`"[]')


def column_names(statement: str) -> tuple[str, ...] | None:
    """Read the names of the columns off CREATE TABLE; None while it is not whole.

    Examples
    --------
    >>> column_names("CREATE TABLE t (a INT COMMENT 'x, y', `b` decimal(8, 2), PRIMARY KEY (a));")
    ('a', 'b')
    """
    bare = _STRINGS.sub(lambda found: " " * len(found[0]), statement)
    depth, parts, begin = 0, [], 0
    for place, sign in enumerate(bare):
        if sign == "(":
            depth += 1
            begin = place + 1 if depth == 1 else begin
        elif (sign == "," and depth == 1) or (sign == ")" and depth == 1):
            parts.append(bare[begin:place])
            begin = place + 1
        if sign == ")":
            depth -= 1
            if depth == 0:
                found = (
                    _COLUMN.match(part) for part in parts if not _NO_COLUMN.match(part.strip())
                )
                return tuple(unquote(each[1]) for each in found if each)
    return None
