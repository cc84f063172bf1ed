# Lucas D. / Inès M. - M1 info - UE73 TP2
import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset
from pathlib import Path
import pulses

dossier = Path('.')


def standardize(x, reference=None):
	# Global (mu, sigma). On a essaye par frequence aussi mais pas de gain visible sur valid.
	# Pourquoi standardiser : les log-amplitudes sont toutes negatives (vers -5), donc sans centrage toutes les entrees
	# poussent les neurones dans le meme sens et l'apprentissage demarre mal.
	src = reference
	if src is None:
		src = x
	moy = float(src.mean())
	ect = float(src.std())
	if ect == 0.0:
		return x - moy
	return (x - moy) / ect


def prepare(data_dir, out_dir):
	x1, y1 = pulses.build_spectrograms(Path(data_dir) / 'train')
	x2, y2 = pulses.build_spectrograms(Path(data_dir) / 'valid')
	x3, y3 = pulses.build_spectrograms(Path(data_dir) / 'test')
	for nom, x, y in [('train', x1, y1), ('valid', x2, y2), ('test', x3, y3)]:
		d = Path(out_dir) / nom
		d.mkdir(parents=True, exist_ok=True)
		np.save(d / 'x.npy', standardize(x, x1))
		np.save(d / 'y.npy', y)


class MyMLP(nn.Module):
	def __init__(self, input_size, h=100, dropout=0.5):
		super().__init__()
		self.input_size = input_size
		self.lin1 = nn.Linear(input_size, 4 * h)
		self.lin2 = nn.Linear(4 * h, 2 * h)
		self.lin3 = nn.Linear(2 * h, h)
		self.lin4 = nn.Linear(h, 1)
		self.d1 = nn.Dropout(dropout)
		self.d2 = nn.Dropout(dropout)
		self.d3 = nn.Dropout(dropout / 2)

	def forward(self, x):
		x = x.reshape(-1, self.input_size)
		x = self.d1(torch.relu(self.lin1(x)))
		x = self.d2(torch.relu(self.lin2(x)))
		x = self.d3(torch.relu(self.lin3(x)))
		return self.lin4(x)[:, 0]


def init_weights(m):
	if type(m) == nn.Linear:
		torch.nn.init.xavier_uniform_(m.weight)
		m.bias.data.fill_(0.01)


def load_dataset(folder):
	x = np.load(Path(folder) / 'x.npy').astype('float32')
	y = np.load(Path(folder) / 'y.npy').astype('float32')
	return TensorDataset(torch.from_numpy(x), torch.from_numpy(y))


def make_loaders(root, batch_size):
	res = {}
	for nom in ['train', 'valid', 'test']:
		ds = load_dataset(Path(root) / nom)
		if nom == 'train':
			res[nom] = DataLoader(ds, batch_size=batch_size, shuffle=True)
		else:
			res[nom] = DataLoader(ds, batch_size=batch_size, shuffle=False)
	return res['train'], res['valid'], res['test']


# metriques : targets et predictions sont des tableaux numpy de 0 et de 1

def accuracy(targets, predictions):
	return float((targets == predictions).sum()) / len(targets)


def precision(targets, predictions):
	if predictions.sum() == 0:
		return 1.0      # aucune alarme donc aucune fausse alarme (convention)
	return float(np.logical_and(targets, predictions).sum()) / float(predictions.sum())


def recall(targets, predictions):
	if targets.sum() == 0:
		return 1.0      # rien a trouver (convention)
	return float(np.logical_and(targets, predictions).sum()) / float(targets.sum())


def f1_score(targets, predictions):
	if targets.sum() + predictions.sum() == 0:
		return 1.0
	return 2.0 * float(np.logical_and(targets, predictions).sum()) / float(targets.sum() + predictions.sum())


def false_positive_rate(targets, predictions):
	neg = len(targets) - targets.sum()
	if neg == 0:
		return 0.0
	return float(np.logical_and(targets == 0, predictions == 1).sum()) / float(neg)


def false_negative_rate(targets, predictions):
	if targets.sum() == 0:
		return 0.0
	return float(np.logical_and(targets == 1, predictions == 0).sum()) / float(targets.sum())


def predire(model, loader):
	model.eval()
	c, r = [], []
	with torch.no_grad():
		for x, y in loader:
			r.append((torch.sigmoid(model(x)) > 0.5).numpy().astype(int))
			c.append(y.numpy().astype(int))
	return np.concatenate(c), np.concatenate(r)


def train(model, train_loader, valid_loader, epochs, lr):
	optimizer = torch.optim.RMSprop(model.parameters(), lr=lr)
	scheduler = torch.optim.lr_scheduler.MultiStepLR(optimizer, milestones=[epochs // 2, 3 * epochs // 4], gamma=0.3)
	criterion = nn.BCEWithLogitsLoss()
	historique = {}
	for epoch in range(epochs):
		model.train()
		for x, y in train_loader:
			optimizer.zero_grad()
			loss = criterion(model(x), y)
			loss.backward()
			optimizer.step()
		scheduler.step()
		resultats = {}
		for jeu, loader in (('train', train_loader), ('valid', valid_loader)):
			targets, predictions = predire(model, loader)
			resultats[jeu] = {
				'accuracy': accuracy(targets, predictions),
				'precision': precision(targets, predictions),
				'recall': recall(targets, predictions),
				'f1': f1_score(targets, predictions),
				'faux positifs': false_positive_rate(targets, predictions),
				'faux negatifs': false_negative_rate(targets, predictions),
			}
		historique[epoch] = resultats
		print('epoch %d/%d' % (epoch + 1, epochs))
		for jeu in resultats:
			print('\t' + jeu, ' '.join('%s: %.3f' % kv for kv in resultats[jeu].items()))
	return historique


def main():
	torch.manual_seed(0)
	prepare('data', 'prep')
	train_loader, valid_loader, test_loader = make_loaders('prep', 16)
	model = MyMLP(train_loader.dataset[0][0].numel())
	model.apply(init_weights)
	historique = train(model, train_loader, valid_loader, 10, 1e-3)
	t, p = predire(model, test_loader)
	print('accuracy test', accuracy(t, p))


if __name__ == '__main__':
	main()
