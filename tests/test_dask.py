"""Dask: a real cluster of two workers, of which one dies on the way; nothing is lost and nothing doubled."""

from __future__ import annotations

import json
import pickle
from collections import Counter
from pathlib import Path

import pytest

from webcare_lint import Linter
from webcare_lint.config import Config

RECORDS = [
    {"id": f"r{number}", "reply": "Bel ons even op 0900-1234." if number % 3 == 0 else "Graag gedaan, Sanne."}
    for number in range(60)
]  # fmt: skip


def test_a_linter_travels_without_what_it_loaded() -> None:
    linter = Linter(Config(cache=False, lang="en"))
    expected = linter.check_text("Bel ons even op 0900-1234.").diagnostics
    packed = pickle.dumps(linter)
    assert len(packed) < 5000
    assert pickle.loads(packed).check_text("Bel ons even op 0900-1234.").diagnostics == expected


def test_half_a_surrogate_pair_is_read_as_one_character() -> None:
    from webcare_lint.dask import check_records

    (found,) = (row for row in check_records([{"reply": "Hoi \ud83d, bel ons even op 0900-1234."}]) if row["commandment"] == 2)
    assert found["start"] > 4


def test_records_stand_alone_though_they_are_read_together() -> None:
    from webcare_lint.dask import TOGETHER, check_records

    records = [*RECORDS[:2], {"id": "kapot"}, {"id": "weer", "reply": "Graag gedaan, Sanne.\u2028Bel ons even."}] * TOGETHER
    rows = list(check_records(records, Config(cache=False)))
    assert [row["reply_id"] for row in rows] == ["r0", "kapot", "weer"] * TOGETHER
    assert [row["code"] for row in rows[:3]] == ["WC201", None, "WC201"]
    assert list(check_records(iter(records[:4]), Config(cache=False))) == rows[:3]


def test_a_record_without_an_id_is_called_by_its_place() -> None:
    from webcare_lint.dask import TOGETHER, check_records

    records = [
        *[{"reply": "Graag gedaan, Sanne."}] * TOGETHER,
        {"reply": "Bel ons even."},
        {"klant": "Hoi"},
        5,
        {"Code": "k", "a": 1},
    ]
    rows = list(check_records(records, Config(cache=False, select=["WC201"])))  # type: ignore[arg-type]
    assert [(row["reply_id"], row["code"]) for row in rows] == [
        (str(TOGETHER + 1), "WC201"), (str(TOGETHER + 2), None), (str(TOGETHER + 3), None), ("k", None),
    ]  # fmt: skip
    assert f"record {TOGETHER + 2} " in rows[1]["message"]


def test_a_worker_dies_and_nothing_is_lost(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    import dask.bag as db
    from distributed import Client, LocalCluster

    from webcare_lint.dask import check_bag

    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        bag = check_bag(db.from_sequence(RECORDS, npartitions=12).map_partitions(_dying, str(tmp_path / "died")))
        bag.map(json.dumps).to_textfiles(str(tmp_path / "*.jsonl"))
        assert client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.workers)) >= 1
    assert (tmp_path / "died").exists()
    lines = [json.loads(line) for path in tmp_path.glob("*.jsonl") for line in path.read_text("utf-8").splitlines()]
    counted = Counter((line["reply_id"], line["code"], line["start"]) for line in lines)
    assert {reply for reply, _, _ in counted} == {record["id"] for record in RECORDS[::3]}
    assert set(counted.values()) == {1}


def _dying(records: list[dict[str, str]], mark: str) -> list[dict[str, str]]:
    """The first worker that comes here is killed in the midst of its work."""
    import os
    import signal

    records = list(records)
    if records[0]["id"] >= "r3":
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return records
        os.kill(os.getpid(), signal.SIGKILL)
    return records


def test_dataframes_and_parquet(tmp_path: Path) -> None:
    pytest.importorskip("dask.dataframe")
    import dask
    import dask.dataframe as dd
    import pandas as pd

    from webcare_lint.dask import COLUMNS, check_dataframe

    frame = pd.DataFrame([*RECORDS[:4], {"id": "x", "reply": None}, {"id": "y", "reply": "👍", "customer": None}])
    with dask.config.set(scheduler="synchronous"):
        check_dataframe(dd.from_pandas(frame, npartitions=2)).to_parquet(tmp_path / "uit")
    found = pd.read_parquet(tmp_path / "uit")
    assert list(found.columns) == list(COLUMNS)
    assert {"r0", "r3"} <= set(found.reply_id[found.commandment == 2])
    assert found[found.code.isna()].reply_id.tolist() == ["x"]


def test_a_column_with_conversations_out_of_parquet(tmp_path: Path) -> None:
    pytest.importorskip("dask.dataframe")
    import dask
    import dask.dataframe as dd
    import pandas as pd

    from webcare_lint.dask import check_dataframe

    said = [
        {"author": "customer", "text": "Waar blijft mijn pakket?"},
        {"author": "organisation", "text": "Bel ons even op 0900-1234."},
    ]
    frame = pd.DataFrame([{"id": "a", "messages": said, "seen": 1.5}, {"id": "b", "messages": said, "seen": None}])
    frame.to_parquet(tmp_path / "in.parquet")
    with dask.config.set(scheduler="synchronous"):
        found = check_dataframe(dd.read_parquet(tmp_path / "in.parquet")).compute()
    assert found[found.code == "WC201"][["reply_id", "message_index"]].values.tolist() == [["a", 1], ["b", 1]]
    assert not found.code.isna().any()
