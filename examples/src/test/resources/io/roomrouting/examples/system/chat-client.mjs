// What the official JavaScript client of Socket.IO says in a chat room, and what it is to hear.
// Usage: node chat-client.mjs FOLDER-OF-NODE-MODULES URL TOKEN-OF-ANN TOKEN-OF-BEN TOKEN-OF-CAT
// Prints "ok <transport>: <what>" or "not ok <transport>: <what>: <why>" for each check, and "done" at the end.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { join } from "node:path";

const [modules, url, ...tokens] = process.argv.slice(2);
const { io } = createRequire(join(modules, "package.json"))("socket.io-client");

const PATIENCE = 10_000;
const MODES = { polling: ["polling"], websocket: ["websocket"], upgrade: ["polling", "websocket"] };
const EVENTS = [
  "message_history", "new_message", "online_users", "incoming_call", "call_answered", "ice_candidate", "call_ended", "call_failed",
];
const [ANN, BEN, CAT] = ["js-ann", "js-ben", "js-cat"];

/** A client that keeps what it hears until somebody asks for it. */
class Client {
  #heard = new Map(EVENTS.map((event) => [event, []]));
  #waiting = new Map();

  constructor(mode, token) {
    this.socket = io(url, { transports: MODES[mode], forceNew: true, auth: { token } });
    for (const event of EVENTS) {
      this.socket.on(event, (data) => {
        const waiter = this.#waiting.get(event);
        this.#waiting.delete(event);
        waiter === undefined ? this.#heard.get(event).push(data) : waiter(data);
      });
    }
  }

  async hear(event) {
    const heard = this.#heard.get(event);
    return heard.length > 0 ? heard.shift() : within(event, new Promise((resolve) => this.#waiting.set(event, resolve)));
  }

  say(event, data) {
    this.socket.emit(event, data);
  }

  ask(event, data) {
    return this.socket.timeout(PATIENCE).emitWithAck(event, data);
  }
}

function within(what, promise) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(`${what} did not come`)), PATIENCE)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const CHECKS = {
  async "chats"(ann, ben) {
    assert.ok(Array.isArray(await ann.hear("message_history")));
    assert.ok((await ann.hear("online_users")).includes(ANN));
    const clientId = crypto.randomUUID();
    const receipt = await ann.ask("send_message", { text: " hello \u{1F600} ", clientId });
    const { id, timestamp } = receipt;
    assert.deepEqual(receipt, { ok: true, id, timestamp });
    const message = { id, username: ANN, text: "hello \u{1F600}", timestamp };
    assert.deepEqual(await ann.hear("new_message"), message);
    assert.deepEqual(await ben.hear("new_message"), message);
    assert.deepEqual(await ann.ask("send_message", { text: "again", clientId }), receipt);
    const refusal = await ann.ask("send_message", { text: "" });
    assert.equal(refusal.ok, false);
    assert.equal(refusal.code, "INVALID_REQUEST");
    assert.equal(typeof refusal.detail, "string");
  },

  async "calls, renegotiates and hangs up"(ann, ben, cat) {
    const { ok, callId } = await ann.ask("call_user", { to: BEN, offer: { type: "offer", sdp: "v=0\r\n" }, from: "mallory" });
    assert.equal(ok, true);
    ann.say("ice_candidate", { to: BEN, candidate: { candidate: "early", sdpMLineIndex: 0 } });
    assert.deepEqual(await ben.hear("incoming_call"), {
      from: ANN, offer: { type: "offer", sdp: "v=0\r\n" }, callId, renegotiation: false, crossed: false,
    });
    assert.equal((await ben.ask("call_answer", { to: ANN, answer: { type: "answer" } })).ok, true);
    assert.deepEqual(await ann.hear("call_answered"), { from: BEN, answer: { type: "answer" }, callId });
    assert.deepEqual(await ben.hear("ice_candidate"), { from: ANN, candidate: { candidate: "early", sdpMLineIndex: 0 }, callId });
    ben.say("ice_candidate", { to: ANN, candidate: null });
    assert.deepEqual(await ann.hear("ice_candidate"), { from: BEN, candidate: null, callId });

    assert.equal((await cat.ask("call_user", { to: ANN, offer: {} })).code, "USER_BUSY");
    assert.deepEqual(await cat.hear("call_failed"), { to: ANN, code: "USER_BUSY" });
    assert.equal((await cat.ask("end_call", { to: ANN })).ok, true);

    ben.say("call_user", { to: ANN, offer: { again: true } });
    assert.deepEqual(await ann.hear("incoming_call"), {
      from: BEN, offer: { again: true }, callId, renegotiation: true, crossed: false,
    });
    ann.say("call_answer", { to: BEN, answer: { yes: true } });
    assert.deepEqual(await ben.hear("call_answered"), { from: ANN, answer: { yes: true }, callId });
    assert.equal((await ben.ask("end_call", { to: ANN })).ok, true);
    assert.equal((await ben.ask("end_call", { to: ANN })).ok, true);
    assert.deepEqual(await ann.hear("call_ended"), { from: BEN, callId, reason: "HUNG_UP" });
  },

  async "learns why a call does not come about"(ann) {
    ann.say("call_user", { to: "nobody", offer: {} });
    assert.deepEqual(await ann.hear("call_failed"), { to: "nobody", code: "USER_OFFLINE" });
    assert.equal((await ann.ask("call_user", { to: ANN, offer: {} })).code, "SELF_CALL");
    assert.equal((await ann.ask("call_user", { to: BEN, offer: "x".repeat(64 * 1024) })).code, "TOO_LARGE");
    assert.equal((await ann.ask("call_answer", { to: BEN, answer: {} })).code, "NO_CALL");
  },

  async "learns that the other one is gone"(ann, ben, cat) {
    const { callId } = await cat.ask("call_user", { to: ANN, offer: {} });
    await ann.hear("incoming_call");
    await ann.ask("call_answer", { to: CAT, answer: {} });
    cat.socket.disconnect();
    assert.deepEqual(await ann.hear("call_ended"), { from: CAT, callId, reason: "LEFT" });
    for (let names = await ben.hear("online_users"); names.includes(CAT); names = await ben.hear("online_users"));
  },
};

for (const mode of Object.keys(MODES)) {
  for (const [what, check] of Object.entries(CHECKS)) {
    const clients = tokens.map((token) => new Client(mode, token));
    try {
      await Promise.all(clients.map(({ socket }) => within("connect", new Promise((resolve) => socket.once("connect", resolve)))));
      await check(...clients);
      console.log(`ok ${mode}: ${what}`);
    } catch (error) {
      console.log(`not ok ${mode}: ${what}: ${error.message.replace(/\s+/g, " ")}`);
    }
    clients.forEach(({ socket }) => socket.disconnect());
  }
}
console.log("done");
process.exit(0);
