#!/usr/bin/env python3
"""An experiment of Residual Playground, for PyTorch: the same nets, the same recipe, on any machine.

    python script.py                                  # every lane, one after another
    python script.py --lane plain-20 --steps 1000     # one of them, and not for so long
    torchrun --nproc_per_node=4 script.py             # on several GPUs: each takes its share of every batch

It needs PyTorch 1.13 or newer and NumPy, nothing else. The images come from --data, either of

    cifar-10-batches-py      "CIFAR-10 python version" of https://www.cs.toronto.edu/~kriz/cifar.html, unpacked
    public/datasets/cifar10  of Residual Playground: PNG shards and their manifest

--weights starts from the safetensors that the page saved (a file, or a folder with a LANE.safetensors for each lane)
instead of new random weights. For every lane --out gets LANE.csv, in the columns of the page's own export, and
LANE.safetensors, which the page reads.

What is the same as on the page: the nets and the names of their weights, initialisation, optimiser, schedule, normalisation,
augmentation, evaluation. What is not: the random numbers. With order "shuffled" or with augmentation the batches are others,
and without --weights the first weights are, too. In order "sequential" without augmentation, and from the same
weights, the losses are the page's, as far as float32 goes.

The nets and the recipe are those of K. He, X. Zhang, S. Ren, J. Sun: Deep Residual Learning for Image Recognition, 2015
(arXiv 1512.03385), section 4.2, unless EXPERIMENT says otherwise.
"""

import argparse
import base64
import csv
import json
import math
import os
import pickle
import struct
import sys
import time
import zlib

import numpy as np
import torch
import torch.distributed as dist
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint

# What was set on the page. Errors are shares from 0 to 1; exactly one of steps, epochs and minutes is the budget.
EXPERIMENT = {}


# ---------------------------------------------------------------------------------------------------------- the nets


def conv(inputs, outputs, kernel, stride=1):
    return nn.Conv2d(inputs, outputs, kernel, stride, padding=kernel // 2, bias=False)


class Block(nn.Module):
    """Two 3x3 convolutions (plain, basic), or 1x1, 3x3, 1x1 (bottleneck), and the way around them."""

    def __init__(self, kind, shortcut, inputs, filters, outputs, stride):
        super().__init__()
        if kind == "bottleneck":
            shapes = [(inputs, filters, 1, stride), (filters, filters, 3, 1), (filters, outputs, 1, 1)]
        else:
            shapes = [(inputs, filters, 3, stride), (filters, outputs, 3, 1)]
        self.layers = len(shapes)
        for i, shape in enumerate(shapes, 1):
            setattr(self, f"conv{i}", conv(*shape))
            setattr(self, f"bn{i}", nn.BatchNorm2d(shape[1]))
        self.skips = kind != "plain"
        self.stride, self.padding = stride, (outputs - inputs) // 2
        self.changes = stride != 1 or inputs != outputs
        # Option B projects where the shape changes, option C always. Option A needs no weights.
        if self.skips and (shortcut == "C" or (shortcut == "B" and self.changes)):
            self.shortcut = nn.Sequential(conv(inputs, outputs, 1, stride), nn.BatchNorm2d(outputs))

    def forward(self, x):
        y = x
        for i in range(1, self.layers + 1):
            y = getattr(self, f"bn{i}")(getattr(self, f"conv{i}")(y))
            if i < self.layers:
                y = F.relu(y)
        # The last ReLU comes after the addition.
        return F.relu(y + self.around(x)) if self.skips else F.relu(y)

    def around(self, x):
        if hasattr(self, "shortcut"):
            return self.shortcut(x)
        if not self.changes:
            return x
        # Option A: every second pixel, and the new channels are zero, half of them in front and half behind.
        x = x[:, :, :: self.stride, :: self.stride]
        return F.pad(x, (0, 0, 0, 0, self.padding, self.padding))


class Recomputed:
    """One pass through a block of which only the input is kept: its inside is computed again on the way back."""

    def __init__(self, block):
        self.block, self.again = block, False

    def __call__(self, x):
        norms = [m for m in self.block.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm)]
        momenta = [norm.momentum for norm in norms]
        if self.again:
            # Running statistics see each batch once.
            for norm in norms:
                norm.momentum = 0.0
        self.again = True
        try:
            return self.block(x)
        finally:
            for norm, momentum in zip(norms, momenta):
                norm.momentum = momentum


