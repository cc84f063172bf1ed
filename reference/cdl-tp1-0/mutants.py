"""Wrong ways to do it: each edit of the reference loses exactly the criteria it names, with that diagnosis."""

from graders.suite.mutant import Mutant

SQUARE = "    return x**2\n"
LOOP = "carres = []\nfor nombre in [1, 2, 3, 4, 5]:\n    carres.append(carre(nombre))\n"
DISTANCE = "        return (self.x**2 + self.y**2) ** 0.5\n"
SIN = 'plt.plot(x, np.sin(x), label="sin(x)", color="tab:blue")\n'
COS = 'plt.plot(x, np.cos(x), label="cos(x)", color="tab:red", linestyle="--")\n'
ANGLES = "x = np.linspace(0, 2 * np.pi, 200)\n"
CHOICE = 'device = torch.device("cuda" if torch.cuda.is_available() else "cpu")\n'
START = "    debut = time.perf_counter()\n"
PRODUCTS = "    for _ in range(iterations):\n        a @ b\n"
END = "    return time.perf_counter() - debut\n"

PYTHON = (
    Mutant("doubled", {"python.carre": "doubled"}, ((SQUARE, "    return x * 2\n"),)),
    Mutant(
        "square printed",
        {"python.carre": "prints-instead"},
        ((SQUARE, "    print(x**2)\n"),),
    ),
    Mutant(
        "nothing returned",
        {"python.carre": "returns-nothing"},
        ((SQUARE, "    resultat = x**2\n"),),
    ),
    Mutant(
        "doubled, and a list of other squares",
        {"python.carre": "doubled", "python.carres": "starts-at-zero"},
        ((SQUARE, "    return x * 2\n"), (LOOP, "carres = [i**2 for i in range(5)]\n")),
    ),
    Mutant("cube", {"python.carre": "cube"}, ((SQUARE, "    return x**3\n"),)),
    Mutant(
        "power of two",
        {"python.carre": "power-of-two"},
        ((SQUARE, "    return 2**x\n"),),
    ),
    Mutant(
        "exclusive or",
        {"python.carre": "raises|wrong-formula"},
        ((SQUARE, "    return x ^ 2\n"),),
    ),
    Mutant("integer square", {"python.carre": "integer-result"}, ((SQUARE, "    return int(x * x)\n"),)),
    Mutant("integer argument", {"python.carre": "integer-argument"}, ((SQUARE, "    return int(x) ** 2\n"),)),
    Mutant("rounded square", {"python.carre": "rounded"}, ((SQUARE, "    return round(x * x)\n"),)),
    Mutant("sign kept", {"python.carre": "sign-lost"}, ((SQUARE, "    return x * abs(x)\n"),)),
    Mutant("no arrays", {"python.carre": "arrays-refused"}, ((SQUARE, "    return x**2 if x > 0 else (-x) ** 2\n"),)),
    Mutant(
        "math.pow",
        {"python.carre": "arrays-refused"},
        ((SQUARE, "    import math\n\n    return math.pow(x, 2)\n"),),
    ),
    Mutant("list by hand", {"python.carres": "written-by-hand"}, ((LOOP, "carres = [1, 4, 9, 16, 25]\n"),)),
    Mutant(
        "range from zero",
        {"python.carres": "starts-at-zero"},
        (("for nombre in [1, 2, 3, 4, 5]", "for nombre in range(5)"),),
    ),
    Mutant(
        "range too short",
        {"python.carres": "one-short"},
        (("for nombre in [1, 2, 3, 4, 5]", "for nombre in range(1, 5)"),),
    ),
    Mutant(
        "ten squares",
        {"python.carres": "other-numbers"},
        (("for nombre in [1, 2, 3, 4, 5]", "for nombre in range(1, 11)"),),
    ),
    Mutant(
        "numbers appended",
        {"python.carres": "not-squared"},
        (("carres.append(carre(nombre))", "carres.append(nombre)"),),
    ),
    Mutant(
        "list made anew in the loop",
        {"python.carres": "only-the-last"},
        ((LOOP, "for nombre in [1, 2, 3, 4, 5]:\n    carres = []\n    carres.append(carre(nombre))\n"),),
    ),
    Mutant(
        "distance squared",
        {"python.point": "distance-squared"},
        ((DISTANCE, "        return self.x**2 + self.y**2\n"),),
    ),
    Mutant(
        "integer distance",
        {"python.point": "integer-result"},
        ((DISTANCE, "        return int((self.x**2 + self.y**2) ** 0.5)\n"),),
    ),
    Mutant(
        "rounded distance",
        {"python.point": "rounded"},
        ((DISTANCE, "        return round((self.x**2 + self.y**2) ** 0.5)\n"),),
    ),
    Mutant(
        "Manhattan", {"python.point": "sum-of-coordinates"}, ((DISTANCE, "        return abs(self.x) + abs(self.y)\n"),)
    ),
    Mutant(
        "difference of squares",
        {"python.point": "minus-between|raised"},
        ((DISTANCE, "        return abs(self.x**2 - self.y**2) ** 0.5\n"),),
    ),
    Mutant(
        "halved", {"python.point": "half-of-the-sum"}, ((DISTANCE, "        return (self.x**2 + self.y**2) * 0.5\n"),)
    ),
    Mutant(
        "parentheses forgotten",
        {"python.point": "one-dot-five"},
        ((DISTANCE, "        return self.x**2 + (self.y**2) ** 0.5\n"),),
    ),
    Mutant(
        "distance printed",
        {"python.point": "prints-instead"},
        ((DISTANCE, "        print((self.x**2 + self.y**2) ** 0.5)\n"),),
    ),
    Mutant(
        "self forgotten",
        {"python.point": "raised"},
        ((DISTANCE, "        return (abscisse**2 + ordonnee**2) ** 0.5\n"),),
    ),
    Mutant(
        "integer coordinates",
        {"python.point": "wrong-formula|integer-result"},
        (("        self.x = x\n        self.y = y\n", "        self.x = int(x)\n        self.y = int(y)\n"),),
    ),
    Mutant(
        "coordinates swapped",
        {"python.point": "attributes"},
        (("        self.x = x\n        self.y = y\n", "        self.x = y\n        self.y = x\n"),),
    ),
    Mutant(
        "no method",
        {"python.point": "no-distance"},
        (("    def distance_origine(self):\n", "    def _longueur_interne(self, autre):\n"),),
    ),
)

