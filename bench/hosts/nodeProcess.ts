/** A bencher in a process of Node. */
import type { NodeBackend } from '../../cli/node/nodeBackends.ts';
import { openNodeOps, startNodeBackend } from '../../cli/node/nodeDevice.ts';
import type { BackendName } from '../../src/model/backends.ts';
import { installWebGpu } from '../../cli/node/dawn.ts';
import { Bencher, type Devices } from '../bencher.ts';
import { openWebGpuOps } from '../openWebGpuOps.ts';
import { type Call, answerCall } from '../remote.ts';

function nodeBackend(backend: BackendName): NodeBackend {
  if (backend === 'webgl') throw new RangeError('Node has no WebGL.');
  return backend;
}

const devices: Devices = {
  start: (backend, threads) => startNodeBackend(nodeBackend(backend), threads),
  async openOps(backend, threads) {
    if (backend !== 'webgpu') return openNodeOps(nodeBackend(backend), { threads });
    const missing = await installWebGpu();
    if (missing !== null) throw new Error(missing);
    return openWebGpuOps();
  },
};

const bencher = new Bencher(devices);
process.on('message', (call) => {
  void answerCall(bencher, call as Call).then((answer) => process.send?.(answer));
});
