import numpy as np
import matplotlib.pyplot as plt

# generation des donnees
rng = np.random.default_rng(7)
n = 100
classe1 = rng.normal(loc=2.0, scale=1.0, size=(n, 2))
classe2 = rng.normal(loc=-2.0, scale=1.0, size=(n, 2))
donnees = np.vstack([classe1, classe2])
etiquettes = np.concatenate([np.ones(n), -np.ones(n)])

# apprentissage
poids = np.array([0.0, 0.0])
biais = 0.0
eta = 0.1
erreurs_epoques = []
for epoque in range(15):
    nb_erreurs = 0
    for i in range(len(donnees)):
        x = donnees[i]
        y = etiquettes[i]
        score = poids[0] * x[0] + poids[1] * x[1] + biais
        if score > 0:
            prediction = 1
        elif score < 0:
            prediction = -1
        else:
            prediction = 0
        if prediction != y:
            poids[0] = poids[0] + eta * y * x[0]
            poids[1] = poids[1] + eta * y * x[1]
            biais = biais + eta * y
            nb_erreurs = nb_erreurs + 1
    erreurs_epoques.append(nb_erreurs)
    print("epoque", epoque, "erreurs", nb_erreurs)
    if nb_erreurs == 0:
        print("convergence")
        break

# maillage
axe_x = np.linspace(-6, 6, 100)
axe_y = np.linspace(-6, 6, 100)
grille_x, grille_y = np.meshgrid(axe_x, axe_y)
Z = np.zeros((100, 100))
for i in range(100):
    for j in range(100):
        s = poids[0] * grille_x[i, j] + poids[1] * grille_y[i, j] + biais
        if s >= 0:
            Z[i, j] = 1
        else:
            Z[i, j] = -1

plt.contourf(grille_x, grille_y, Z, levels=[-1.5, 0, 1.5], colors=["lightblue", "lightyellow"])
plt.scatter(classe1[:, 0], classe1[:, 1], color="orange", label="classe +1")
plt.scatter(classe2[:, 0], classe2[:, 1], color="blue", label="classe -1")
xs = np.array([-6, 6])
plt.plot(xs, -(poids[0] * xs + biais) / poids[1], "k-", label="frontiere")
plt.ylim(-6, 6)
plt.legend()
plt.savefig("perceptron_frontiere.png")
plt.show()

plt.plot(erreurs_epoques)
plt.xlabel("epoque")
plt.ylabel("erreurs")
plt.savefig("erreurs.png")
plt.show()

# deuxieme experience : nuages plus proches
classe1b = rng.normal(loc=0.8, scale=1.0, size=(n, 2))
classe2b = rng.normal(loc=-0.8, scale=1.0, size=(n, 2))
donnees_b = np.vstack([classe1b, classe2b])
poids_b = np.array([0.0, 0.0])
biais_b = 0.0
erreurs_epoques_b = []
for epoque in range(15):
    nb_erreurs = 0
    for i in range(len(donnees_b)):
        if etiquettes[i] * (np.dot(poids_b, donnees_b[i]) + biais_b) <= 0:
            poids_b = poids_b + eta * etiquettes[i] * donnees_b[i]
            biais_b = biais_b + eta * etiquettes[i]
            nb_erreurs = nb_erreurs + 1
    erreurs_epoques_b.append(nb_erreurs)
    if nb_erreurs == 0:
        break
print(erreurs_epoques, erreurs_epoques_b)
