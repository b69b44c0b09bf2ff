import type { SocketLike } from "../routing/room-socket.ts";

/** A socket whose other end is the test. */
export class FakeSocket implements SocketLike {
  onmessage: ((event: MessageEvent) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  readonly sent: { event?: string; data?: unknown; id?: number; ack?: number }[] = [];
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

  /** Lets the client in: as a newcomer with a seat, unless told otherwise. */
  welcome(session: { token?: string | undefined; resumed?: boolean; handled?: number } = {}): void {
    this.receive({ session: { id: "s1", token: "seat", resumed: false, handled: 0, graceMs: 20_000, ...session } });
  }

  end(code: number, reason = ""): void {
    this.onclose?.(new CloseEvent("close", { code, reason }));
  }
}