class Net(nn.Module):
    """A net of the paper's CIFAR family: 6n + 2 layers deep, or 9n + 2 with bottlenecks."""

    def __init__(self, depth, block, shortcut, width, recompute=False, **_):
        super().__init__()
        self.recompute = recompute
        per_block, expansion = (3, 4) if block == "bottleneck" else (2, 1)
        blocks = (depth - 2) // (3 * per_block)
        self.conv1, self.bn1 = conv(3, width, 3), nn.BatchNorm2d(width)
        channels = width
        for stage in range(3):
            filters = width << stage
            row = []
            for i in range(blocks):
                stride = 2 if stage > 0 and i == 0 else 1
                row.append(Block(block, shortcut, channels, filters, filters * expansion, stride))
                channels = filters * expansion
            setattr(self, f"layer{stage + 1}", nn.Sequential(*row))
        self.linear = nn.Linear(channels, 10)
        for module in self.modules():
            if isinstance(module, (nn.Conv2d, nn.Linear)):
                nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
        nn.init.zeros_(self.linear.bias)

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        for block in [*self.layer1, *self.layer2, *self.layer3]:
            if self.recompute and self.training:
                x = checkpoint(Recomputed(block), x, use_reentrant=False)
            else:
                x = block(x)
        return self.linear(x.mean((2, 3)))


# ------------------------------------------------------------------------------------------------------- the weights


def read_safetensors(path):
    """A file of float32 tensors by name. Eight bytes give the length of a JSON header, then come the tensors' bytes."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        body = file.read()
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__" or name.endswith("num_batches_tracked"):
            continue
        if entry["dtype"] != "F32":
            sys.exit(f"{path}: {name} is {entry['dtype']}, and only F32 can be read")
        first, last = entry["data_offsets"]
        values = np.frombuffer(body[first:last], "<f4").reshape(entry["shape"])
        tensors[name] = torch.from_numpy(values.copy())
    return tensors


def write_safetensors(path, tensors):
    header, blobs, end = {"__metadata__": {"format": "pt"}}, [], 0
    for name, tensor in tensors.items():
        if name.endswith("num_batches_tracked"):
            continue
        blob = tensor.detach().cpu().float().contiguous().numpy().tobytes()
        header[name] = {"dtype": "F32", "shape": list(tensor.shape), "data_offsets": [end, end + len(blob)]}
        blobs.append(blob)
        end += len(blob)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + b"".join(blobs))


def load_weights(net, path):
    tensors = read_safetensors(path)
    result = net.load_state_dict(tensors, strict=False)
    missing = [name for name in result.missing_keys if not name.endswith("num_batches_tracked")]
    if missing or result.unexpected_keys:
        sys.exit(f"{path} is of another net. Missing: {missing[:5]}; unknown: {result.unexpected_keys[:5]}")


# -------------------------------------------------------------------------------------------------------- the images


class Images:
    """Training and test images as bytes, [n, 3, 32, 32], in the order of their files; labels; statistics of the first."""

    def __init__(self, train, train_labels, test, test_labels):
        self.train, self.train_labels = torch.from_numpy(train), torch.from_numpy(train_labels)
        self.test, self.test_labels = torch.from_numpy(test), torch.from_numpy(test_labels)

    def statistics(self):
        """The mean training image, and mean and deviation of each channel; of pixels scaled to 0..1."""
        total = np.zeros((3, 32, 32))
        squares = np.zeros(3)
        for start in range(0, len(self.train), 5000):
            part = self.train[start : start + 5000].numpy() / 255.0
            total += part.sum(0)
            squares += (part**2).sum((0, 2, 3))
        image = total / len(self.train)
        mean = image.mean((1, 2))
        return image, mean, np.sqrt(squares / (len(self.train) * 1024) - mean**2)


def read_images(folder):
    inner = os.path.join(folder, "cifar-10-batches-py")
    if os.path.isdir(inner):
        folder = inner
    if os.path.exists(os.path.join(folder, "manifest.json")):
        return read_shards(folder)
    if os.path.exists(os.path.join(folder, "data_batch_1")):
        return read_pickles(folder)
    sys.exit(
        f"There is no CIFAR-10 in {folder!r}: it has neither data_batch_1 nor manifest.json. Unpack"
        " https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz and give its folder with --data."
    )


def read_pickles(folder):
    def read(names):
        batches = []
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                batches.append(pickle.load(file, encoding="bytes"))
        images = np.concatenate([batch[b"data"] for batch in batches]).reshape(-1, 3, 32, 32)
        return images, np.concatenate([np.array(batch[b"labels"], np.int64) for batch in batches])

    return Images(*read([f"data_batch_{i}" for i in range(1, 6)]), *read(["test_batch"]))


def read_shards(folder):
    """Residual Playground's own files: PNGs, 32 pixels wide, with the images one below the other."""
    with open(os.path.join(folder, "manifest.json")) as file:
        manifest = json.load(file)

    def read(shards):
        parts = []
        for start in range(0, len(shards), 10):
            group = [os.path.join(folder, shard["file"]) for shard in shards[start : start + 10]]
            parts.append(decode_pngs(group).reshape(-1, 32, 32, 3))
        images = np.ascontiguousarray(np.concatenate(parts).transpose(0, 3, 1, 2))
        labels = "".join(shard["labels"] for shard in shards)
        return images, np.frombuffer(labels.encode(), np.uint8).astype(np.int64) - ord("0")

    images = Images(*read(manifest["train"]), *read(manifest["test"]))
    pixels = np.frombuffer(base64.b64decode(manifest["meanImage"]), "<f4").reshape(32, 32, 3)
    known = pixels.transpose(2, 0, 1), np.array(manifest["mean"]), np.array(manifest["deviation"])
    images.statistics = lambda: known
    return images


