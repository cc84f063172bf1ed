import numpy as np
import matplotlib.pyplot as plt

np.random.seed(3)
n = 80
classe1 = np.random.randn(n, 2) + [2.5, 2.5]
classe2 = np.random.randn(n, 2) - [2.5, 2.5]
points = np.concatenate((classe1, classe2))
etiquettes = np.concatenate((np.ones(n), -1 * np.ones(n)))

poids = np.zeros(2)
biais = 0.0
eta = 0.1
historique = []
for epoque in range(15):
    erreurs = 0
    for i in range(len(points)):
        score = poids[0] * points[i, 0] + poids[1] * points[i, 1] + biais
        if etiquettes[i] * score <= 0:
            poids[0] = poids[0] + eta * etiquettes[i] * points[i, 0]
            poids[1] = poids[1] + eta * etiquettes[i] * points[i, 1]
            biais = biais + eta * etiquettes[i]
            erreurs = erreurs + 1
    historique.append(erreurs)
    print("epoque", epoque, ":", erreurs, "erreurs")
    if erreurs == 0:
        break

print("poids :", poids, "biais :", biais)

# frontiere
a = np.linspace(-6, 6, 200)
A, B = np.meshgrid(a, a)
Z = np.sign(poids[0] * A + poids[1] * B + biais)
plt.contourf(A, B, Z, alpha=0.3, cmap="bwr")
plt.plot(classe1[:, 0], classe1[:, 1], "ro", label="classe 1")
plt.plot(classe2[:, 0], classe2[:, 1], "b^", label="classe -1")
plt.legend()
plt.title("Frontiere du perceptron")
plt.savefig("perceptron_frontiere.png")
plt.show()

# autres essais : on change l'ecart et la variance
tous_les_historiques = {}
for ecart in [0.5, 1, 2, 4]:
    for sigma in [0.5, 1.5]:
        X2 = np.concatenate((sigma * np.random.randn(n, 2) + ecart, sigma * np.random.randn(n, 2) - ecart))
        w2 = np.zeros(2)
        b2 = 0
        h2 = []
        for ep in range(30):
            e = 0
            for i in range(len(X2)):
                if etiquettes[i] * (w2.dot(X2[i]) + b2) <= 0:
                    w2 = w2 + eta * etiquettes[i] * X2[i]
                    b2 = b2 + eta * etiquettes[i]
                    e += 1
            h2.append(e)
            if e == 0:
                break
        tous_les_historiques[(ecart, sigma)] = h2
        print("ecart", ecart, "sigma", sigma, "->", len(h2), "epoques, dernieres erreurs", h2[-1])
# Plus les nuages sont loin, plus ca converge vite. S'ils se melangent ca ne converge jamais.
