"""Records as tensors: cut into pieces, made noisy, replies of one group together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import torch
from torch import Tensor

from training.reader.noise import noisy
from training.reader.records import COMMANDMENTS, Record
from webcare_lint.reader.pieces import BOS, EOS, PAD, UNK, Piece, Pieces

HEADS = len(COMMANDMENTS)
_NINE, _TEN = COMMANDMENTS.index(9), COMMANDMENTS.index(10)
_LONGEST = 250


@dataclass
class Item:
    """A reply in pieces. ``known`` says of which commandments the label is sure, ``marked`` of which the words are known.

    ``marks`` are one per piece, in the message those of what was overlooked; for which commandments ``sought`` says.
    """

    ids: list[int]
    reply: int
    marks: list[int]
    broken: list[float]
    known: list[float]
    marked: list[float]
    sought: list[float]
    group: str


@dataclass
class Batch:
    ids: Tensor
    lengths: Tensor
    replies: Tensor
    marks: Tensor
    broken: Tensor
    known: Tensor
    marked: Tensor
    sought: Tensor
    groups: list[str]


def item(record: Record, pieces: Pieces, rng: random.Random | None, alone: float = 0.0, dropped: float = 0.0) -> Item:
    """One reply; with ``rng`` a noisy variant. ``alone``: chance that the message is left out, ``dropped``: of a piece unread."""
    reply, customer = record.reply, record.customer
    marks = _bits(len(reply), record.broken)
    asked = _bits(len(customer or ""), record.overlooked)
    known = [float(record.known is None or number in record.known) for number in range(HEADS)]
    broken = [float(number in record.broken) for number in range(HEADS)]
    if rng:
        reply, marks = noisy(reply, marks, rng)
        if customer:
            customer, asked = noisy(customer, asked, rng)
        if customer and rng.random() < alone:
            customer = None
            # Without the message nobody can tell.
            for number in (_NINE, _TEN):
                if broken[number] and not record.broken[number]:
                    known[number] = 0.0
    cut = pieces.cut(reply)[:_LONGEST]
    ids, of_piece = [BOS, *(piece.id for piece in cut), EOS], [0, *_of_pieces(cut, marks), 0]
    length = len(ids)
    if customer:
        cut = pieces.cut(customer)[:_LONGEST]
        ids += [EOS, *(piece.id for piece in cut), EOS]
        of_piece += [0, *_of_pieces(cut, asked), 0]
    if rng and dropped:
        ids = [UNK if i > EOS and rng.random() < dropped else i for i in ids]
    marked = [known[n] * float(not broken[n] or bool(record.broken[n])) for n in range(HEADS)]
    sought = [
        float(customer is not None and n in (_NINE, _TEN) and (not broken[n] or n in record.overlooked)) for n in range(HEADS)
    ]
    return Item(ids, length, of_piece, broken, known, marked, sought, record.group)


def _bits(length: int, places: Mapping[int, Iterable[tuple[int, int]]]) -> list[int]:
    """Per character one bit for each commandment that has it in one of its places."""
    bits = [0] * length
    for number, each in places.items():
        for start, end in each:
            for at in range(start, end):
                bits[at] |= 1 << number
    return bits


def _of_pieces(cut: list[Piece], bits: list[int]) -> list[int]:
    """The bits of each piece: those of any of its characters."""
    return [reduce(or_, bits[piece.start : piece.end], 0) for piece in cut]


def collate(items: list[Item]) -> Batch:
    longest = max(len(i.ids) for i in items)
    ids = torch.full((len(items), longest), PAD)
    marks = torch.zeros(len(items), longest, HEADS)
    for row, it in enumerate(items):
        ids[row, : len(it.ids)] = torch.tensor(it.ids)
        for at, mark in enumerate(it.marks):
            for number in range(HEADS):
                if mark >> number & 1:
                    marks[row, at, number] = 1.0
    return Batch(
        ids,
        torch.tensor([len(i.ids) for i in items]),
        torch.tensor([i.reply for i in items]),
        marks,
        torch.tensor([i.broken for i in items]),
        torch.tensor([i.known for i in items]),
        torch.tensor([i.marked for i in items]),
        torch.tensor([i.sought for i in items]),
        [i.group for i in items],
    )


def shuffled(items: list[Item], size: int, rng: random.Random) -> list[list[Item]]:
    """Lots of about ``size`` replies of like length, in random order; a group is never split."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for it in items:
        groups[it.group].append(it)
    order = sorted(groups.values(), key=lambda g: max(len(i.ids) for i in g) + rng.uniform(-8, 8))
    lots: list[list[Item]] = [[]]
    for group in order:
        if lots[-1] and len(lots[-1]) + len(group) > size:
            lots.append([])
        lots[-1] += group
    rng.shuffle(lots)
    return lots
