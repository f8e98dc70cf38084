"""webcare-lint inside Dask: bags and dataframes of records in, diagnostics out (extra ``dask``; docs/scale.md).

A partition is checked on one worker, some hundreds of records at a time, by a linter that the worker loads once. Checking changes
nothing outside, so a partition that is lost with its worker is simply checked again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache, partial
from itertools import islice
from typing import TYPE_CHECKING, Any, cast

import msgspec

from webcare_lint.config import Config
from webcare_lint.linter import Linter
from webcare_lint.output.json_output import to_dict
from webcare_lint.sources import read_document
from webcare_lint.sources.names import IDENT, field_name, first_of

if TYPE_CHECKING:
    from dask.bag import Bag
    from dask.dataframe import DataFrame

COLUMNS: Mapping[str, str] = {
    "reply_id": "string",
    "message_index": "Int64",
    "code": "string",
    "name": "string",
    "commandment": "Int64",
    "level": "string",
    "message": "string",
    "start": "Int64",
    "end": "Int64",
    "quote": "string",
}
"""A diagnostic as a row; ``start`` and ``end`` are in the reply."""
TOGETHER = 256
"""Records that are read and parsed together."""


def check_bag(records: Bag, config: Config | None = None) -> Bag:
    """The diagnostics of a bag of records, as mappings with ``COLUMNS``; what cannot be checked becomes one without a code."""
    made: Bag = cast(Any, records).map_partitions(partial(check_records, config=config))
    return made


def check_dataframe(frame: DataFrame, config: Config | None = None) -> DataFrame:
    """The diagnostics of a dataframe with a record in each row, as rows with ``COLUMNS``."""
    import pandas as pd

    meta = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in COLUMNS.items()})
    made: DataFrame = cast(Any, frame).map_partitions(partial(_check_frame, config=config), meta=meta)
    return made


def check_records(records: Iterable[Mapping[str, Any]], config: Config | None = None) -> Iterator[dict[str, Any]]:
    """The diagnostics of records. Each record stands alone: what is said about a library as a whole is not said here.

    One without an id is called by its place among them, from 1. A record that cannot be checked yields a mapping
    whose ``code`` is None and whose ``message`` says why.
    """
    linter = _linter(msgspec.json.encode(config or Config()))
    waiting, first = iter(records), 1
    while some := list(islice(waiting, TOGETHER)):
        lines = "\n".join(json.dumps(record, default=_plain) for record in some)
        report = to_dict(linter.check_documents([read_document(lines.encode(), "-", "jsonl", first)]), linter.config.lang)
        rows = [(line := failure["line"], _failed(some[line - 1], first + line - 1, failure)) for failure in report["failures"]]
        rows += [(found["start"]["line"], _found(found)) for found in report["diagnostics"]]
        yield from (row for _, row in sorted(rows, key=lambda placed: placed[0]))
        first += len(some)


def _failed(record: object, number: int, failure: Mapping[str, Any]) -> dict[str, Any]:
    fields = {field_name(str(key)): value for key, value in record.items()} if isinstance(record, Mapping) else {}
    ident = first_of(fields, IDENT)
    called = str(number) if ident in (None, "") else str(ident)
    return {**dict.fromkeys(COLUMNS), "reply_id": called, "message": failure["message"]}


def _found(found: Mapping[str, Any]) -> dict[str, Any]:
    span = found["reply_span"]
    return {**{name: found.get(name) for name in COLUMNS}, "start": span["start"], "end": span["end"]}


def _plain(value: Any) -> Any:
    """What a table holds that JSON does not know: an array is a list, and anything else (a date) its text."""
    return value.tolist() if hasattr(value, "tolist") else str(value)


def _check_frame(frame: Any, config: Config | None) -> Any:
    import pandas as pd

    rows = (
        {key: value for key, value in row.items() if not (pd.api.types.is_scalar(value) and pd.isna(value))}
        for row in frame.to_dict("records")
    )
    return pd.DataFrame(list(check_records(rows, config)), columns=list(COLUMNS)).astype(dict(COLUMNS))


@lru_cache(maxsize=4)
def _linter(config: bytes) -> Linter:
    """One for each configuration and process."""
    return Linter(msgspec.json.decode(config, type=Config))
