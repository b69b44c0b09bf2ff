import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { RoomApi } from "../routing/api.ts";
import type { Fetch } from "../routing/json-http.ts";
import { settled } from "../testing/manual-clock.ts";
import { Account, type Alone, type GrantStore } from "./account.ts";
import { AccountApi, type Grant } from "./account-api.ts";
import { nameProblem, passwordProblem } from "./account-rules.ts";

/** The storage that the windows of a browser share. */
class Shared implements GrantStore {
  grant: Grant | undefined = { username: "alice", token: "t1", refreshToken: "r1" };

  read(): Grant | undefined {
    return this.grant;
  }

  write(grant: Grant | undefined): void {
    this.grant = grant;
  }

  #last: Promise<unknown> = Promise.resolve();

  readonly alone: Alone = (work) => {
    const mine = this.#last.then(work, work);
    this.#last = mine.catch(() => undefined);
    return mine;
  };
}

/** A server that takes each refresh token once. */
class Server {
  readonly calls: string[] = [];
  token = "t2";
  refreshToken = "r1";
  failure: Response | Error | undefined;

  readonly fetch: Fetch = async (path, init) => {
    const body: Record<string, string> = init.body === undefined ? {} : JSON.parse(init.body as string);
    this.calls.push(`${path} ${body["refreshToken"] ?? (init.headers as Record<string, string>)["Authorization"] ?? ""}`.trim());
    await settled();
    if (this.failure instanceof Error) {
      throw this.failure;
    }
    if (this.failure !== undefined) {
      return this.failure;
    }
    if (path !== "/api/auth/refresh") {
      return this.#asked(path, init);
    }
    if (body["refreshToken"] !== this.refreshToken) {
      return new Response("{}", { status: 401 });
    }
    this.refreshToken = `${this.refreshToken}+`;
    return Response.json({ username: "alice", token: this.token, refreshToken: this.refreshToken });
  };

  #asked(path: string, init: RequestInit): Response {
    const isKnown = (init.headers as Record<string, string>)["Authorization"] === `Bearer ${this.token}`;
    return path.startsWith("/api/auth/") || isKnown ? Response.json({ roomId: "r1" }) : new Response("{}", { status: 401 });
  }
}

const account = (server: Server, shared: Shared): Account => new Account("alice", new AccountApi(server.fetch), shared, shared.alone);

Deno.test("a request whose token has run out is made again with a renewed one", async () => {
  const [server, shared] = [new Server(), new Shared()];
  const api = new RoomApi(server.fetch, account(server, shared));
  equal(await api.createRoom(), "r1");
  deepEqual(server.calls, ["/api/rooms Bearer t1", "/api/auth/refresh r1", "/api/rooms Bearer t2"]);
  deepEqual(shared.grant, { username: "alice", token: "t2", refreshToken: "r1+" });
});

Deno.test("two windows renew once, since a refresh token is good for one use", async () => {
  const [server, shared] = [new Server(), new Shared()];
  const [one, other] = [new RoomApi(server.fetch, account(server, shared)), new RoomApi(server.fetch, account(server, shared))];
  deepEqual(await Promise.all([one.createRoom(), other.createRoom(), other.createRoom()]), ["r1", "r1", "r1"]);
  equal(server.calls.filter((call) => call.startsWith("/api/auth/refresh")).length, 1);
});

Deno.test("a log-in that the server no longer knows is told as such", async () => {
  const [server, shared] = [new Server(), new Shared()];
  server.refreshToken = "another";
  const api = new RoomApi(server.fetch, account(server, shared));
  await rejects(api.createRoom(), (error) => error["status"] === 401);
  equal(await account(server, shared).renew("t1"), false);
});

Deno.test("while the server cannot be reached nobody is logged out", async () => {
  const [server, shared] = [new Server(), new Shared()];
  server.failure = new TypeError("network");
  await rejects(account(server, shared).renew("t1"), (error) => error["code"] === "UNREACHABLE");
  equal(shared.grant?.token, "t1");
});

Deno.test("logging out forgets the account at once, and what a renewal brings afterwards is dropped", async () => {
  const [server, shared] = [new Server(), new Shared()];
  const subject = account(server, shared);
  const renewing = subject.renew("t1");
  await Promise.resolve();
  const leaving = subject.logOut();
  equal(subject.token(), undefined);
  equal(await renewing, false);
  await leaving;
  equal(shared.grant, undefined);
  deepEqual(server.calls, ["/api/auth/refresh r1", "/api/auth/logout r1"]);
});

Deno.test("what another user got in another window is not used", async () => {
  const [server, shared] = [new Server(), new Shared()];
  const subject = account(server, shared);
  shared.grant = { username: "bob", token: "t9", refreshToken: "r9" };
  equal(subject.token(), undefined);
  equal(await subject.renew("t1"), false);
  await subject.logOut();
  equal(shared.grant.username, "bob");
  deepEqual(server.calls, []);
});

Deno.test("a server says whether it has accounts", async () => {
  const offered = (answer: Response): Promise<boolean> => new AccountApi(() => Promise.resolve(answer)).areOffered();
  equal(await offered(Response.json({ accounts: true })), true);
  equal(await offered(new Response("{}", { status: 404 })), false);
  await rejects(offered(new Response("", { status: 503 })), (error) => error["asksToWait"] === true);
});

Deno.test("a taken name, a wrong password and too many attempts are told in words", async () => {
  const answering = (status: number): AccountApi =>
    new AccountApi(() => Promise.resolve(new Response("{}", { status, headers: { "Retry-After": "7" } })));
  await rejects(answering(409).register("alice", "p"), (error) => String(error["words"]).includes("taken"));
  await rejects(answering(401).logIn("alice", "p"), (error) => String(error["words"]).includes("wrong"));
  await rejects(answering(429).logIn("alice", "p"), (error) => error["status"] === 429 && error["retryAfterMs"] === 7000);
});

Deno.test("names and passwords are looked at before they are sent", () => {
  for (const name of ["al", "two words", "é".repeat(4), "x".repeat(33)]) {
    ok(nameProblem(name) !== undefined, name);
  }
  equal(nameProblem("a.b_c-9"), undefined);
  ok(passwordProblem("1234567") !== undefined);
  equal(passwordProblem("12345678"), undefined);
  equal(passwordProblem("é".repeat(36)), undefined);
  ok(passwordProblem("é".repeat(37)) !== undefined);
});
