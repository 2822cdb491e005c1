/** What the worker that looks into nets does with its commands; it needs no worker, only a way to post and a device. */
import type { TensorLike, TrainingOps } from '../../kernels/ops.ts';
import { HelperError } from '../../kernels/wasm/threads/helperError.ts';
import type { Images } from '../../inside/images.ts';
import { LookCancelled, type Computation } from '../../inside/look.ts';
import { LookedNet } from '../../inside/lookedNet.ts';
import type { Clock } from '../../model/clock.ts';
import { toFailure } from '../../protocol/failure.ts';
import type { InsideCommand, InsideMessage } from '../../protocol/inside.ts';
import { PROTOCOL_VERSION } from '../../protocol/protocol.ts';
import { ProtocolError } from '../../protocol/protocolError.ts';

type OpenCommand = Extract<InsideCommand, { kind: 'open' }>;
type LookCommand = Extract<InsideCommand, { kind: 'look' }>;

/** Seconds after which a look gets the other threads. */
const LONG = 1;

export interface InsideHandlerOptions<T extends TensorLike> {
  readonly post: (message: InsideMessage) => void;
  /** Starts the device. Rejects with a DeviceError if it cannot be used, and tells `onFailure` if it is lost later. */
  readonly openOps: (
    device: OpenCommand['device'],
    onFailure: (error: Error) => void,
  ) => Promise<TrainingOps<T>>;
  readonly imagesAt: (url: string) => Images;
  /** Of a view, by its id; what checks its question is part of it. Rejects with a ProtocolError if there is none. */
  readonly computation: (view: string) => Promise<Computation<unknown, unknown>>;
  readonly clock: Clock;
  /** Resolves once the worker has heard what was said to it, and others have had the processor. */
  readonly breathe: () => Promise<void>;
}

export function createInsideHandler<T extends TensorLike>({
  post,
  openOps,
  imagesAt,
  computation,
  clock,
  breathe,
}: InsideHandlerOptions<T>): (command: InsideCommand) => void {
  let ops: Promise<TrainingOps<T>> | undefined;
  let images: Images | undefined;
  /** What has been asked for, and is still wanted. */
  const wanted = new Set<number>();
  let lost: Error | undefined;
  /** Threads of the device, and whether lanes have them. */
  let threads = 1;
  let lanesTrain = false;
  /** The looks before: a device computes one of them at a time. */
  let before: Promise<void> = Promise.resolve();

  function open({ version, device, url }: OpenCommand): void {
    threads = device.threads;
    // The types say that it is equal; a page left open over an update sends another.
    const mismatch = (version as number) !== PROTOCOL_VERSION;
    ops = mismatch
      ? Promise.reject(
          new ProtocolError('The page and the worker that looks into nets are of different versions: load the page again.'), // prettier-ignore
        )
      : openOps(device, (error) => (lost = error));
    // Whoever looks is told.
    ops.catch(() => undefined);
    images = imagesAt(url);
  }

  async function look({ id, view, nets: given, question }: LookCommand): Promise<void> {
    const mustBeWanted = () => {
      if (lost) throw lost;
      if (!wanted.has(id)) throw new LookCancelled();
    };
    mustBeWanted();
    if (!ops || !images) throw new ProtocolError('Nets were to be looked into before the device was opened.');
    const [device, compute] = await Promise.all([ops, computation(view)]);
    mustBeWanted();
    const nets: LookedNet<T>[] = [];
    try {
      for (const net of given) nets.push(await LookedNet.open(device, net));
      const begun = clock.seconds();
      const turn = async () => {
        await breathe();
        mustBeWanted();
        const isLong = clock.seconds() - begun > LONG;
        // What is quickly done is done before they have started.
        if (isLong && !lanesTrain) void device.useThreads?.(threads);
      };
      const tell = (done: number, total: number, soFar?: unknown) => {
        if (wanted.has(id))
          post({ kind: 'progress', id, done, total, ...(soFar !== undefined && { soFar }) });
      };
      const looked = { ops: device, nets, images, turn, tell };
      const answer = await compute(looked, question).catch(async (error: unknown) => {
        if (!(error instanceof HelperError)) throw error;
        // Again, without the thread that was lost.
        threads = 1;
        await device.useThreads?.(1);
        return compute(looked, question);
      });
      mustBeWanted();
      post({ kind: 'answer', id, answer });
    } catch (error) {
      throw device.explain?.(error) ?? error;
    } finally {
      for (const net of nets) net.dispose();
    }
  }

  async function yieldTo(train: boolean): Promise<void> {
    lanesTrain = train;
    if (train) await (await ops)?.useThreads?.(1);
  }

  return (command) => {
    switch (command.kind) {
      case 'open':
        open(command);
        return;
      case 'lanes':
        // A device that does not open is told of by whoever looks.
        yieldTo(command.train).catch(() => undefined);
        return;
      case 'cancel':
        wanted.delete(command.id);
        return;
      case 'look':
        wanted.add(command.id);
        before = before
          .then(() => look(command))
          .catch((error: unknown) => {
            if (!(error instanceof LookCancelled)) post({ kind: 'failure', id: command.id, failure: toFailure(error) }); // prettier-ignore
          })
          .finally(() => wanted.delete(command.id));
        return;
    }
  };
}
