
import numpy as np
import copy



class Loss(object):
    def forward(self, y, yhat):
        pass
    def backward(self, y, yhat):
        pass

class MSELoss(Loss):
    def forward(self, y, yhat):
        return np.linalg.norm(y-yhat, axis=1)**2
    def backward(self, y, yhat):
        return 2*(yhat-y)

class Module(object):
    def __init__(self):
        self._parameters = None
        self._gradient = None
    def zero_grad(self):
        pass
    def forward(self, X):
        pass
    def update_parameters(self, gradient_step=1e-3):
        self._parameters -= gradient_step*self._gradient
    def backward_update_gradient(self, input, delta):
        pass
    def backward_delta(self, input, delta):
        pass

class Linear(Module):
    def __init__(self, input, output):
        self._input = input
        self._output = output
        self._parameters = 2*np.random.rand(input, output)-1
        self._biais = 2*np.random.rand(1, output)-1
        self._gradient = None
        self._gradient_biais = None
    def zero_grad(self):
        self._gradient = np.zeros((self._input, self._output))
        self._gradient_biais = np.zeros((1, self._output))
    def forward(self, X):
        return np.dot(X, self._parameters) + self._biais
    def update_parameters(self, gradient_step=1e-3):
        self._parameters -= gradient_step*self._gradient
        self._biais -= gradient_step*self._gradient_biais
    def backward_update_gradient(self, input, delta):
        self._gradient += np.dot(input.T, delta)
        self._gradient_biais += np.sum(delta, axis=0)
    def backward_delta(self, input, delta):
        return np.dot(delta, self._parameters.T)

class TanH(Module):
    def forward(self, X):
        return np.tanh(X)
    def backward_delta(self, input, delta):
        return (1 - np.tanh(input)**2)*delta
    def update_parameters(self, gradient_step=1e-3):
        pass

class Sigmoide(Module):
    def forward(self, X):
        return 1/(1+np.exp(-X))
    def backward_delta(self, input, delta):
        return (np.exp(-input)/((1+np.exp(-input))**2))*delta
    def update_parameters(self, gradient_step=1e-3):
        pass

class Softmax(Module):
    def forward(self, X):
        e = np.exp(X)
        return e/np.sum(e, axis=1).reshape((-1, 1))
    def backward_delta(self, input, delta):
        s = self.forward(input)
        return delta*(s*(1-s))
    def update_parameters(self, gradient_step=1e-3):
        pass

class CELoss(Loss):
    def forward(self, y, yhat):
        return 1 - np.sum(yhat*y, axis=1)
    def backward(self, y, yhat):
        return yhat - y

class CELogSoftmax(Loss):
    def forward(self, y, yhat):
        return np.log(np.sum(np.exp(yhat), axis=1) + 1e-10) - np.sum(y*yhat, axis=1)
    def backward(self, y, yhat):
        exp = np.exp(yhat)
        return exp/np.sum(exp, axis=1).reshape((-1, 1)) - y

class Sequentiel():
    def __init__(self, *args):
        self._modules = [*args]
    def add(self, module):
        self._modules.append(module)
    def forward(self, input):
        list_forwards = [input]
        for i in range(len(self._modules)):
            list_forwards.append(self._modules[i].forward(list_forwards[-1]))
        list_forwards.reverse()
        return list_forwards
    def backward(self, input, delta):
        list_deltas = [delta]
        for i, module in enumerate(np.flip(self._modules)):
            module.backward_update_gradient(input[i+1], list_deltas[-1])
            list_deltas.append(module.backward_delta(input[i+1], list_deltas[-1]))
        return list_deltas
    def update_parameters(self, gradient_step=1e-3):
        for module in self._modules:
            module.update_parameters(gradient_step)
            module.zero_grad()
    def zero_grad(self):
        for m in self._modules:
            m.zero_grad()
    def predict(self, x):
        return self.forward(x)[0]

class Optim():
    def __init__(self, net, loss=MSELoss, eps=1e-3):
        self._net = net
        self._loss = loss()
        self._eps = eps
    def step(self, batch_x, batch_y):
        forward = self._net.forward(batch_x)
        loss = self._loss.forward(batch_y, forward[0])
        self._net.zero_grad()
        self._net.backward(forward, self._loss.backward(batch_y, forward[0]))
        self._net.update_parameters(self._eps)
        return loss

def SGD(net, datax, datay, batch_size=10, nb_epochs=10, loss=MSELoss, eps=1e-3):
    optim = Optim(net, loss, eps)
    loss_list = []
    for i in range(nb_epochs):
        perm = np.random.permutation(len(datax))
        batches_x = np.array_split(datax[perm], len(datax)//batch_size)
        batches_y = np.array_split(datay[perm], len(datax)//batch_size)
        for x, y in zip(batches_x, batches_y):
            loss_list.append(optim.step(x, y).mean())
    return loss_list

class AutoEncodeur(Sequentiel):
    def __init__(self, dim, latent=2):
        super().__init__(Linear(dim, 20), TanH(), Linear(20, 10), TanH(), Linear(10, latent), TanH(),
          Linear(latent, 10), TanH(), Linear(10, 20), TanH(), Linear(20, dim), Sigmoide())

def add_noise(images, c=0.1):
    return np.clip(images + np.random.normal(0, c, images.shape), 0, 1)
