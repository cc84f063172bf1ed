import os
import abc
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from torch.amp import GradScaler, autocast
from pulses import build_spectrograms


def standardize(x, reference=None):
    """One (µ, σ) per band and per clip: a band's noise floor is removed clip by clip, hence nothing leaks between sets."""
    x = np.asarray(x, dtype=np.float64)
    return (x - x.mean(-1, keepdims=True)) / np.maximum(x.std(-1, keepdims=True), 1e-6)


def prepare(data_dir, out_dir):
    for split in os.listdir(data_dir):
        if not os.path.isdir(os.path.join(data_dir, split)):
            continue
        x, y = build_spectrograms(os.path.join(data_dir, split))
        os.makedirs(os.path.join(out_dir, split), exist_ok=True)
        np.save(os.path.join(out_dir, split, "x.npy"), standardize(x).astype("float32"))
        np.save(os.path.join(out_dir, split, "y.npy"), y[:, None].astype("float32"))


class ConfusionMixin:
    def reset(self):
        self.tp = self.fp = self.tn = self.fn = 0

    def update(self, y_true, y_pred):
        y_true, y_pred = np.asarray(y_true).astype(bool).ravel(), np.asarray(y_pred).astype(bool).ravel()
        self.tp += int((y_true & y_pred).sum())
        self.fp += int((~y_true & y_pred).sum())
        self.tn += int((~y_true & ~y_pred).sum())
        self.fn += int((y_true & ~y_pred).sum())


class Metric(ConfusionMixin, abc.ABC):
    def __init__(self):
        self.reset()

    @abc.abstractmethod
    def compute(self): ...

    def __call__(self, y_true, y_pred):
        self.reset()
        self.update(y_true, y_pred)
        return self.compute()

    @staticmethod
    def ratio(a, b):
        return a / b if b else 0.0


class Accuracy(Metric):
    def compute(self):
        return self.ratio(self.tp + self.tn, self.tp + self.tn + self.fp + self.fn)


class Precision(Metric):
    def compute(self):
        return self.ratio(self.tp, self.tp + self.fp)


class Recall(Metric):
    def compute(self):
        return self.ratio(self.tp, self.tp + self.fn)


class F1(Metric):
    def compute(self):
        return self.ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


class FPR(Metric):
    def compute(self):
        return self.ratio(self.fp, self.fp + self.tn)


class FNR(Metric):
    def compute(self):
        return self.ratio(self.fn, self.fn + self.tp)


class LitModule(nn.Module):
    """Our small imitation of lightning.LightningModule."""

    def log(self, name, value):
        self.trainer.logged[name] = float(value)

    def on_train_epoch_end(self): ...
    def on_validation_epoch_end(self): ...


class MyMLP(LitModule):
    def __init__(self, input_size, width=128, p=0.2, lr=1e-3):
        super().__init__()
        self.lr = lr
        self.loss = nn.BCEWithLogitsLoss()
        dims = [input_size, width, width // 2, width // 4]
        layers = [nn.Flatten()]
        for i, o in zip(dims, dims[1:]):
            layers += [nn.Linear(i, o), nn.Dropout(p), nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Linear(dims[-1], 1))
        for name, w in self.named_parameters():
            (nn.init.zeros_ if name.endswith("bias") else nn.init.xavier_uniform_)(w)
        self.stages = {s: [Accuracy(), Precision(), Recall(), F1(), FPR(), FNR()] for s in ("train", "val")}

    def forward(self, x):
        return self.net(x)

    def _shared(self, batch, stage):
        x, y = batch
        y = y.reshape(-1, 1)
        out = self(x)
        for m in self.stages[stage]:
            m.update(y.numpy(), out.detach().numpy() > 0)
        return self.loss(out, y)

    def training_step(self, batch, i):
        return self._shared(batch, "train")

    def validation_step(self, batch, i):
        return self._shared(batch, "val")

    def _end(self, stage):
        for m in self.stages[stage]:
            self.log(f"{stage}_{type(m).__name__}", m.compute())
            m.reset()

    def on_train_epoch_end(self):
        self._end("train")

    def on_validation_epoch_end(self):
        self._end("val")

    def configure_optimizers(self):
        opt = torch.optim.AdamW(self.parameters(), lr=self.lr, weight_decay=1e-3)
        n = self.trainer.optimizer_steps
        sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda k: min(1.0, (k + 1) / (0.1 * n)) * max(0.05, 1 - k / n))
        return opt, sched


class Trainer:
    def __init__(self, max_epochs, accumulate=2, clip=5.0):
        self.max_epochs, self.accumulate, self.clip = max_epochs, accumulate, clip
        self.history, self.logged = [], {}

    def fit(self, module, train_dataloaders, val_dataloaders):
        module.trainer = self
        n = len(train_dataloaders)
        self.optimizer_steps = self.max_epochs * -(-n // self.accumulate)
        opt, sched = module.configure_optimizers()
        scaler = GradScaler("cpu", enabled=False)
        for epoch in range(self.max_epochs):
            module.train()
            opt.zero_grad()
            total = 0.0
            for i, batch in enumerate(train_dataloaders):
                with autocast("cpu", enabled=False):
                    loss = module.training_step(batch, i)
                scaler.scale(loss / self.accumulate).backward()
                total += loss.item()
                if (i + 1) % self.accumulate == 0 or i + 1 == n:
                    scaler.unscale_(opt)
                    nn.utils.clip_grad_norm_(module.parameters(), self.clip)
                    scaler.step(opt)
                    scaler.update()
                    opt.zero_grad()
                    sched.step()
            module.on_train_epoch_end()
            module.log("train_loss", total / n)
            module.eval()
            with torch.inference_mode():
                module.log("val_loss", np.mean([module.validation_step(b, i).item() for i, b in enumerate(val_dataloaders)]))
            module.on_validation_epoch_end()
            self.history.append(dict(self.logged))
            print(epoch, self.history[-1])
        return self.history


def load_dataset(folder):
    return TensorDataset(*(torch.from_numpy(np.load(os.path.join(folder, f))) for f in ("x.npy", "y.npy")))


class PulseDataModule:
    def __init__(self, root, batch_size):
        self.root, self.batch_size = root, batch_size

    def train_dataloader(self):
        return DataLoader(load_dataset(f"{self.root}/train"), self.batch_size, shuffle=True)

    def val_dataloader(self):
        return DataLoader(load_dataset(f"{self.root}/valid"), self.batch_size)

    def test_dataloader(self):
        return DataLoader(load_dataset(f"{self.root}/test"), self.batch_size)


if __name__ == "__main__":
    prepare("data", "npy")
    dm = PulseDataModule("npy", 16)
    m = MyMLP(dm.train_dataloader().dataset.tensors[0][0].numel())
    Trainer(30).fit(m, dm.train_dataloader(), dm.val_dataloader())
