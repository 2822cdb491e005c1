"""The same net with PyTorch, eager float32. Reads one line of JSON, then steps for every line that follows.

The first line: {"layers": [...], "weights": [[{"shape", "values"}]], "images", "labels", "threads", "device",
"learningRate", "momentum", "epsilon"}; numbers are float32 in base64. Answers with one line of JSON each.
"""

import base64
import json
import sys
import time

import torch
from torch.nn import functional as F


def numbers(text, shape):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32).reshape(shape).clone()


def answer(**values):
    print(json.dumps(values), flush=True)


spec = json.loads(sys.stdin.readline())
if spec["threads"]:
    torch.set_num_threads(spec["threads"])
device = spec["device"] or ("cuda" if torch.cuda.is_available() else "cpu")
torch.backends.cudnn.benchmark = True
# Eager float32 as PyTorch has it out of the box; cuDNN's convolutions then use TF32 unless told otherwise.
torch.backends.cudnn.allow_tf32 = False
labels = torch.tensor(list(base64.b64decode(spec["labels"]))).to(device)
size = labels.shape[0]
images = numbers(spec["images"], (size, 32, 32, 3)).permute(0, 3, 1, 2).contiguous().to(device)


class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = torch.nn.ModuleList(self.part(*pair) for pair in zip(spec["layers"], spec["weights"]))

    def part(self, layer, weights):
        values = [numbers(weight["values"], weight["shape"]) for weight in weights]
        kind = layer["kind"]
        if kind == "conv":
            kernel = layer["kernel"]
            part = torch.nn.Conv2d(
                layer["inChannels"], layer["outChannels"], kernel, layer["stride"], (kernel - 1) // 2, bias=False
            )
            part.weight.data = values[0].permute(3, 2, 0, 1).contiguous()
        elif kind == "batchNorm":
            part = torch.nn.BatchNorm2d(layer["channels"], eps=spec["epsilon"])
            part.weight.data, part.bias.data = values[0][0].clone(), values[0][1].clone()
        elif kind == "dense":
            part = torch.nn.Linear(layer["inChannels"], layer["outChannels"])
            part.weight.data, part.bias.data = values[0].t().contiguous(), values[1]
        else:
            part = torch.nn.Identity()
        return part

    def forward(self, x):
        outputs = {-1: x}
        for i, (layer, part) in enumerate(zip(spec["layers"], self.parts)):
            y = part(outputs[layer["input"]])
            if layer["kind"] == "batchNorm":
                if layer["residual"] is not None:
                    y = y + outputs[layer["residual"]]
                if layer["relu"]:
                    y = F.relu(y)
            elif layer["kind"] == "padShortcut":
                added = layer["outChannels"] - layer["inChannels"]
                y = y[:, :, :: layer["stride"], :: layer["stride"]]
                y = F.pad(y, (0, 0, 0, 0, added // 2, added - added // 2))
            elif layer["kind"] == "globalAveragePool":
                y = y.mean((2, 3))
            outputs[i] = y
        return y


net = Net().to(device).train()
optimizer = torch.optim.SGD(net.parameters(), lr=spec["learningRate"], momentum=spec["momentum"])
name = torch.cuda.get_device_name() if device == "cuda" else f"{torch.get_num_threads()} CPU threads"
answer(device=f"PyTorch {torch.__version__}, {name}")

for _ in sys.stdin:
    begun = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = F.cross_entropy(net(images), labels)
    loss.backward()
    optimizer.step()
    value = loss.item()
    if device == "cuda":
        torch.cuda.synchronize()
    answer(milliseconds=1000 * (time.perf_counter() - begun), loss=value)
