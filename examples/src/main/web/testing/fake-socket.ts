import type { SocketLike } from "../routing/room-socket.ts";

/** A socket whose other end is the test. */
export class FakeSocket implements SocketLike {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: { event: string; data: unknown; id?: number }[] = [];
  closedWith: number | "no code" | undefined;

  constructor(readonly url: string, readonly protocols: string[]) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(code?: number): void {
    this.closedWith = code ?? "no code";
  }

  receive(frame: unknown): void {
    this.onmessage?.(new MessageEvent("message", { data: typeof frame === "string" ? frame : JSON.stringify(frame) }));
  }

  event(event: string, data: unknown): void {
    this.receive({ event, data });
  }

  end(code: number, reason = ""): void {
    this.onclose?.(new CloseEvent("close", { code, reason }));
  }
}
