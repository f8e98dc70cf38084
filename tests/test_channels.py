from __future__ import annotations

import pytest

from webcare_lint.channels import Channel, Counting, channels, find_channel, is_estimate, length, overflow
from webcare_lint.config import Config

X = Channel("x", 280, "weighted")


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", 0),
        ("Hoi!", 4),
        ("één", 3),
        ("e\u0301e\u0301n", 3),  # decomposed: X composes first
        ("€ 5…", 6),
        ("日本", 4),
        ("👍", 2),
        ("👨‍👩‍👧‍👦", 2),
        ("👍🏽🇳🇱", 4),
        ("https://x.nl", 23),
        ("zie nu.nl", 4 + 23),
        ("https://voorbeeld.nl/een/heel/lang/pad?met=vragen", 23),
        ("Hoi {{naam}},", 4 + 8 + 1),
    ],
)
def test_x_counts_by_weight(text: str, weight: int) -> None:
    assert length(text, X) == weight


@pytest.mark.parametrize(("unit", "expected"), [("utf16", 6), ("characters", 5), ("graphemes", 4), ("bytes", 12)])
def test_the_other_units(unit: str, expected: int) -> None:
    text = "é👍🏽a€"
    channel = Channel("c", 10, unit)  # type: ignore[arg-type]
    assert length(text, channel) == {"utf16": 7, "characters": 5, "graphemes": 4, "bytes": 14}[unit]
    assert expected <= length(text, channel)


def test_overflow_is_where_it_no_longer_fits() -> None:
    assert overflow("a" * 280, X) is None
    assert overflow("a" * 281, X) == 280
    assert overflow("a" * 278 + "👍👍", X) == 279


def test_limits_and_placeholder_lengths_can_be_set() -> None:
    counting = Counting({"forum": 5, "x": 10}, {"placeholder-name": 20})
    forum, x = find_channel("forum", counting), find_channel("Twitter", Counting({}, {}))
    assert forum
    assert (forum.limit, forum.unit) == (5, "characters")
    assert x
    assert x.limit == 280
    assert length("{{naam}}", X, counting) == 20
    assert find_channel("forum") is None
    assert find_channel(None) is None


def test_another_limit_changes_nothing_else_of_a_channel() -> None:
    text = "https://voorbeeld.nl/een/heel/lang/pad?met=vragen"
    mastodon = find_channel("mastodon", Config(limits={"Mastodon": 1000}).counting)
    assert mastodon
    assert (mastodon.limit, length(text, mastodon)) == (1000, 23)


@pytest.mark.parametrize("called", ["x", "X", "Twitter"])
@pytest.mark.parametrize("limited", ["x", "Twitter"])
def test_a_limit_holds_whatever_the_channel_is_called(called: str, limited: str) -> None:
    x = find_channel(called, Config(limits={limited: 4000}).counting)
    assert x
    assert (x.name, x.limit, x.unit) == ("x", 4000, "weighted")


def test_a_placeholder_counts_by_its_name_then_its_fallback_then_its_kind() -> None:
    counting = Counting({}, {"placeholder-name": 20}, {"user.name": 30, "naam": None})
    assert length('{{user.name|fallback:"daar"}}', X, counting) == 30
    assert length('{{user.name|fallback:"daar"}}', X) == 4
    assert length('<attribute key="user.name" default="caf&eacute;"/>', X) == 4
    assert length("Hoi {%customer.firstName,fallback=%}!", X) == 5
    assert length("{{naam}}", X, counting) == 20
    assert is_estimate("Hoi {{naam}}")
    assert not is_estimate("Hoi Sanne https://nu.nl")


def test_every_channel_has_a_source() -> None:
    from importlib import resources

    import yaml

    raw = yaml.safe_load(resources.files("webcare_lint").joinpath("data/channels.yaml").read_text("utf-8"))
    assert set(raw) == set(channels())
    for name, entry in raw.items():
        assert entry["source"], name
        assert isinstance(entry["checked"], bool), name


def test_x_counts_as_the_reference_library_does() -> None:
    parser = pytest.importorskip("twitter_text")
    for text in (
        "Hoi Sanne!",
        "€ 5… dat’s 日本",
        "zie https://voorbeeld.nl/pad en bel",
        "👍 top 😀",
        "regel\nregel",
        "@naam #top",
    ):
        assert length(text, X) == parser.parse_tweet(text).asdict()["weightedLength"], text
