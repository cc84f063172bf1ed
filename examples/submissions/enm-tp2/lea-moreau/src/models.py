import torch.nn as nn
class FirstLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, kernel_size=7, padding=3, stride=2)
        self.act = nn.ReLU()
    def forward(self, x): return self.act(self.conv(x))
class SmallCNN(nn.Module):
    def __init__(self, in_channels, num_classes, img_size=16):
        super().__init__()
        self.block1 = nn.Sequential(nn.Conv2d(in_channels, 32, 5, padding=2), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2))
        self.block2 = nn.Sequential(nn.Conv2d(32, 64, 5, padding=2), nn.BatchNorm2d(64), nn.ReLU(), nn.MaxPool2d(2))
        self.fc = nn.Linear(64*(img_size//4)*(img_size//4), num_classes)
    def forward(self, x):
        x = self.block2(self.block1(x))
        return self.fc(x.flatten(start_dim=1))
class FCN(nn.Module):
    def __init__(self, in_channels, num_classes):
        super().__init__()
        self.enc = nn.Sequential(nn.Conv2d(in_channels, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2))
        self.head = nn.Conv2d(64, num_classes, 1)
        self.up = nn.Upsample(scale_factor=4)
    def forward(self, x): return self.up(self.head(self.enc(x)))
