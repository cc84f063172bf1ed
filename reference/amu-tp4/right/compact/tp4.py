import glob, torch as t, torch.nn as nn, torch.nn.functional as F, torchvision.transforms.v2 as v2
from torchvision.datasets import MNIST
from torchvision.io import decode_image
from torch.utils.data import DataLoader as DL, Dataset
from sklearn.model_selection import train_test_split as tts

NORM = v2.Compose([v2.ToImage(), v2.ToDtype(t.float32, scale=True), v2.Normalize([0.1307], [0.3081])])
load_mnist = lambda batch_size=64: tuple(DL(MNIST("data", train=k, download=True, transform=NORM), batch_size, shuffle=k) for k in (True, False))
count_parameters = lambda m: sum(map(t.numel, m.parameters()))


class MultinomialRegression(nn.Sequential):
    def __init__(self): super().__init__(nn.Flatten(), nn.Linear(784, 10))


class CNN1(nn.Sequential):
    def __init__(self): super().__init__(nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.LazyLinear(10))


class CNN2(nn.Module):
    def __init__(self):
        super().__init__()
        self.c, self.d = nn.ModuleList([nn.Conv2d(1, 32, 3), nn.Conv2d(32, 64, 3)]), nn.ModuleList([nn.Linear(1600, 128), nn.Linear(128, 10)])

    def forward(self, x):
        for c in self.c: x = F.max_pool2d(c(x).relu(), 2)
        return self.d[1](self.d[0](x.flatten(1)).relu())


class CrackCNN(nn.Sequential):
    def __init__(self):
        blocks = [layer for i, o in ((1, 16), (16, 32), (32, 64)) for layer in (nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))]
        super().__init__(*blocks, nn.AdaptiveMaxPool2d(4), nn.Flatten(), nn.Linear(1024, 1))


class Dataset_fissures(Dataset):
    T = v2.Compose([v2.Grayscale(), v2.Resize((64, 64)), v2.ToDtype(t.float32, scale=True), v2.Normalize([.5], [.5])])
    def __init__(self, img_path, img_labels): self.p, self.y = img_path, img_labels
    def __len__(self): return len(self.p)
    def __getitem__(self, i): return self.T(decode_image(self.p[i])), t.tensor([self.y[i]]).float()


@t.no_grad()
def evaluate(model, loader):
    model.eval()
    hits = [(o[:, 0] > 0) == (y[:, 0] > 0) if (o := model(x)).shape[1] == 1 else o.argmax(1) == y for x, y in loader]
    return t.cat(hits).double().mean().mul(100).item()


def train(model, train_loader, valid_loader=None, epochs=3, lr=1e-3):
    opt, history = t.optim.Adam(model.parameters(), lr), []
    for _ in range(epochs):
        model.train()
        for x, y in train_loader:
            o = model(x)
            opt.zero_grad()
            (F.binary_cross_entropy_with_logits(o, y) if o.shape[1] == 1 else F.cross_entropy(o, y)).backward()
            opt.step()
        if valid_loader: history.append(evaluate(model, valid_loader))
    return history


if __name__ == "__main__":
    a, b = load_mnist()
    for m in (MultinomialRegression(), CNN1(), CNN2()): print(train(m, a, b, 1), f"{count_parameters(m):,} parameters")
    files = glob.glob("./*ive/*.jpg")
    y = [int("Pos" in f) for f in files]
    r, te, yr, yte = tts(files, y, test_size=.2, stratify=y)
    tr, va, ytr, yva = tts(r, yr, test_size=.25, stratify=yr)
    d = [DL(Dataset_fissures(*s), 16, shuffle=s[0] is tr) for s in ((tr, ytr), (va, yva), (te, yte))]
    m = CrackCNN()
    print(train(m, d[0], d[1], 1), evaluate(m, d[2]), count_parameters(m))