NUMPY = (
    Mutant("shapes swapped", {"numpy.constructors": "shape-swapped"}, (("np.zeros((2, 3))", "np.zeros((3, 2))"),)),
    Mutant(
        "both shapes swapped",
        {"numpy.constructors": "shape-swapped"},
        (("np.zeros((2, 3))", "np.zeros((3, 2))"), ("np.ones((3, 2))", "np.ones((2, 3))")),
    ),
    Mutant(
        "random instead of ones", {"numpy.constructors": "wrong-values"}, (("np.ones((3, 2))", "np.random.rand(3, 2)"),)
    ),
    Mutant("flat zeros", {"numpy.constructors": "wrong-shape"}, (("np.zeros((2, 3))", "np.zeros(6)"),)),
    Mutant(
        "list of zeros",
        {"numpy.constructors": "list-instead"},
        (("np.zeros((2, 3))", "[[0, 0, 0], [0, 0, 0]]"), ("print(zeros)", "type(zeros)")),
    ),
    Mutant("no ones", {"numpy.constructors": "missing"}, (("uns = np.ones((3, 2))\n", ""), ("print(uns)", "pass"))),
    Mutant(
        "no sum of lists", {"numpy.vectorised": "no-list-sum"}, (('print("liste + liste :", liste + liste)\n', ""),)
    ),
    Mutant(
        "no sum of arrays",
        {"numpy.vectorised": "no-array-sum"},
        (('print("tableau + tableau :", tableau + tableau)\n', ""),),
    ),
    Mutant(
        "arrays concatenated",
        {"numpy.vectorised": "no-array-sum"},
        (("tableau + tableau)", "np.concatenate([tableau, tableau]))"),),
    ),
    Mutant(
        "sums not shown",
        {"numpy.vectorised": "not-shown"},
        (
            ('print("liste + liste :", liste + liste)\n', "deux_listes = liste + liste\n"),
            ('print("tableau + tableau :", tableau + tableau)\n', "deux_tableaux = tableau + tableau\n"),
        ),
    ),
    Mutant(
        "nothing added",
        {"numpy.vectorised": "missing"},
        (
            ('print("liste + liste :", liste + liste)\n', ""),
            ('print("tableau + tableau :", tableau + tableau)\n', ""),
        ),
    ),
    Mutant(
        "elementwise product",
        {"numpy.matmul": "elementwise-product"},
        (("matrice_a @ matrice_b", "matrice_a * matrice_b"),),
    ),
    Mutant(
        "np.multiply",
        {"numpy.matmul": "elementwise-product"},
        (("matrice_a @ matrice_b", "np.multiply(matrice_a, matrice_b)"),),
    ),
    Mutant("matrices added", {"numpy.matmul": "sum-instead"}, (("matrice_a @ matrice_b", "matrice_a + matrice_b"),)),
    Mutant(
        "outer product",
        {"numpy.matmul": "wrong-product"},
        (("matrice_a @ matrice_b", "np.kron(matrice_a, matrice_b)"),),
    ),
    Mutant(
        "no product",
        {"numpy.matmul": "missing"},
        (("produit_matriciel = matrice_a @ matrice_b\n", ""), ("print(produit_matriciel)", "pass")),
    ),
)

