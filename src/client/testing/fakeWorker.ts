/** Stands in for a worker: keeps what it was sent, and says what the test has it say. */
export class FakeWorker<Command extends { readonly kind: string }, Message> extends EventTarget {
  readonly sent: Command[] = [];
  ended = false;
  onmessage = null;
  onmessageerror = null;
  onerror = null;
  constructor(private readonly answer: (command: Command) => Message | undefined = () => undefined) {
    super();
  }
  postMessage(command: Command): void {
    this.sent.push(command);
    const answer = this.ended ? undefined : this.answer(command);
    if (answer) this.say(answer);
  }
  terminate(): void {
    this.ended = true;
  }
  say(data: Message): void {
    this.dispatchEvent(new MessageEvent('message', { data }));
  }
  break(message: string): void {
    this.dispatchEvent(Object.assign(new Event('error'), { message }));
  }
  kinds(): string[] {
    return this.sent.map(({ kind }) => kind);
  }
}
