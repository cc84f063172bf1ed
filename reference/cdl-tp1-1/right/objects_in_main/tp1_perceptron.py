import numpy as np
import matplotlib.pyplot as plt


class MonPerceptron:
    def __init__(self):
        self.poids = None
        self.biais = 0.0
        self.historique = []

    def entrainer(self, X, y, eta=0.1, epochs=15):
        self.poids = np.zeros(X.shape[1])
        self.biais = 0.0
        self.historique = []
        for epoque in range(epochs):
            erreurs = 0
            for x, cible in zip(X, y):
                y_pred = self.predire(x)
                if y_pred != cible:
                    self.poids += eta * (cible - y_pred) * x
                    self.biais += eta * (cible - y_pred)
                    erreurs += 1
            self.historique.append(erreurs)
            if erreurs == 0:
                break

    def predire(self, X):
        return np.sign(X @ self.poids + self.biais)

    def afficher(self, X, y, nom):
        fig, ax = plt.subplots()
        a, b = np.meshgrid(np.linspace(-7, 7, 140), np.linspace(-7, 7, 140))
        ax.contourf(a, b, self.predire(np.column_stack((a.flatten(), b.flatten()))).reshape(a.shape), alpha=0.3)
        ax.scatter(X[:, 0], X[:, 1], c=y)
        plt.savefig(nom)
        plt.show()


def generer_donnees(ecart, sigma):
    g = np.random.default_rng(1)
    X = np.concatenate([g.normal(ecart, sigma, (70, 2)), g.normal(-ecart, sigma, (70, 2))])
    y = np.concatenate([np.ones(70), -np.ones(70)])
    return X, y


def main():
    p = MonPerceptron()
    X, y = generer_donnees(2, 1)
    p.entrainer(X, y)
    p.afficher(X, y, "perceptron_frontiere.png")
    historiques = []
    for sigma in (0.5, 1, 1.5, 2):
        q = MonPerceptron()
        q.entrainer(*generer_donnees(2, sigma))
        historiques.append(q.historique)
    print(p.historique, historiques)


main()