FIGURE = (
    Mutant("one curve", {"figure.curves": "one-curve"}, ((COS, ""),)),
    Mutant("degrees given to sin", {"figure.curves": "degrees"}, ((ANGLES, "x = np.linspace(0, 360, 200)\n"),)),
    Mutant(
        "axis in degrees",
        {"figure.curves": "degrees"},
        (
            (ANGLES, "x = np.linspace(0, 360, 200)\n"),
            ("np.sin(x)", "np.sin(np.radians(x))"),
            ("np.cos(x)", "np.cos(np.radians(x))"),
        ),
    ),
    Mutant(
        "radians converted again",
        {"figure.curves": "degrees"},
        (("np.sin(x)", "np.sin(np.radians(x))"), ("np.cos(x)", "np.cos(np.radians(x))")),
    ),
    Mutant(
        "labels swapped",
        {"figure.curves": "labels-swapped"},
        (('label="sin(x)"', 'label="cos(x)"'), ('np.cos(x), label="cos(x)"', 'np.cos(x), label="sin(x)"')),
    ),
    Mutant(
        "legend in the wrong order",
        {"figure.curves": "labels-swapped"},
        (("plt.legend()", 'plt.legend(["cosinus", "sinus"])'),),
    ),
    Mutant("sin twice", {"figure.curves": "wrong-data"}, (("np.cos(x)", "np.sin(x)"),)),
    Mutant("tangent", {"figure.curves": "wrong-data"}, (("np.cos(x)", "np.tan(x)"),)),
    Mutant("half a turn", {"figure.curves": "other-interval"}, ((ANGLES, "x = np.linspace(0, np.pi, 200)\n"),)),
    Mutant("five places", {"figure.curves": "few-places"}, ((ANGLES, "x = np.linspace(0, 2 * np.pi, 5)\n"),)),
    Mutant("ten places", {"figure.curves": "few-places"}, ((ANGLES, "x = np.linspace(0, 2 * np.pi, 10)\n"),)),
    Mutant(
        "indices for angles",
        {"figure.curves": "other-curves|degrees"},
        ((SIN, SIN.replace("x, np", "np")), (COS, COS.replace("x, np", "np"))),
    ),
    Mutant("no title", {"figure.labels": "title-missing"}, (('plt.title("Sinus et cosinus")\n', ""),)),
    Mutant("no name of the axis", {"figure.labels": "xlabel-missing"}, (('plt.xlabel("angle (rad)")\n', ""),)),
    Mutant("no name of the values", {"figure.labels": "ylabel-missing"}, (('plt.ylabel("valeur")\n', ""),)),
    Mutant("no legend", {"figure.labels": "legend-missing"}, (("plt.legend()\n", ""),)),
    Mutant("no grid", {"figure.labels": "grid-missing"}, (("plt.grid(True)\n", ""),)),
    Mutant(
        "nothing named",
        {"figure.labels": "nothing-named"},
        (
            (
                'plt.title("Sinus et cosinus")\nplt.xlabel("angle (rad)")\nplt.ylabel("valeur")\nplt.grid(True)\nplt.legend()\n',
                "",
            ),
        ),
    ),
    Mutant(
        "titles after show",
        {"figure.labels": "title-missing"},
        (('plt.title("Sinus et cosinus")\n', ""), ("plt.show()\n", 'plt.show()\nplt.title("Sinus et cosinus")\n')),
    ),
    Mutant(
        "no curves",
        {"figure.curves": "missing"},
        (
            (SIN, ""),
            (COS, ""),
        ),
    ),
)

