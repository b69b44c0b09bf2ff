import { deepEqual, equal, rejects } from "node:assert/strict";
import { parseRetryAfter, toApiError } from "./api-error.ts";
import { RoomApi } from "./api.ts";
import { ANONYMOUS, onlyToken } from "./json-http.ts";

interface Call {
  readonly path: string;
  readonly init: RequestInit;
}

function api(answer: Response | Error, token?: string): { api: RoomApi; calls: Call[] } {
  const calls: Call[] = [];
  const fetch = (path: string, init: RequestInit): Promise<Response> => {
    calls.push({ path, init });
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  return { api: new RoomApi(fetch, token === undefined ? ANONYMOUS : onlyToken(token)), calls };
}

const ROUTE = { roomId: "r1", host: "localhost:8001", url: "ws://localhost:8001", token: "ticket", expiresAt: "2026-01-01T00:00:00Z" };

Deno.test("logging in sends the name and gives the token", async () => {
  const { api: subject, calls } = api(Response.json({ token: "t1" }));
  equal(await subject.login("alice"), "t1");
  equal(calls[0]?.path, "/api/login");
  equal(calls[0]?.init.body, '{"userId":"alice"}');
  deepEqual(calls[0]?.init.headers, { Accept: "application/json", "Content-Type": "application/json" });
});

Deno.test("a look-up carries the log-in and escapes the room's id", async () => {
  const { api: subject, calls } = api(Response.json(ROUTE), "t1");
  deepEqual(await subject.findRoom("a/b"), { roomId: "r1", host: "localhost:8001", url: "ws://localhost:8001", ticket: "ticket" });
  equal(calls[0]?.path, "/api/rooms/a%2Fb");
  equal(calls[0]?.init.method, "GET");
  deepEqual(calls[0]?.init.headers, { Accept: "application/json", Authorization: "Bearer t1" });
});

Deno.test("get-or-start is a POST without a body", async () => {
  const { api: subject, calls } = api(Response.json(ROUTE), "t1");
  await subject.findOrStartRoom("r1");
  equal(calls[0]?.init.method, "POST");
  equal(calls[0]?.init.body, undefined);
});

Deno.test("problem details become an error with code, words and delay", async () => {
  const problem = { type: "about:blank", title: "x", status: 503, detail: "All hosts are full.", code: "NO_CAPACITY" };
  const { api: subject } = api(Response.json(problem, { status: 503, headers: { "Retry-After": "3" } }));
  await rejects(subject.createRoom(), (error) =>
    error["status"] === 503 && error["code"] === "NO_CAPACITY" && error["retryAfterMs"] === 3000 && error["asksToWait"] === true);
});

Deno.test("an error page that is no JSON still tells its status", async () => {
  const { api: subject } = api(new Response("<html>Bad gateway</html>", { status: 502 }));
  await rejects(subject.createRoom(), (error) => error["status"] === 502 && error["code"] === "HTTP_502" && error["isTemporary"] === true);
});

Deno.test("no answer at all is told as unreachable, with its cause", async () => {
  const cause = new TypeError("network error");
  const { api: subject } = api(cause);
  await rejects(subject.createRoom(), (error) => error["code"] === "UNREACHABLE" && error.cause === cause && error["isTemporary"] === true);
});

Deno.test("a good status with a bad body is an error, not an undefined room", async () => {
  for (const body of ["{}", "null", "[]", '{"roomId":7}', '{"roomId":""}', "not json"]) {
    const { api: subject } = api(new Response(body, { status: 200 }));
    await rejects(subject.createRoom(), (error) => error["code"] === "UNEXPECTED", body);
  }
});

Deno.test("aborting is passed on as it is", async () => {
  const controller = new AbortController();
  const reason = new Error("left the page");
  controller.abort(reason);
  const { api: subject } = api(reason);
  await rejects(subject.createRoom(controller.signal), (error) => error === reason);
});

Deno.test("a bad input is explained by the server's own words, an overload by calmer ones", () => {
  equal(toApiError(400, null, { code: "INVALID_REQUEST", detail: "userId must be 1 to 64 characters" }, 0).words,
    "userId must be 1 to 64 characters");
  equal(toApiError(503, null, { code: "OVERLOADED", detail: "queue 17 is full" }, 0).words, "The server is busy.");
  equal(toApiError(418, null, undefined, 0).words, "The server refused the request (418).");
});

Deno.test("only what may change by itself is temporary", () => {
  const temporary = [0, 400, 401, 403, 404, 408, 409, 429, 500, 502, 503]
    .filter((status) => toApiError(status, null, undefined, 0).isTemporary);
  deepEqual(temporary, [0, 408, 429, 500, 502, 503]);
});

Deno.test("Retry-After is read as seconds or as a date, and bounded", () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  equal(parseRetryAfter("2", now), 2000);
  equal(parseRetryAfter("Thu, 01 Jan 2026 00:00:30 GMT", now), 30_000);
  equal(parseRetryAfter("Wed, 31 Dec 2025 00:00:00 GMT", now), 0);
  equal(parseRetryAfter("Fri, 01 Jan 2100 00:00:00 GMT", now), 3_600_000);
  equal(parseRetryAfter("soon", now), undefined);
  equal(parseRetryAfter(null, now), undefined);
});

Deno.test("the helpers for calls are read, and a backend without any is no failure", async () => {
  const servers = { iceServers: [{ urls: ["turn:h:1", 7], username: "u", credential: "c" }, { urls: "stun:h:1" }, { urls: 3 }], ttl: 60 };
  deepEqual(await api(Response.json(servers), "t1").api.iceServers(), [
    { urls: ["turn:h:1"], username: "u", credential: "c" },
    { urls: ["stun:h:1"] },
  ]);
  deepEqual(await api(new Response("", { status: 404 }), "t1").api.iceServers(), []);
  await rejects(api(Response.json({}), "t1").api.iceServers(), (error) => error["code"] === "UNEXPECTED");
  await rejects(api(new Response("", { status: 503 }), "t1").api.iceServers(), (error) => error["status"] === 503);
});
