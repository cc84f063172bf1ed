import os
import sys
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader
from torch.utils.data import TensorDataset
from matplotlib import pyplot as plt

sys.path.append(os.getcwd())
import pulses as p


class Config:
    dataDir = "data"
    outDir = "sauvegarde"
    nbEpochs = 10
    batchSize = 16
    learningRate = 0.001
    hidden1 = 256
    hidden2 = 128
    hidden3 = 64
    dropout = 0.3


def standardizeData(x, reference=None):
    # Strategie : par frequence (bande). Un couple (mu_f, sigma_f) par bande, pris sur le train.
    # Le bruit n'a pas le meme niveau dans toutes les bandes, donc une bande calme mais utile serait
    # sinon negligee par le reseau. Impact attendu : convergence plus rapide.
    if reference is None:
        reference = x
    refByBand = np.moveaxis(reference, 1, 0).reshape(reference.shape[1], -1)   # (freq, n*time)
    mu = refByBand.mean(axis=1)
    sigma = refByBand.std(axis=1)
    sigma[sigma < 1e-8] = 1.0
    return (x - mu[None, :, None]) / sigma[None, :, None]


def prepareData(dataDir, outDir):
    xTrain, yTrain = p.build_spectrograms(os.path.join(dataDir, "train"))
    xValid, yValid = p.build_spectrograms(os.path.join(dataDir, "valid"))
    xTest, yTest = p.build_spectrograms(os.path.join(dataDir, "test"))

    everything = {
        "train": (standardizeData(xTrain, xTrain), yTrain),
        "valid": (standardizeData(xValid, xTrain), yValid),
        "test": (standardizeData(xTest, xTrain), yTest),
    }
    for name in everything:
        folder = os.path.join(outDir, name)
        if not os.path.exists(folder):
            os.makedirs(folder)
        np.save(os.path.join(folder, "x.npy"), everything[name][0])
        np.save(os.path.join(folder, "y.npy"), everything[name][1])


class MLP(nn.Module):
    def __init__(self, inputSize):
        super(MLP, self).__init__()
        self.fc1 = nn.Linear(inputSize, Config.hidden1)
        self.fc2 = nn.Linear(Config.hidden1, Config.hidden2)
        self.fc3 = nn.Linear(Config.hidden2, Config.hidden3)
        self.fc4 = nn.Linear(Config.hidden3, 1)
        self.dropout = nn.Dropout(p=Config.dropout)

    def forward(self, x):
        x = x.reshape(x.size(0), -1)
        x = self.dropout(nn.functional.relu(self.fc1(x)))
        x = self.dropout(nn.functional.relu(self.fc2(x)))
        x = self.dropout(nn.functional.relu(self.fc3(x)))
        x = nn.functional.relu(self.fc4(x))
        return x


def initWeights(model):
    for layer in [model.fc1, model.fc2, model.fc3, model.fc4]:
        torch.nn.init.xavier_uniform_(layer.weight)
        fanOut, fanIn = layer.weight.size()
        limit = np.sqrt(6.0 / (fanIn + fanOut))
        torch.nn.init.uniform_(layer.bias, a=-limit, b=limit)


def loadDataset(folder):
    x = np.load(os.path.join(folder, "x.npy"))
    y = np.load(os.path.join(folder, "y.npy"))
    xTensor = torch.tensor(x, dtype=torch.float32)
    yTensor = torch.tensor(y, dtype=torch.float32).view(-1, 1)
    return TensorDataset(xTensor, yTensor)


def getLoaders(root, batchSize):
    trainSet = loadDataset(os.path.join(root, "train"))
    validSet = loadDataset(os.path.join(root, "valid"))
    testSet = loadDataset(os.path.join(root, "test"))
    return (DataLoader(trainSet, batch_size=batchSize, shuffle=True),
            DataLoader(validSet, batch_size=batchSize, shuffle=False),
            DataLoader(testSet, batch_size=batchSize, shuffle=False))