def decode_pngs(paths):
    """8-bit RGB images, 32 pixels wide and equally high, [n, height, 32, 3]: all at once, since NumPy likes it so."""
    coded = []
    for path in paths:
        with open(path, "rb") as file:
            data = file.read()
        at, packed = 8, b""
        while at < len(data):
            (length,) = struct.unpack(">I", data[at : at + 4])
            if data[at + 4 : at + 8] == b"IDAT":
                packed += data[at + 8 : at + 8 + length]
            at += 12 + length
        coded.append(np.frombuffer(zlib.decompress(packed), np.uint8).reshape(-1, 1 + 96))
    coded = np.stack(coded)
    count, height = coded.shape[:2]
    # Each pixel was predicted from those left, above, and left above. Along a diagonal, y + x = d, they are independent.
    diagonals, x = height + 31, np.arange(32)
    y = np.arange(diagonals)[:, None] - x
    inside = (y >= 0) & (y < height)
    y = np.where(inside, y, 0)
    filters = coded[:, :, 0][:, y]
    differences = coded[:, :, 1:].reshape(count, height, 32, 3)[:, y, x].astype(np.int16)
    pixels = np.zeros((diagonals + 2, count, 33, 3), np.int16)
    for d in range(diagonals):
        left, above, corner = pixels[d + 1, :, :-1], pixels[d + 1, :, 1:], pixels[d, :, :-1]
        gradient = left + above - corner
        to_left, to_above, to_corner = abs(gradient - left), abs(gradient - above), abs(gradient - corner)
        nearest = np.where(to_above <= to_corner, above, corner)
        paeth = np.where((to_left <= to_above) & (to_left <= to_corner), left, nearest)
        kind = filters[:, d, :, None]
        predicted = np.choose(kind, [np.zeros_like(left), left, above, (left + above) >> 1, paeth])
        pixels[d + 2, :, 1:] = ((differences[:, d] + predicted) & 255) * inside[d][:, None]
    rows = np.arange(height)[:, None]
    return pixels[rows + x + 2, :, x + 1].transpose(2, 0, 1, 3).astype(np.uint8)


