import sys; sys.path.append("src")
from src.conv import *
from src.models import SmallCNN, FCN, FirstLayer
from src.utils import train, count_parameters
import numpy as np, torch
from torch.utils.data import TensorDataset, DataLoader
if __name__ == "__main__":
    ds = TensorDataset(torch.from_numpy(np.load("data/train_images.npy")), torch.from_numpy(np.load("data/train_labels.npy")))
    m = SmallCNN(3, 4)
    print(train(m, DataLoader(ds, 32, True), epochs=2))