TORCH = (
    Mutant("hard-coded cuda", {"torch.device": "hard-coded-cuda"}, ((CHOICE, 'device = torch.device("cuda")\n'),)),
    Mutant(
        "cuda method",
        {"torch.device": "hard-coded-cuda"},
        (("tenseur = tenseur.to(device)\n", "tenseur = tenseur.cuda()\n"),),
    ),
    Mutant(
        "mixed devices",
        {"torch.device": "raised"},
        (("tenseur = tenseur.to(device)\n", "tenseur = tenseur.to(device) @ torch.ones(3)\n"),),
    ),
    Mutant(
        "never moved, nor timed",
        {"torch.device": "no-device", "torch.timing": "no-number"},
        (
            (CHOICE + "tenseur = tenseur.to(device)\n", ""),
            ('    if torch.device(device).type == "cuda":\n        torch.cuda.synchronize()\n', "    pass\n"),
            (
                '    if torch.cuda.is_available():\n        temps_gpu = mesurer("cuda", 500, 20)\n'
                '        print(f"carte graphique : {temps_gpu:.4f} s, {temps_cpu / temps_gpu:.1f} fois plus rapide")\n',
                "",
            ),
            (START + PRODUCTS, PRODUCTS),
            ("    attendre(device)\n" + END, "    return a\n"),
            ("    attendre(device)\n" + PRODUCTS, PRODUCTS),
            ("    temps_cpu = mesurer", "    resultat = mesurer"),
            ('    print(f"processeur : {temps_cpu:.4f} s")\n', ""),
        ),
    ),
    Mutant(
        "never moved, timed on the processor",
        {"torch.device": "no-device"},
        (
            (CHOICE + "tenseur = tenseur.to(device)\n", ""),
            ('    if torch.device(device).type == "cuda":\n        torch.cuda.synchronize()\n', "    pass\n"),
            (
                '    if torch.cuda.is_available():\n        temps_gpu = mesurer("cuda", 500, 20)\n'
                '        print(f"carte graphique : {temps_gpu:.4f} s, {temps_cpu / temps_gpu:.1f} fois plus rapide")\n',
                "",
            ),
        ),
    ),
    Mutant(
        "one product whatever is asked",
        {"torch.timing": "products-missing"},
        ((PRODUCTS, PRODUCTS.replace("range(iterations)", "range(1)")),),
    ),
    Mutant("empty region", {"torch.timing": "empty-region"}, ((START + PRODUCTS, PRODUCTS + START),)),
    Mutant(
        "mean", {"torch.timing": "mean-instead"}, ((END, "    return (time.perf_counter() - debut) / iterations\n"),)
    ),
    Mutant(
        "only the last product",
        {"torch.timing": "mean-instead|wrong-time|empty-region"},
        ((START + PRODUCTS, PRODUCTS.replace("a @ b", "debut = time.perf_counter()\n        a @ b")),),
    ),
    Mutant(
        "milliseconds", {"torch.timing": "milliseconds"}, ((END, "    return 1000 * (time.perf_counter() - debut)\n"),)
    ),
    Mutant("start minus end", {"torch.timing": "not-positive"}, ((END, "    return debut - time.perf_counter()\n"),)),
    Mutant(
        "time printed",
        {"torch.timing": "returns-nothing"},
        ((END, "    print(time.perf_counter() - debut)\n"), (':.4f} s")\n    if', '} s")\n    if')),
    ),
    Mutant("clock read once", {"torch.timing": "wrong-time"}, ((END, "    return time.perf_counter()\n"),)),
    Mutant(
        "not synchronised",
        {"torch.timing": "not-synchronised"},
        (('    if torch.device(device).type == "cuda":\n        torch.cuda.synchronize()\n', "    pass\n"),),
    ),
    Mutant(
        "synchronised too late",
        {"torch.timing": "not-synchronised"},
        (
            (
                START + PRODUCTS + "    attendre(device)\n" + END,
                START + PRODUCTS + "    temps = time.perf_counter() - debut\n    return temps\n",
            ),
        ),
    ),
    Mutant(
        "constant time",
        {"torch.timing": "wrong-time|empty-region|mean-instead|milliseconds"},
        ((END, "    return 12345.0\n"),),
    ),
)

MUTANTS = (*PYTHON, *NUMPY, *FIGURE, *TORCH)
