import { expect, test } from 'vitest';
import { addressesOf, announcement, type Network } from './addresses.ts';

const network: Network = {
  name: 'teacher',
  interfaces: {
    lo: [
      { address: '127.0.0.1', family: 'IPv4', internal: true },
      { address: '::1', family: 'IPv6', internal: true },
    ],
    wifi: [
      { address: 'fe80::1', family: 'IPv6', internal: false },
      { address: '2001:db8::7', family: 'IPv6', internal: false },
      { address: '192.0.2.7', family: 'IPv4', internal: false },
    ],
    bridge: [{ address: '192.0.2.7', family: 'IPv4', internal: false }],
    gone: undefined,
  },
};

test('everywhere is every address that a browser can open, each once, and the name', () => {
  for (const host of ['0.0.0.0', '::'])
    expect(addressesOf(host, 4173, true, network)).toEqual({
      local: ['http://localhost:4173/'],
      network: ['http://192.0.2.7:4173/', 'http://[2001:db8::7]:4173/', 'http://teacher:4173/'],
    });
});

test('without IPv6 no address of it is promised; a machine without a name has none', () => {
  expect(addressesOf('0.0.0.0', 80, false, { ...network, name: 'localhost' }).network).toEqual([
    'http://192.0.2.7:80/',
  ]);
});

test('one address is that address', () => {
  expect(addressesOf('localhost', 4173, true, network)).toEqual({
    local: ['http://localhost:4173/'],
    network: [],
  });
  expect(addressesOf('::1', 1, true, network).local).toEqual(['http://[::1]:1/']);
  expect(addressesOf('127.0.0.2', 1, false, network).local).toEqual(['http://127.0.0.2:1/']);
  expect(addressesOf('192.0.2.7', 1, false, network)).toEqual({
    local: [],
    network: ['http://192.0.2.7:1/'],
  });
  expect(addressesOf('2001:db8::7', 1, true, network).network).toEqual(['http://[2001:db8::7]:1/']);
});

test('who serves others is told what their browsers hide, and what gives it', () => {
  const alone = announcement(addressesOf('localhost', 4173, true, network));
  expect(alone).toContain('http://localhost:4173/');
  expect(alone).not.toContain('https');
  const others = announcement(addressesOf('0.0.0.0', 4173, true, network));
  expect(others).toContain('http://[2001:db8::7]:4173/');
  expect(others).toMatch(/WebGPU and threads to localhost alone[^]*With https they have both/);
  expect(others).toContain('by whatever name');
});
