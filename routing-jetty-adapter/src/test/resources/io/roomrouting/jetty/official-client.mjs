// What the official JavaScript client of Socket.IO says to our server, and what it is to hear.
// Usage: node official-client.mjs FOLDER-OF-NODE-MODULES URL
// Prints "ok <transport>: <what>" or "not ok <transport>: <what>: <why>" for each check, and "done" at the end.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, url] = process.argv.slice(2);
const { io } = createRequire(join(modules, "package.json"))("socket.io-client");

const PATIENCE = 5_000;
const MODES = {
  polling: ["polling"],
  websocket: ["websocket"],
  upgrade: ["polling", "websocket"],
};

const opened = new Set();

/** Connects to a namespace over the transports of a mode; every check has a connection of its own. */
function client(mode, namespace = "/", options = {}) {
  const socket = io(url + namespace, {
    transports: MODES[mode],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 20,
    ...options,
  });
  opened.add(socket);
  return socket;
}

/** The arguments of the next such event, as an array. */
function next(emitter, event) {
  return new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
}

async function connected(socket) {
  if (!socket.connected) {
    await Promise.race([
      next(socket, "connect"),
      next(socket, "connect_error").then(([error]) => Promise.reject(error)),
    ]);
  }
  return socket;
}

async function upgraded(socket) {
  await connected(socket);
  const engine = socket.io.engine;
  if (engine.transport.name !== "websocket") {
    await next(engine, "upgrade");
  }
}

const bytes = (length) => Buffer.from(Array.from({ length }, (_, i) => (i * 7) % 256));

/** Many values that are easily damaged on the way. */
const ARGUMENTS = [1, -0.5, 9007199254740991, "two", "", "ünïcödé \u{1F600} \u0000 \u001e", null, true, [], {}, { three: [3, { four: "4" }] }];

