/** Where a server can be reached, and what a person who starts it is told. */
import { hostname, networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

/** Addresses of a page that is served: those for this machine alone, then those for others. */
export interface Addresses {
  readonly local: readonly string[];
  readonly network: readonly string[];
}

/** What is asked of the machine; a test gives another one. */
export interface Network {
  readonly name: string;
  readonly interfaces: Readonly<Record<string, readonly Interface[] | undefined>>;
}

type Interface = Pick<NetworkInterfaceInfo, 'address' | 'family' | 'internal'>;

const thisNetwork = (): Network => ({ name: hostname(), interfaces: networkInterfaces() });

/** Whether `host` means every address of the machine. */
export const isEverywhere = (host: string) => ['0.0.0.0', '::', '[::]', '*'].includes(host);

const isLoopback = (host: string) => /^(localhost|127(\.\d+){3}|::1)$/i.test(host);

const address = (host: string, port: number) => `http://${host.includes(':') ? `[${host}]` : host}:${port}/`;

/**
 * The addresses under which a server that listens on `host` and `port` answers. `ipv6` tells whether one that listens
 * everywhere does so by IPv6, too.
 */
export function addressesOf(
  host: string,
  port: number,
  ipv6: boolean,
  network: Network = thisNetwork(),
): Addresses {
  if (!isEverywhere(host))
    return isLoopback(host)
      ? { local: [address(host, port)], network: [] }
      : { local: [], network: [address(host, port)] };
  const outside = Object.values(network.interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal)
    // Browsers cannot open link-local IPv6: such an address names an interface, which no URL can.
    .filter(({ family, address: own }) => family === 'IPv4' || (ipv6 && !/^fe[89ab]/i.test(own)))
    .sort((a, b) => a.family.localeCompare(b.family))
    .map(({ address: own }) => own);
  const names = isLoopback(network.name) || network.name === '' ? [] : [network.name];
  return {
    local: [address('localhost', port)],
    network: [...new Set([...outside, ...names])].map((own) => address(own, port)),
  };
}

/** What stands in the terminal once the page is served. */
export function announcement({ local, network }: Addresses): string {
  const lines = ['Residual Playground', ...[...local, ...network].map((url) => `  ${url}`)];
  if (network.length > 0)
    lines.push(
      '',
      'Whoever reaches this machine, by whatever name, gets the page: nothing but the built page is served.',
      'Over plain http browsers give WebGPU and threads to localhost alone. On the other addresses nets train on',
      'WebAssembly with one thread. With https they have both: a proxy that holds a certificate in front of this',
      'server, dist/ on a host with https, or `npm start` on each machine.',
    );
  return ['', ...lines, '', 'Stop it with Ctrl+C.', ''].map((line) => line && `  ${line}`).join('\n');
}
