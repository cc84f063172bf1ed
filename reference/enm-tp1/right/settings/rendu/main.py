import argparse
import logging
import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

import torch

from meteo.config import TrainConfig
from meteo.data import WeatherDataset, build_dataloader, read_csv
from meteo.engine import Trainer, fit_xor
from meteo.functional import predict_labels
from meteo.models import SoftmaxPerceptron


def parse_args() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path("data"))
    parser.add_argument("--epochs", type=int, default=15)
    parser.add_argument("--weighted", action="store_true")
    return parser.parse_args()


def run(args: argparse.Namespace) -> None:
    config = replace(TrainConfig(), epochs=args.epochs, weighted=args.weighted)
    (xa, ya), (xt, yt) = (read_csv(args.data / f"{name}.csv") for name in ("train", "test"))
    mu, sd = xa.mean(0), xa.std(0)
    xa, xt = torch.from_numpy((xa - mu) / sd), torch.from_numpy((xt - mu) / sd)
    model = SoftmaxPerceptron(xa.shape[1], 4)
    loader = build_dataloader(WeatherDataset(xa, torch.from_numpy(ya)), config.batch_size, config.weighted)
    Trainer(model, config).fit(loader)
    accuracy = (predict_labels(model(xt)) == torch.from_numpy(yt)).float().mean()
    logging.info("test accuracy %.3f", accuracy)
    fit_xor()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    run(parse_args())
