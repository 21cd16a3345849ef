"""Short readings of a result, to compare with what was worked out by hand."""

from typing import Any

__all__ = ["chains_of", "days_of", "layers_of", "only"]


def chains_of(result: dict[str, Any]) -> dict[str, tuple[str, str]]:
    """Starts and ends by the parties in their order, `H>A>B`."""
    return {
        ">".join(c["parties"]): (" ".join(c["starts"]), " ".join(c["ends"]))
        for c in result["chains"]
    }


def layers_of(result: dict[str, Any]) -> dict[str, int | None]:
    return {party["name"]: party["layer"] for party in result["parties"]}


def days_of(entry: dict[str, Any]) -> tuple[str | None, str | None]:
    return entry["first_day"], entry["last_day"]


def only(entries: list[dict[str, Any]], **values: object) -> dict[str, Any]:
    [found] = [e for e in entries if all(e[key] == value for key, value in values.items())]
    return found
