"""Milliseconds of training steps in PyTorch on one thread, as JSON: torchStep.py DEPTH WIDTH BATCH STEPS."""

import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

WARM_UP = 2


class Block(nn.Module):
    def __init__(self, inputs, outputs, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outputs)
        self.conv2 = nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outputs)
        self.stride = stride
        self.front = (outputs - inputs) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.stride != 1:
            x = F.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.front, self.front))
        return F.relu(y + x)


def resnet(depth, width):
    layers = [nn.Conv2d(3, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    channels = width
    for stage in range(3):
        for block in range((depth - 2) // 6):
            layers.append(Block(channels, width << stage, 2 if stage and not block else 1))
            channels = width << stage
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(channels, 10))


depth, width, batch, steps = map(int, sys.argv[1:])
torch.set_num_threads(1)
torch.manual_seed(0)
# The layout that is faster here; NHWC is also what the browser's nets use.
net = resnet(depth, width).to(memory_format=torch.channels_last)
images = torch.randn(batch, 3, 32, 32).to(memory_format=torch.channels_last)
labels = torch.randint(0, 10, (batch,))
optimizer = torch.optim.SGD(net.parameters(), 0.01, 0.9, weight_decay=1e-4)
times = []
for step in range(WARM_UP + steps):
    if step == WARM_UP:
        before = time.process_time()
    start = time.perf_counter()
    loss = F.cross_entropy(net(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    times.append(1e3 * (time.perf_counter() - start))
computing = 1e3 * (time.process_time() - before) / steps
print(json.dumps({"times": times[WARM_UP:], "computing": computing}))
