import torch


def softmax(z):
    return torch.nn.functional.softmax(z, 1)


def one_hot(target, n_classes):
    return torch.zeros(len(target), n_classes).index_put_((torch.arange(len(target)), target), torch.tensor(1.0))


def nll_loss(probabilities, target):
    return torch.nn.functional.nll_loss((probabilities + 1e-10).log(), target)


def binary_cross_entropy(p, target):
    return torch.nn.functional.binary_cross_entropy(p, target.type_as(p))
