from .data import CrackDataset, train_val_test_split
from .net import CrackNet
