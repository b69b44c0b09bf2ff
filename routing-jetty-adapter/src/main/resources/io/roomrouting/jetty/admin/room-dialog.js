/** One room: what it is, who is in it, a message to it, its end. Looks again while it is open. */
import { element, KeyedList, setText, setWords } from "./dom.js";
import { Refusal } from "./api.js";
import { MessageForm } from "./message-form.js";
import { asked } from "./question.js";
import { Repeated } from "./repeated.js";
import { facts } from "./room-facts.js";
import { count, counted } from "./words.js";

const PAUSE_MS = 2_000;
const NOT_FOUND = 404;
const MOST_MEMBERS = 500;

export class RoomDialog {
  #part;
  #api;
  #closed;
  #name = "";
  #clients = 0;
  #watch;
  #members;
  #facts;
  #message;

  /** Tells the name of a room that was closed. */
  constructor(part, api, closed) {
    this.#part = part;
    this.#api = api;
    this.#closed = closed;
    this.#members = new KeyedList(part("members-rows"), memberRow, fillMember);
    this.#facts = new KeyedList(part("room-facts"), factRow, fillFact);
    this.#message = new MessageForm(part("room-message-form"), api, "Message to this room", () => `${this.#path()}/message`);
    part("room-leave").addEventListener("click", () => part("room-dialog").close());
    part("room-close").addEventListener("click", () => this.#close());
    part("room-dialog").addEventListener("close", () => this.end());
  }

  open(name) {
    this.end();
    this.#name = name;
    this.#clients = 0;
    setText(this.#part("room-title"), name);
    setText(this.#part("room-outcome"), "");
    this.#message.clear();
    setText(this.#part("room-close-outcome"), "");
    this.#show({}, "Asking…");
    this.#part("room-dialog").showModal();
    this.#watch = new Repeated(() => this.#look(name));
    this.#watch.now();
  }

  /** Stops to look. */
  end() {
    this.#watch?.end();
  }

  #path() {
    return `room/${encodeURIComponent(this.#name)}`;
  }

  async #look(name) {
    try {
      const room = await this.#api.get(this.#path());
      if (name === this.#name) {
        this.#show(room);
        setText(this.#part("room-outcome"), "");
      }
    } catch (error) {
      if (error instanceof Refusal && error.status === NOT_FOUND) {
        this.#show({}, "");
        setText(this.#part("room-outcome"), "This room is not open here (any more).");
        return Infinity;
      }
      setText(this.#part("room-outcome"), error.message);
    }
    return PAUSE_MS;
  }

  #show({ members = [], ...room }, nobody = "Nobody is here.") {
    this.#clients = room.clients ?? 0;
    this.#facts.show(new Map(facts(room).map((fact) => [fact.key, fact])));
    this.#members.show(new Map(members.slice(0, MOST_MEMBERS).map((member) => [member.sessionId, member])));
    setText(this.#part("members-count"), members.length === 0 ? "" : count(members.length));
    this.#part("members-table").hidden = members.length === 0;
    const unseen = members.length - MOST_MEMBERS;
    setWords(this.#part("members-empty"), members.length === 0 ? nobody : unseen > 0 ? `And ${counted(unseen, "member")} more.` : "");
  }

  async #close() {
    const name = this.#name;
    const told = this.#clients === 0 ? "Nobody is in it." : `The ${counted(this.#clients, "client")} in it ${this.#clients === 1 ? "is" : "are"} told that it is closed.`;
    if (!await asked(this.#part, { title: "Close this room?", words: `“${name}” ends for good. ${told}`, yes: "Close the room" })) {
      return;
    }
    try {
      await this.#api.delete(`room/${encodeURIComponent(name)}/shutdown`);
      this.#part("room-dialog").close();
      this.#closed(name);
    } catch (error) {
      setText(this.#part("room-close-outcome"), error.message);
    }
  }
}

function memberRow() {
  return element("tr", {}, element("td", { class: "any-words" }), element("td"), element("td", { class: "roomy any-words code" }));
}

function fillMember(row, { user, connected, sessionId }) {
  setText(row.cells[0], user);
  setText(row.cells[1], connected === false ? "away, seat kept" : "connected");
  setText(row.cells[2], sessionId);
}

function factRow({ title }) {
  return element("div", {}, element("dt", { class: "any-words" }, title), element("dd", { class: "any-words" }));
}

function fillFact(row, { words }) {
  setText(row.lastElementChild, words);
}
