/**
 * The headers that go with every answer of scripts/serve.ts; what of them index.html itself can say on hosts that send none; and what
 * the service worker adds there to what it answers with. Another host that can send headers takes them from here.
 */

/** What a browser asks for before it gives a page SharedArrayBuffer, and with it WASM threads. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

/** Everything comes from where the page comes from, and nothing is evaluated but WebAssembly. */
const PAGE_POLICY = [
  "default-src 'none'",
  // Compiling WebAssembly counts as evaluation; JavaScript's eval stays forbidden.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "worker-src 'self'",
  // A chart becomes a PNG by way of an SVG in a data: address.
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  // The page can be installed.
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
] as const;

/** For `<meta http-equiv>`, which may not say who frames the page. */
export const META_POLICY = PAGE_POLICY.join('; ');

export const CONTENT_SECURITY_POLICY = `${META_POLICY}; frame-ancestors 'self'`;

/** Powers of a browser that the page never uses; it keeps the camera (for a picture that nets answer), the clipboard and the full screen, for itself alone. */
const DENIED_FEATURES = [
  'accelerometer',
  'autoplay',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'xr-spatial-tracking',
] as const;

const PERMISSIONS_POLICY = [
  ...DENIED_FEATURES.map((feature) => `${feature}=()`),
  'camera=(self)',
  'clipboard-write=(self)',
  'fullscreen=(self)',
].join(', ');

/** On every answer, errors included: workers and WebAssembly ask for them as the page does. */
export const SECURITY_HEADERS = {
  ...ISOLATION_HEADERS,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Permissions-Policy': PERMISSIONS_POLICY,
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;
