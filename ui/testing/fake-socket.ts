/** A WebSocket whose other end is the test. */
export class FakeSocket extends EventTarget {
  static readonly all: FakeSocket[] = [];
  readonly url: string;
  readonly sent: { id: string; command: string; data: unknown }[] = [];
  closed = false;
  /** Whether the other end says that it is there, as the box does, when it is asked. */
  answersPings = false;

  constructor(url: string) {
    super();
    this.url = url;
    FakeSocket.all.push(this);
  }

  static get last(): FakeSocket {
    const socket = FakeSocket.all.at(-1);
    if (!socket) throw new Error('nothing has connected');
    return socket;
  }

  send(text: string): void {
    const message = JSON.parse(text);
    this.sent.push(message);
    const { id, command } = message;
    if (!this.answersPings || command !== 'ping') return;
    queueMicrotask(() => this.say({ type: 'ack', id, data: {} }));
  }

  close(): void {
    this.closed = true;
  }

  say(message: object): void {
    this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(message) }));
  }

  hello(position = 1): void {
    this.say({ type: 'hello', at: '', data: { position, version: '1', room: 'main' } });
  }

  breaks(): void {
    this.dispatchEvent(new Event('close'));
  }
}
