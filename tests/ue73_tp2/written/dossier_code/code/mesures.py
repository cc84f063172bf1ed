# toutes les fonctions prennent (verite, prediction)
def _q(a, b):
    return float(a) / float(b) if float(b) else 0.0


def exactitude(verite, prediction):
    return _q((verite == prediction).sum(), len(verite))


def precision(verite, prediction):
    return _q((verite * prediction).sum(), prediction.sum())


def rappel(verite, prediction):
    return _q((verite * prediction).sum(), verite.sum())


def f1(verite, prediction):
    return _q(2 * (verite * prediction).sum(), verite.sum() + prediction.sum())


def tfp(verite, prediction):
    return _q(((1 - verite) * prediction).sum(), (1 - verite).sum())


def tfn(verite, prediction):
    return _q((verite * (1 - prediction)).sum(), verite.sum())
