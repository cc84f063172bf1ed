
from __future__ import print_function, division
import torch, time, copy, os, glob
import torch.nn as nn
import torch.optim as optim
from torch.optim import lr_scheduler
import numpy as np
import torchvision
from torchvision import datasets, models, transforms
import matplotlib.pyplot as plt
import pandas as pd

device = torch.device("cuda:0" if torch.cuda.is_available() else "cpu")

def load_mnist(batch_size=64, data_dir="./data"):
    tf = transforms.Compose([transforms.ToTensor(), transforms.Normalize((0.1307,), (0.3081,))])
    image_datasets = {x: datasets.MNIST(data_dir, train=(x == "train"), download=True, transform=tf) for x in ["train", "val"]}
    dataloaders = {x: torch.utils.data.DataLoader(image_datasets[x], batch_size=batch_size, shuffle=(x == "train"), num_workers=4) for x in ["train", "val"]}
    dataset_sizes = {x: len(image_datasets[x]) for x in ["train", "val"]}
    return dataloaders, dataset_sizes

class Regression(nn.Module):
    def __init__(self, input_size, num_classes):
        super().__init__()
        self.linear = nn.Linear(input_size, num_classes)
    def forward(self, x):
        return self.linear(x.reshape(-1, 784))

class ConvNet1(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2))
        self.fc = nn.Linear(32 * 13 * 13, num_classes)
    def forward(self, x):
        out = self.layer1(x)
        out = out.reshape(out.size(0), -1)
        return self.fc(out)

class ConvNet2(nn.Module):
    def __init__(self, num_classes):
        super().__init__()
        self.layer1 = nn.Sequential(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2, 2))
        self.layer2 = nn.Sequential(nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2, 2))
        self.fc1 = nn.Linear(64 * 5 * 5, 128)
        self.fc2 = nn.Linear(128, num_classes)
    def forward(self, x):
        out = self.layer2(self.layer1(x))
        return self.fc2(torch.relu(self.fc1(out.reshape(out.size(0), -1))))

def train_model(model, dataloaders, criterion, optimizer, scheduler=None, num_epochs=3):
    since = time.time()
    best_model_wts = copy.deepcopy(model.state_dict())
    best_acc = 0.0
    for epoch in range(num_epochs):
        print(f'Epoch {epoch}/{num_epochs - 1}')
        for phase in ['train', 'val']:
            if phase == 'train':
                model.train()
            else:
                model.eval()
            running_loss, running_corrects, n = 0.0, 0, 0
            for inputs, labels in dataloaders[phase]:
                inputs, labels = inputs.to(device), labels.to(device)
                optimizer.zero_grad()
                with torch.set_grad_enabled(phase == 'train'):
                    outputs = model(inputs)
                    if outputs.shape[1] == 1:
                        outputs = outputs.squeeze(1)
                        preds = (outputs > 0).float()
                    else:
                        _, preds = torch.max(outputs, 1)
                    loss = criterion(outputs, labels)
                    if phase == 'train':
                        loss.backward()
                        optimizer.step()
                running_loss += loss.item() * inputs.size(0)
                running_corrects += torch.sum(preds == labels.data)
                n += inputs.size(0)
            if phase == 'train' and scheduler is not None:
                scheduler.step()
            epoch_loss, epoch_acc = running_loss / n, running_corrects.double() / n
            print(f'{phase} Loss: {epoch_loss:.4f} Acc: {epoch_acc:.4f}')
            if phase == 'val' and epoch_acc > best_acc:
                best_acc = epoch_acc
                best_model_wts = copy.deepcopy(model.state_dict())
    print(f'Best val Acc: {best_acc:4f}')
    model.load_state_dict(best_model_wts)
    return model

def evaluate(model, loader, criterion, device):
    model.eval()
    loss, correct = 0, 0
    with torch.no_grad():
        for x, y in loader:
            x, y = x.to(device), y.to(device)
            out = model(x)
            loss += criterion(out, y).item()
            correct += (out.argmax(1) == y).sum().item()
    return loss / len(loader), 100 * correct / len(loader.dataset)

def count_parameters(model):
    table = {name: p.numel() for name, p in model.named_parameters() if p.requires_grad}
    total = sum(table.values())
    print(pd.Series(table))
    print(f"Total Trainable Params: {total}")
    return total

dataloaders, sizes = load_mnist()
for name, model in {"reg": Regression(784, 10), "CNN1": ConvNet1(10), "CNN2": ConvNet2(10)}.items():
    model = model.to(device)
    criterion = nn.CrossEntropyLoss()
    optimizer = optim.Adam(model.parameters(), lr=1e-3)
    model = train_model(model, dataloaders, criterion, optimizer, num_epochs=2)
    print(name, evaluate(model, dataloaders["val"], criterion, device), count_parameters(model))

root = "/kaggle/input/surface-crack-detection"
pos, neg = sorted(glob.glob(os.path.join(root, "Positive", "*.jpg"))), sorted(glob.glob(os.path.join(root, "Negative", "*.jpg")))
df = pd.DataFrame({"path": pos + neg, "label": [1.0] * len(pos) + [0.0] * len(neg)}).sample(frac=1, random_state=1).reset_index(drop=True)

class FissureDataset(torch.utils.data.Dataset):
    def __init__(self, paths, labels, size=64):
        self.paths, self.labels = list(paths), list(labels)
        self.tf = transforms.Compose([transforms.ToPILImage(), transforms.Grayscale(num_output_channels=1), transforms.Resize((size, size)), transforms.ToTensor(), transforms.Normalize(0.5, 0.5)])
    def __len__(self):
        return len(self.paths)
    def __getitem__(self, i):
        img = plt.imread(self.paths[i])
        return self.tf(img), torch.tensor(self.labels[i], dtype=torch.float)

n = len(df)
bounds = {"train": (0, int(.6 * n)), "val": (int(.6 * n), int(.8 * n)), "test": (int(.8 * n), n)}
crack_loaders = {k: torch.utils.data.DataLoader(FissureDataset(df.path[a:b].tolist(), df.label[a:b].tolist()), batch_size=16, shuffle=(k == "train")) for k, (a, b) in bounds.items()}

class CrackNet(nn.Module):
    def __init__(self, num_classes=1):
        super().__init__()
        self.conv = nn.Sequential(nn.Conv2d(1, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.AdaptiveMaxPool2d(4))
        self.fc = nn.Linear(64 * 16, num_classes)
    def forward(self, x):
        return self.fc(self.conv(x).flatten(1))

crack = CrackNet().to(device)
print("CrackNet parameters:", count_parameters(crack))
criterion = nn.BCEWithLogitsLoss()
optimizer = optim.Adam(crack.parameters(), lr=0.001)
crack = train_model(crack, crack_loaders, criterion, optimizer, lr_scheduler.StepLR(optimizer, 7, 0.1), num_epochs=3)