def confusionCounts(yTrue, yPred):
    yTrue = np.asarray(yTrue).reshape(-1).astype(int)
    yPred = np.asarray(yPred).reshape(-1).astype(int)
    TP = int(((yTrue == 1) * (yPred == 1)).sum())
    TN = int(((yTrue == 0) * (yPred == 0)).sum())
    FP = int(((yTrue == 0) * (yPred == 1)).sum())
    FN = int(((yTrue == 1) * (yPred == 0)).sum())
    return TP, TN, FP, FN


def computeAccuracy(yTrue, yPred):
    TP, TN, FP, FN = confusionCounts(yTrue, yPred)
    return (TP + TN) / (TP + TN + FP + FN)


def computePrecision(yTrue, yPred):
    TP, TN, FP, FN = confusionCounts(yTrue, yPred)
    return TP / (TP + FP) if (TP + FP) > 0 else 0.0


def computeRecall(yTrue, yPred):
    TP, TN, FP, FN = confusionCounts(yTrue, yPred)
    return TP / (TP + FN) if (TP + FN) > 0 else 0.0


def computeF1(yTrue, yPred):
    precision = computePrecision(yTrue, yPred)
    recall = computeRecall(yTrue, yPred)
    return 2 * precision * recall / (precision + recall) if (precision + recall) > 0 else 0.0


def computeFPR(yTrue, yPred):
    TP, TN, FP, FN = confusionCounts(yTrue, yPred)
    return FP / (FP + TN) if (FP + TN) > 0 else 0.0


def computeFNR(yTrue, yPred):
    TP, TN, FP, FN = confusionCounts(yTrue, yPred)
    return FN / (FN + TP) if (FN + TP) > 0 else 0.0


def evaluateModel(model, loader):
    model.eval()
    yTrue, yPred = [], []
    with torch.no_grad():
        for x, y in loader:
            yPred.append((model(x) > 0).numpy())
            yTrue.append(y.numpy())
    yTrue, yPred = np.concatenate(yTrue), np.concatenate(yPred)
    return {"accuracy": computeAccuracy(yTrue, yPred), "precision": computePrecision(yTrue, yPred),
            "recall": computeRecall(yTrue, yPred), "f1Score": computeF1(yTrue, yPred),
            "falsePositiveRate": computeFPR(yTrue, yPred), "falseNegativeRate": computeFNR(yTrue, yPred)}


def trainModel(model, trainLoader, validLoader, nbEpochs, learningRate):
    initWeights(model)
    criterion = nn.BCEWithLogitsLoss()
    optimizer = torch.optim.AdamW(model.parameters(), lr=learningRate)
    scheduler = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr=learningRate,
                                                    total_steps=nbEpochs * len(trainLoader))
    history = {"trainLoss": [], "trainMetrics": [], "validMetrics": []}
    for epoch in range(nbEpochs):
        model.train()
        losses = []
        for xBatch, yBatch in trainLoader:
            optimizer.zero_grad()
            output = model(xBatch)
            loss = criterion(output, yBatch)
            loss.backward()
            optimizer.step()
            scheduler.step()
            losses.append(loss.item())
        history["trainLoss"].append(sum(losses) / len(losses))
        history["trainMetrics"].append(evaluateModel(model, trainLoader))
        history["validMetrics"].append(evaluateModel(model, validLoader))
        print("Epoch", epoch + 1, "loss", history["trainLoss"][-1])
        print("  train", history["trainMetrics"][-1])
        print("  valid", history["validMetrics"][-1])
    return history


if __name__ == "__main__":
    prepareData(Config.dataDir, Config.outDir)
    trainLoader, validLoader, testLoader = getLoaders(Config.outDir, Config.batchSize)
    model = MLP(trainLoader.dataset.tensors[0][0].numel())
    history = trainModel(model, trainLoader, validLoader, Config.nbEpochs, Config.learningRate)
    print("test", evaluateModel(model, testLoader))
    plt.plot(history["trainLoss"])
    plt.title("loss")
    plt.show()
