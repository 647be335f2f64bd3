/** An XMLHttpRequest whose other end is the test. */
export class FakeUpload extends EventTarget {
  static readonly all: FakeUpload[] = [];
  readonly upload = new EventTarget();
  status = 0;
  responseText = '';
  aborted = false;

  static get last(): FakeUpload {
    const upload = FakeUpload.all.at(-1);
    if (!upload) throw new Error('nothing was sent');
    return upload;
  }

  open(): void {}
  setRequestHeader(): void {}
  getResponseHeader(): null {
    return null;
  }

  send(): void {
    FakeUpload.all.push(this);
  }

  abort(): void {
    this.aborted = true;
    this.dispatchEvent(new Event('abort'));
  }

  /** A part of the bytes, 0 … 1. */
  sends(part: number): void {
    const total = 1_000;
    this.upload.dispatchEvent(new ProgressEvent('progress', { loaded: part * total, total }));
    if (part === 1) this.upload.dispatchEvent(new Event('load'));
  }

  answers(status: number, body: object): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.dispatchEvent(new Event('load'));
  }
}
