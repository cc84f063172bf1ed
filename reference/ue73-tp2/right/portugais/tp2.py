# -*- coding: utf-8 -*-
import os, sys, time
import numpy as np
import torch
from torch import nn, optim
from torch.nn import functional as F
from torch.utils.data import Dataset, TensorDataset, DataLoader
from pulses import build_spectrograms

PASTAS = ['train', 'valid', 'test']


# 1.1 escolhi global: um só mu e um só sigma do treino. Assim os três conjuntos ficam na mesma escala.
def padronizar(x, referencia=None):
    if referencia is None:
        referencia = x
    mu = referencia.mean()
    sigma = referencia.std(ddof=1)
    return (x - mu) / (sigma + 1e-6)


def preparar(pasta_dados, pasta_saida):
    treino = None
    for p in PASTAS:
        x, y = build_spectrograms(os.path.join(pasta_dados, p))
        if treino is None:
            treino = x.copy()
        os.makedirs(os.path.join(pasta_saida, p), exist_ok=True)
        np.save(os.path.join(pasta_saida, p, 'x.npy'), padronizar(x, treino))
        np.save(os.path.join(pasta_saida, p, 'y.npy'), y.astype(bool))


def iniciar_xavier(m):
    if type(m) == nn.Linear:
        nn.init.xavier_uniform_(m.weight)
        nn.init.constant_(m.bias, 0.)


class MyMLP(nn.Module):
    def __init__(self, tam_entrada):
        super().__init__()
        self.c1 = nn.Linear(tam_entrada, 200)
        self.c2 = nn.Linear(200, 100)
        self.c3 = nn.Linear(100, 50)
        self.saida = nn.Linear(50, 1)
        self.apply(iniciar_xavier)

    def forward(self, x):
        x = torch.flatten(x, 1)
        for camada in (self.c1, self.c2, self.c3):
            x = F.dropout(F.relu(camada(x)), p=0.3, training=self.training)
        return self.saida(x).squeeze(1)


def carregar(pasta):
    x = np.load(os.path.join(pasta, 'x.npy')).astype(np.float32)
    y = np.load(os.path.join(pasta, 'y.npy')).astype(np.float32)
    return TensorDataset(torch.from_numpy(x), torch.from_numpy(y))


def carregadores(raiz, tam_lote):
    return [DataLoader(carregar(os.path.join(raiz, p)), batch_size=tam_lote, shuffle=(p == 'train')) for p in PASTAS]


def matriz(verdade, previsto):
    verdade = torch.as_tensor(verdade).float().view(-1)
    previsto = torch.as_tensor(previsto).float().view(-1)
    vp = float(torch.dot(verdade, previsto))
    fp = float(previsto.sum()) - vp
    fn = float(verdade.sum()) - vp
    vn = len(verdade) - vp - fp - fn
    return vp, fp, vn, fn


def acuracia(verdade, previsto):
    vp, fp, vn, fn = matriz(verdade, previsto)
    return (vp + vn) / len(verdade)


def precisao(verdade, previsto):
    vp, fp, vn, fn = matriz(verdade, previsto)
    try:
        return vp / (vp + fp)
    except ZeroDivisionError:
        return 0.0


def revocacao(verdade, previsto):
    vp, fp, vn, fn = matriz(verdade, previsto)
    try:
        return vp / (vp + fn)
    except ZeroDivisionError:
        return 0.0


def medida_f1(verdade, previsto):
    p, r = precisao(verdade, previsto), revocacao(verdade, previsto)
    return 2 * p * r / (p + r) if p + r > 0 else 0.0


def taxa_falsos_positivos(verdade, previsto):
    vp, fp, vn, fn = matriz(verdade, previsto)
    return fp / (fp + vn) if fp + vn else 0.0


def taxa_falsos_negativos(verdade, previsto):
    vp, fp, vn, fn = matriz(verdade, previsto)
    return fn / (fn + vp) if fn + vp else 0.0


METRICAS = {'acuracia': acuracia, 'precisao': precisao, 'revocacao': revocacao, 'f1': medida_f1,
            'taxa_falsos_positivos': taxa_falsos_positivos, 'taxa_falsos_negativos': taxa_falsos_negativos}


def avaliar(modelo, lotes, perda):
    modelo.eval()
    v, p, soma = [], [], 0.
    with torch.no_grad():
        for x, y in lotes:
            s = modelo(x)
            soma += perda(s, y).item()
            v.append(y)
            p.append((s > 0).float())
    v, p = torch.cat(v), torch.cat(p)
    res = {nome: f(v, p) for nome, f in METRICAS.items()}
    res['perda'] = soma / len(lotes)
    return res


def treinar(modelo, lotes_treino, lotes_valid, epocas=20, taxa=1e-3):
    perda = nn.BCEWithLogitsLoss()
    otim = optim.AdamW(modelo.parameters(), lr=taxa)
    agenda = optim.lr_scheduler.OneCycleLR(otim, max_lr=taxa, total_steps=epocas * len(lotes_treino))
    hist = {'treino': [], 'validacao': []}
    for e in range(epocas):
        modelo.train()
        for x, y in lotes_treino:
            otim.zero_grad()
            perda(modelo(x), y).backward()
            otim.step()
            agenda.step()
        hist['treino'].append(avaliar(modelo, lotes_treino, perda))
        hist['validacao'].append(avaliar(modelo, lotes_valid, perda))
        print(e, hist['treino'][-1], hist['validacao'][-1])
    return hist


if __name__ == '__main__':
    preparar('data', 'dados_npy')
    tr, va, te = carregadores('dados_npy', 16)
    m = MyMLP(32 * 24)
    treinar(m, tr, va)
