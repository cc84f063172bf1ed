import glob
import random

import torch
from PIL import Image
from torch.utils.data import DataLoader, Dataset
from torchvision import datasets, transforms


def mnist_loaders(batch_size=64):
    tr = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    train = datasets.MNIST("data", train=True, download=True, transform=tr)
    test = datasets.MNIST("data", train=False, download=True, transform=tr)
    return DataLoader(train, batch_size=batch_size, shuffle=True), DataLoader(test, batch_size=batch_size)


class Cracks(Dataset):
    tr = transforms.Compose([transforms.Grayscale(), transforms.Resize((64, 64)), transforms.ToTensor(), transforms.Normalize((0.5,), (0.5,))])

    def __init__(self, files):
        """The class is in the path: Positive or Negative."""
        self.files = files

    def __len__(self):
        return len(self.files)

    def __getitem__(self, i):
        f = self.files[i]
        return self.tr(Image.open(f)), torch.tensor(1.0 if "Positive" in f else 0.0)


def crack_loaders(batch_size=16, seed=7):
    r = random.Random(seed)
    parts = [[], [], []]
    for folder in ("Positive", "Negative"):
        files = sorted(glob.glob(folder + "/*.jpg"))
        r.shuffle(files)
        a, b = int(len(files) * 0.6), int(len(files) * 0.8)
        parts[0] += files[:a]
        parts[1] += files[a:b]
        parts[2] += files[b:]
    return [DataLoader(Cracks(p), batch_size=batch_size, shuffle=i == 0) for i, p in enumerate(parts)]