class Pipeline:
    """From bytes to what the net sees: normalised, and while training augmented."""

    def __init__(self, images, recipe, device):
        self.device, self.augments = device, recipe["augment"] == "paper"
        kind = recipe["normalisation"]
        pixels, mean, deviation = images.statistics()
        if kind == "per-pixel-mean":
            mean, deviation = pixels, np.ones(3)
        elif kind != "channel":
            mean, deviation = np.array(kind["mean"]), np.array(kind["std"])
        as_map = lambda a: torch.tensor(np.asarray(a, np.float32)).reshape(1, 3, *(a.shape[1:] or (1, 1))).to(device)
        self.mean, self.deviation = as_map(mean), as_map(deviation)

    def test(self, images):
        return (images.to(self.device).float() / 255 - self.mean) / self.deviation

    def train(self, images, crops):
        x = self.test(images)
        if not self.augments:
            return x
        # Pad 4 on each side with zeros; a random 32x32 crop of that or of its mirror image.
        top, left, flip = (crop.to(self.device) for crop in crops)
        x = F.pad(torch.where(flip.bool()[:, None, None, None], x.flip(3), x), (4, 4, 4, 4))
        span = torch.arange(32, device=self.device)
        which = torch.arange(len(x), device=self.device)[:, None, None]
        rows, columns = (top[:, None] + span)[:, :, None], (left[:, None] + span)[:, None, :]
        return x[which, :, rows, columns].permute(0, 3, 1, 2)


# ------------------------------------------------------------------------------------------------------- the recipe


def create_optimizer(net, config):
    """The learning rate is set before each step."""
    decay, rate = config["weightDecay"], config["learningRate"]
    scales = [p for m in net.modules() if isinstance(m, nn.modules.batchnorm._BatchNorm) for p in m.parameters()]
    chosen = {id(p) for p in scales}
    rest = [p for p in net.parameters() if id(p) not in chosen]
    scale_decay = decay if config["decayNormalisation"] else 0.0
    groups = [{"params": rest, "weight_decay": decay}, {"params": scales, "weight_decay": scale_decay}]
    if config["type"] == "sgd":
        return torch.optim.SGD(groups, rate, momentum=config["momentum"])
    if config["type"] == "adam":
        return torch.optim.Adam(groups, rate, betas=(0.9, 0.999), eps=1e-8)
    return torch.optim.RMSprop(groups, rate, alpha=0.99, eps=1e-8)


class Schedule:
    """The learning rate of the step that comes next. A warm-up replaces it until it ends."""

    def __init__(self, config, rate):
        self.config, self.base, self.warming = config, rate, config.get("warmUp")

    def rate(self, step, spent, errors):
        if self.warming:
            if "steps" in self.warming:
                over = step >= self.warming["steps"]
            else:
                # The training error of the last 100 steps; before there are so many it is taken for 1.
                recent = sum(errors[-100:]) / 100 if len(errors) >= 100 else 1.0
                over = recent < self.warming["untilError"]
            if not over:
                return self.warming["learningRate"]
            self.warming = None
        if self.config["type"] == "steps":
            return self.base * self.config["factor"] ** sum(step >= m for m in self.config["milestones"])
        if self.config["type"] == "cosine":
            return self.base * 0.5 * (1 + math.cos(math.pi * min(1.0, spent)))
        return self.base


class Processes:
    """This process among those that torchrun started; alone without it."""

    def __init__(self):
        self.count, self.rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
        cuda = torch.cuda.is_available()
        self.device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")
        if cuda:
            torch.cuda.set_device(self.device)
            torch.backends.cudnn.benchmark = True
        if self.count > 1:
            dist.init_process_group("nccl" if cuda else "gloo")

    def wrap(self, net):
        """One net in every process. With GPUs batch norm looks at the whole batch, as it does in one process."""
        net = net.to(self.device)
        if self.count == 1:
            return net
        if self.device.type == "cuda":
            net = nn.SyncBatchNorm.convert_sync_batchnorm(net)
            return nn.parallel.DistributedDataParallel(net, device_ids=[self.device.index])
        return nn.parallel.DistributedDataParallel(net)

    def sum(self, tensor):
        if self.count > 1:
            dist.all_reduce(tensor)
        return tensor

    def share(self, tensors):
        """The first process's values for all: without SyncBatchNorm each has running statistics of its own."""
        if self.count > 1:
            for tensor in tensors:
                dist.broadcast(tensor, 0)

    def say(self, text):
        if self.rank == 0:
            print(text, flush=True)


COLUMNS = [
    *("lane", "name", "step", "epoch", "training_seconds", "learning_rate"),
    *("training_loss", "training_error", "test_loss", "test_error", "test_images"),
]


