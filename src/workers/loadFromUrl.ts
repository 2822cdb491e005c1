/** The bytes at an address. Rejects with an Error that names it if they cannot be had. */
export async function loadFromUrl(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} could not be loaded (HTTP ${response.status}).`);
  return response.arrayBuffer();
}
