declare module '*.py?raw' {
  const text: string;
  // eslint-disable-next-line no-restricted-syntax -- so Vite gives a file's text
  export default text;
}