def as_text(name):
    """A name that a spreadsheet does not take for a formula; the page takes the apostrophe away again."""
    return f"'{name}" if name.lstrip("'")[:1] in tuple("=+-@\t\r") else name


class Training:
    """One lane from its first step to its last."""

    def __init__(self, lane, recipe, images, processes, weights):
        self.lane, self.recipe, self.images, self.processes = lane, recipe, images, processes
        torch.manual_seed(recipe["seed"])
        net = Net(**lane["model"], recompute=recipe["recompute"])
        if weights:
            load_weights(net, weights)
        self.net = net.to(processes.device)
        self.wrapped = processes.wrap(self.net)
        optimizer = lane.get("optimizer") or recipe["optimizer"]
        self.optimizer = create_optimizer(self.wrapped, optimizer)
        own = {"warmUp": lane["warmUp"]} if lane.get("warmUp") else {}
        self.schedule = Schedule({**recipe["schedule"], **own}, optimizer["learningRate"])
        self.pipeline = Pipeline(images, recipe, processes.device)
        self.rows, self.errors, self.pending = [], [], []
        self.seconds, self.started = 0.0, time.perf_counter()

    def batches(self):
        """Indices of the whole batch, and where each image of it is cropped: the same in every process."""
        random = torch.Generator().manual_seed(self.recipe["seed"])
        size, total = self.recipe["batchSize"], len(self.images.train)
        shuffled = self.recipe["order"] == "shuffled"
        epoch = 0
        while True:
            order = torch.randperm(total, generator=random) if shuffled else torch.arange(total)
            for first in range(0, total, size):
                indices = order[first : first + size]
                crops = [torch.randint(n, (len(indices),), generator=random) for n in (9, 9, 2)]
                yield indices, crops, epoch + (first + len(indices)) / total
            epoch += 1

    def spent(self, step, epoch):
        """The share of the budget."""
        if "steps" in self.recipe:
            return step / self.recipe["steps"]
        if "epochs" in self.recipe:
            return epoch / self.recipe["epochs"]
        seconds = torch.tensor(self.seconds + time.perf_counter() - self.started, device=self.processes.device)
        return float(self.processes.sum(seconds)) / self.processes.count / (60 * self.recipe["minutes"])

    def run(self):
        evaluation = self.recipe["evaluation"]
        step, epoch, spent = 0, 0.0, 0.0
        watches = self.schedule.warming is not None and "untilError" in self.schedule.warming
        for indices, crops, epoch_after in self.batches():
            rate = self.schedule.rate(step, spent, self.errors)
            for group in self.optimizer.param_groups:
                group["lr"] = rate
            self.pending.append((step + 1, epoch_after, rate, self.step(indices, crops)))
            step, epoch = step + 1, epoch_after
            spent = self.spent(step, epoch)
            due = evaluation["every"] > 0 and step % evaluation["every"] == 0
            # Reading a number waits for the device, so many are read together.
            if due or spent >= 1 or watches or len(self.pending) >= 50:
                if not self.flush():
                    return
            if spent >= 1:
                break
            if due:
                self.evaluate(evaluation["images"])
        if evaluation["atEnd"]:
            self.evaluate(len(self.images.test))

    def step(self, indices, crops):
        """One update. Gives loss and error of the whole batch, still on the device."""
        own = slice(self.processes.rank, None, self.processes.count)
        mine = indices[own]
        x = self.pipeline.train(self.images.train[mine], [crop[own] for crop in crops])
        labels = self.images.train_labels[mine].to(self.processes.device)
        self.wrapped.train()
        logits = self.wrapped(x)
        smoothing = self.recipe["labelSmoothing"]
        loss = F.cross_entropy(logits, labels, reduction="sum", label_smoothing=smoothing) / len(indices)
        self.optimizer.zero_grad()
        # DistributedDataParallel takes the mean over processes, and what is wanted is the sum.
        (loss * self.processes.count).backward()
        self.optimizer.step()
        wrong = (logits.argmax(1) != labels).sum() / len(indices)
        return self.processes.sum(torch.stack([loss.detach(), wrong]))

    def flush(self):
        """Reads what is pending. False if the net has diverged."""
        values = torch.stack([metrics for *_, metrics in self.pending]).tolist() if self.pending else []
        now = time.perf_counter()
        begun, elapsed = self.seconds, now - self.started
        self.seconds, self.started = begun + elapsed, now
        pending, self.pending = self.pending, []
        for i, ((step, epoch, rate, _), (loss, error)) in enumerate(zip(pending, values), 1):
            seconds = begun + elapsed * i / len(pending)
            self.errors = [*self.errors[-99:], error]
            lane = [as_text(self.lane["id"]), as_text(self.lane["name"])]
            self.rows.append([*lane, step, epoch, seconds, rate, loss, error, "", "", ""])
            if not math.isfinite(loss):
                self.processes.say(f"{self.lane['name']}: diverged at step {step}: the loss is {loss}")
                return False
        if values:
            loss, error = np.mean(values, 0)
            self.processes.say(
                f"{self.lane['name']}, step {step}, epoch {epoch:.2f}, {self.seconds:.0f} s, rate {rate:g}:"
                f" training loss {loss:.3f}, error {100 * error:.1f}%"
            )
        return True

    @torch.no_grad()
    def evaluate(self, count):
        """The first `count` test images, with the running statistics."""
        self.net.eval()
        self.processes.share(self.net.buffers())
        count = min(count, len(self.images.test))
        sums = torch.zeros(2, dtype=torch.float64, device=self.processes.device)
        # Each process takes every so many-th batch of 200.
        for first in range(200 * self.processes.rank, count, 200 * self.processes.count):
            chosen = slice(first, min(first + 200, count))
            labels = self.images.test_labels[chosen].to(self.processes.device)
            logits = self.net(self.pipeline.test(self.images.test[chosen]))
            sums[0] += F.cross_entropy(logits, labels, reduction="sum").double()
            sums[1] += (logits.argmax(1) != labels).sum()
        loss, error = (self.processes.sum(sums) / count).tolist()
        self.rows[-1][-3:] = [loss, error, count]
        self.processes.say(f"{self.lane['name']}: test loss {loss:.3f}, error {100 * error:.2f}% of {count} images")
        self.started = time.perf_counter()

    def save(self, folder):
        if self.processes.rank != 0:
            return
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, self.lane["id"])
        with open(f"{path}.csv", "w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([COLUMNS, *self.rows])
        write_safetensors(f"{path}.safetensors", self.net.state_dict())
        print(f"{self.lane['name']}: {path}.csv and {path}.safetensors are written")


# -------------------------------------------------------------------------------------------------------------- main


def chosen_lanes(wanted):
    lanes = EXPERIMENT["lanes"]
    if wanted is None:
        return lanes
    found = [lane for lane in lanes if wanted in (lane["id"], lane["name"])]
    if not found:
        sys.exit(f"There is no lane {wanted!r}. There are: {', '.join(lane['name'] for lane in lanes)}")
    return found


def weights_of(lane, path, lanes):
    if path is None:
        return None
    if os.path.isdir(path):
        return os.path.join(path, f"{lane['id']}.safetensors")
    if len(lanes) > 1:
        sys.exit("--weights is one file, and there are several lanes: choose one with --lane, or give a folder")
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default="cifar-10-batches-py", help="folder with CIFAR-10 (%(default)s)")
    parser.add_argument("--lane", help="only this lane, by its name or id")
    parser.add_argument("--steps", type=int, help="budget in steps, instead of the experiment's")
    parser.add_argument("--seed", type=int, help="instead of the experiment's")
    parser.add_argument("--weights", help="safetensors to start from: a file, or a folder of LANE.safetensors")
    parser.add_argument("--out", default="out", help="folder for logs and weights (%(default)s)")
    options = parser.parse_args()

    recipe = dict(EXPERIMENT["recipe"])
    if options.steps is not None:
        for unit in ("epochs", "minutes"):
            recipe.pop(unit, None)
        recipe["steps"] = options.steps
    if options.seed is not None:
        recipe["seed"] = options.seed
    lanes = chosen_lanes(options.lane)
    images = read_images(options.data)
    processes = Processes()
    smallest = len(images.train) % recipe["batchSize"] or recipe["batchSize"]
    if smallest < processes.count:
        sys.exit(f"The last batch of an epoch has {smallest} images, too few for {processes.count} processes")
    for lane in lanes:
        training = Training(lane, recipe, images, processes, weights_of(lane, options.weights, lanes))
        training.run()
        training.save(options.out)
    if processes.count > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
