// What the official admin UI says to our server, said by the official JavaScript client.
// Usage: node admin-ui.mjs FOLDER-OF-NODE-MODULES URL
// Prints "ok <what>" or "not ok <what>: <why>" for each check, and "done" at the end.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, url] = process.argv.slice(2);
const { io } = createRequire(join(modules, "package.json"))("socket.io-client");

const PATIENCE = 10_000;
const opened = new Set();

function client(namespace, options = {}) {
  const socket = io(url + namespace, { forceNew: true, reconnection: false, ...options });
  opened.add(socket);
  return socket;
}

const admin = (auth) => client("/admin", { auth, withCredentials: true });

function next(emitter, event, condition = () => true) {
  return new Promise((resolve) => {
    const hear = (...args) => {
      if (condition(...args)) {
        emitter.off(event, hear);
        resolve(args);
      }
    };
    emitter.on(event, hear);
  });
}

const CHECKS = {
  async "a login is remembered"() {
    const first = admin({ username: "ann", password: "changeit" });
    const [session] = await next(first, "session");
    const again = admin({ sessionId: session });
    const [config] = await next(again, "config");
    assert.deepEqual(config.supportedFeatures, ["EMIT", "DISCONNECT", "MDISCONNECT", "AGGREGATED_EVENTS", "ALL_EVENTS"]);
  },

  async "a wrong password is an error that the UI knows"() {
    const [error] = await next(admin({ username: "ann", password: "wrong" }), "connect_error");
    assert.equal(error.message, "invalid credentials");
  },

  async "a client is seen to come, change over, speak and go"() {
    const ui = admin({ username: "ann", password: "changeit" });
    const [all] = await next(ui, "all_sockets");
    assert.ok(all.some((one) => one.id === ui.id && one.nsp === "/admin"));
    const came = next(ui, "socket_connected", (one) => one.nsp === "/");
    const changed = next(ui, "socket_updated", (one) => one.nsp === "/");
    const said = next(ui, "event_received");
    const heard = next(ui, "event_sent");
    const ben = client("/");
    await next(ben, "connect");
    const [{ id, clientId, transport, rooms }] = await came;
    assert.deepEqual([id, rooms], [ben.id, [ben.id]]);
    assert.ok(!ben.io.engine.id.startsWith(clientId));
    assert.equal(transport, "polling");
    assert.deepEqual((await changed)[0], { id, nsp: "/", transport: "websocket" });
    ben.emit("echo", 1, Buffer.from([1, 2]));
    assert.deepEqual((await said).slice(0, 3), ["/", ben.id, ["echo", 1, "(2 bytes)"]]);
    assert.deepEqual((await heard)[2].slice(0, 2), ["echoed", 1]);
    const left = next(ui, "socket_disconnected");
    ben.disconnect();
    assert.deepEqual((await left).slice(0, 3), ["/", id, "client namespace disconnect"]);
  },

  async "a client of a room is seen in it"() {
    const ui = admin({ username: "ann", password: "changeit" });
    await next(ui, "all_sockets");
    const joined = next(ui, "room_joined", (nsp, room) => nsp === "/room" && room === "the-room");
    const came = next(ui, "socket_connected", (one) => one.nsp === "/room");
    const ben = client("/room", { auth: { token: "ben" } });
    await next(ben, "connect");
    assert.equal((await joined)[2], ben.id);
    assert.deepEqual((await came)[0].rooms, [ben.id, "the-room"]);
    const news = next(ben, "news");
    ui.emit("emit", "/room", "the-room", "news", "text");
    assert.deepEqual(await news, ["text", null]);
  },

  async "the server is described, and clients are put out"() {
    const ui = admin({ username: "ann", password: "changeit" });
    const ben = client("/");
    await next(ben, "connect");
    const [stats] = await next(ui, "server_stats", ({ namespaces }) => namespaces.find(({ name }) => name === "/").socketsCount === 1);
    assert.ok(stats.clientsCount >= 2);
    assert.equal(stats.serverId, "the-server");
    const gone = next(ben, "disconnect");
    ui.emit("_disconnect", "/", false, ben.id);
    assert.equal((await gone)[0], "io server disconnect");
  },
};

for (const [name, check] of Object.entries(CHECKS)) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("not within " + PATIENCE + " ms")), PATIENCE);
  });
  try {
    await Promise.race([check(), late]);
    console.log(`ok ${name}`);
  } catch (failure) {
    console.log(`not ok ${name}: ${String(failure.message).replaceAll(/\s+/g, " ")}`);
  } finally {
    clearTimeout(timer);
    opened.forEach((socket) => socket.disconnect());
    opened.clear();
  }
}
console.log("done");
process.exit(0);
