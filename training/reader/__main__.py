"""Make the reader: train the encoder, the n-grams and the vote, and put them in a folder.

    python -m training.reader --out webcare_lint/reader/model
    python -m training.reader --own our-replies.jsonl --out our-reader

Stop it at any time; the same command goes on after the last whole epoch. Seeds are fixed.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import yaml

from training.reader.train import HERE, train_encoder
from training.reader.vote import make_folder
from webcare_lint.errors import WebcareLintError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, required=True, help="folder of the reader")
    parser.add_argument("--work", type=Path, default=Path("training/work/reader"), help="where the state is kept")
    parser.add_argument("--own", type=Path, nargs="*", default=[], help="labelled replies to train on beside the corpus")
    parser.add_argument("--recipe", type=Path, default=HERE / "recipe.yaml")
    parser.add_argument("--set", nargs="*", default=[], metavar="KEY=VALUE", help="another value than the recipe's")
    parser.add_argument("--minutes", type=float, help="stop training after the epoch in which these have passed")
    args = parser.parse_args()
    recipe = yaml.safe_load(args.recipe.read_text("utf-8"))
    recipe.update({key: yaml.safe_load(value) for key, _, value in (pair.partition("=") for pair in args.set)})
    try:
        train_encoder(args.work, recipe, args.own, args.minutes)
        make_folder(args.work, args.out, args.own)
    except WebcareLintError as error:
        parser.exit(2, error.describe("en") + "\n")


if __name__ == "__main__":
    main()