const CHECKS = {
  async "connects over the transport that it asks for"(mode) {
    const socket = await connected(client(mode));
    if (mode === "upgrade") {
      await upgraded(socket);
    }
    assert.equal(socket.io.engine.transport.name, mode === "polling" ? "polling" : "websocket");
    assert.match(socket.id, /^[\w-]{20}$/);
    assert.notEqual(socket.id, socket.io.engine.id);
  },

  async "events have any number of arguments"(mode) {
    const socket = await connected(client(mode));
    const answer = next(socket, "echoed");
    socket.emit("echo", ...ARGUMENTS);
    assert.deepEqual(await answer, ARGUMENTS);
    const empty = next(socket, "echoed");
    socket.emit("echo");
    assert.deepEqual(await empty, []);
  },

  async "the server acknowledges"(mode) {
    const socket = await connected(client(mode));
    const answer = await new Promise((resolve) => socket.emit("echo", ...ARGUMENTS, (...args) => resolve(args)));
    assert.deepEqual(answer, ARGUMENTS);
  },

  async "the server does not acknowledge in time"(mode) {
    const socket = await connected(client(mode));
    await assert.rejects(socket.timeout(150).emitWithAck("silence"), /timed out/);
  },

  async "the client acknowledges"(mode) {
    const socket = await connected(client(mode));
    socket.once("question", (text, reply) => reply(text.length, bytes(3)));
    const answer = next(socket, "answered");
    socket.emit("ask", 4_000);
    assert.deepEqual(await answer, ["answered", 9, bytes(3)]);
  },

  async "the client does not acknowledge in time"(mode) {
    const socket = await connected(client(mode));
    const answer = next(socket, "answered");
    socket.emit("ask", 150);
    assert.deepEqual(await answer, ["timed out"]);
  },

  async "bytes go both ways"(mode) {
    const socket = await connected(client(mode));
    for (const length of [0, 1, 125, 126, 65_535, 65_536, 300_000]) {
      const sent = [bytes(length), { deep: [bytes(2)] }, "text"];
      const answer = next(socket, "echoed");
      socket.emit("echo", ...sent);
      assert.deepEqual(await answer, sent);
    }
    const [acknowledged] = await new Promise((resolve) => socket.emit("echo", bytes(5), (...args) => resolve(args)));
    assert.deepEqual(acknowledged, bytes(5));
  },

  async "messages keep their order"(mode) {
    const socket = client(mode);
    const heard = [];
    socket.on("echoed", (number) => heard.push(number));
    const numbers = Array.from({ length: 500 }, (_, i) => i);
    // Some before the connection is there, the others while it changes over.
    numbers.slice(0, 20).forEach((number) => socket.emit("echo", number));
    await connected(socket);
    for (const number of numbers.slice(20)) {
      socket.emit("echo", number);
      if (number % 25 === 0) {
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
    }
    await new Promise((resolve) => socket.emit("echo", "last", resolve));
    assert.deepEqual(heard, numbers);
  },

  async "namespaces share a connection"(mode) {
    const root = await connected(client(mode));
    const other = await connected(root.io.socket("/dynamic-7"));
    assert.deepEqual(await new Promise((resolve) => other.emit("where", resolve)), "/dynamic-7");
    other.disconnect();
    await new Promise((resolve) => root.emit("echo", resolve));
    assert.ok(root.connected);
  },

  async "an unknown namespace is an error"(mode) {
    const socket = client(mode, "/nowhere");
    const [error] = await next(socket, "connect_error");
    assert.equal(error.message, "Invalid namespace");
    assert.ok(!socket.connected);
  },

  async "a wrong token is an error with its reason"(mode) {
    const socket = client(mode, "/guarded", { auth: { token: "wrong" } });
    const [error] = await next(socket, "connect_error");
    assert.equal(error.message, "This token is not valid");
    assert.deepEqual(error.data, { code: "UNAUTHENTICATED" });
  },

  async "a right token is let in, also after a wrong one"(mode) {
    const socket = client(mode, "/guarded", { auth: { token: "wrong" } });
    await next(socket, "connect_error");
    socket.auth = (answer) => answer({ token: "right" });
    socket.connect();
    await connected(socket);
  },

  async "a client that is put out stays out"(mode) {
    const socket = await connected(client(mode));
    const gone = next(socket, "disconnect");
    socket.emit("put me out");
    assert.equal((await gone)[0], "io server disconnect");
    assert.ok(!socket.active);
  },

  async "a client that has lost its connection comes back"(mode) {
    const socket = await connected(client(mode));
    const before = socket.id;
    const gone = next(socket, "disconnect");
    socket.io.engine.close();
    await gone;
    socket.emit("echo", "said while it was away");
    assert.deepEqual(await next(socket, "echoed"), ["said while it was away"]);
    assert.notEqual(socket.id, before);
    assert.ok(!socket.recovered);
  },

  async "a client of a room hears and is heard"(mode) {
    const ann = client(mode, "/room", { auth: { token: "ann" } });
    await connected(ann);
    const heard = next(ann, "said");
    const reply = await ann.emitWithAck("say", "hello", bytes(2));
    assert.equal(reply.ok, true);
    assert.deepEqual((await heard).slice(0, 3), ["ann", "hello", bytes(2)]);
    const refusal = await ann.emitWithAck("say");
    assert.deepEqual(refusal, { ok: false, code: "INVALID_REQUEST", detail: "There is nothing to say" });
  },

  async "a client of a room gets back what it has missed"(mode) {
    const ann = await connected(client(mode, "/room", { auth: { token: "ann" } }));
    const ben = await connected(client(mode, "/room", { auth: { token: "ben" } }));
    const first = next(ann, "said");
    await ben.emitWithAck("say", "before");
    await first;
    const before = ann.id;
    const heard = [];
    ann.on("said", (_user, text) => heard.push(text));
    const gone = next(ann, "disconnect");
    // It comes back no sooner than it is told to, so that there is something to miss.
    ann.io.reconnection(false);
    ann.io.engine.close();
    await gone;
    await ben.emitWithAck("say", "missed 1");
    await ben.emitWithAck("say", "missed 2");
    ann.connect();
    await next(ann, "connect");
    assert.ok(ann.recovered);
    assert.equal(ann.id, before);
    assert.deepEqual(heard, ["missed 1", "missed 2"]);
    await ben.emitWithAck("say", "after");
    await new Promise((resolve) => ann.emit("say", "end", resolve));
    assert.deepEqual(heard.slice(0, 3), ["missed 1", "missed 2", "after"]);
  },

  async "a client that left a room does not get its place back"(mode) {
    const ann = await connected(client(mode, "/room", { auth: { token: "ann" } }));
    const before = ann.id;
    ann.disconnect();
    ann.connect();
    await next(ann, "connect");
    assert.ok(!ann.recovered);
    assert.notEqual(ann.id, before);
  },
};

async function run(mode, name, check) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("not within " + PATIENCE + " ms")), PATIENCE);
  });
  try {
    await Promise.race([check(mode), late]);
    console.log(`ok ${mode}: ${name}`);
  } catch (failure) {
    console.log(`not ok ${mode}: ${name}: ${String(failure.message).replaceAll(/\s+/g, " ")}`);
  } finally {
    clearTimeout(timer);
    opened.forEach((socket) => socket.disconnect());
    opened.clear();
  }
}

for (const mode of Object.keys(MODES)) {
  for (const [name, check] of Object.entries(CHECKS)) {
    await run(mode, name, check);
  }
}
console.log("done");
process.exit(0);
