/** The unlocked page: asks the server every few seconds how it is, and goes on by itself when it was away. */
import { Away, Refusal } from "./api.js";
import { setText, setWords } from "./dom.js";
import { DrainView } from "./drain.js";
import { HostsView } from "./hosts.js";
import { LoadView } from "./load.js";
import { MessageForm } from "./message-form.js";
import { replacePage } from "./page.js";
import { Repeated } from "./repeated.js";
import { RoomDialog } from "./room-dialog.js";
import { RoomsView } from "./rooms.js";
import { offerStop } from "./stop.js";
import { TopView } from "./top.js";

const OFTEN_MS = 2_000;
const SOMETIMES_MS = 5_000;
const SELDOM_MS = 30_000;
const PAGE = 1000;
const MOST_PAGES = 5;
const NOT_FOUND = 404;

export class Console {
  #part = replacePage("console-template");
  #api;
  #lock;
  #top = new TopView(this.#part);
  #load = new LoadView(this.#part("charts"));
  #hosts = new HostsView(this.#part);
  #rooms;
  #room;
  #drain;
  #watchRooms;
  #watches;
  #ended = false;

  /** Locks with words that say why, or with none. */
  constructor(api, lock) {
    this.#api = api;
    this.#lock = lock;
    this.#room = new RoomDialog(this.#part, api, (name) => this.#roomClosed(name));
    this.#rooms = new RoomsView(this.#part, (name) => this.#room.open(name));
    this.#drain = new DrainView(this.#part, api, () => this.#lookNow());
    new MessageForm(this.#part("message-form"), api, "Message to all rooms", () => "message");
    offerStop(this.#part, api, () => this.#top.host);
    this.#part("lock").addEventListener("click", () => this.#end());
    this.#watchRooms =
      this.#watch("rooms-section", () => this.#askRooms(), ({ rooms, total }) => this.#rooms.show(rooms, total), SOMETIMES_MS);
    this.#watches = [
      this.#watch("load-section", () => this.#askLoad(), (load) => this.#showLoad(load), OFTEN_MS),
      this.#watchRooms,
      this.#watch("hosts-section", () => api.get(`hosts?limit=${PAGE}`), ({ hosts, total }) => this.#hosts.show(hosts, total), SOMETIMES_MS),
    ];
  }

  open() {
    document.addEventListener("visibilitychange", this.#seen);
    this.#lookNow();
    this.#part("app-name").focus();
  }

  /** Something that is asked for again and again, and the section that shows it; what the server does not offer is hidden. */
  #watch(id, ask, show, pause) {
    const section = this.#part(id);
    const problem = section.querySelector(".section-problem");
    return new Repeated(async () => {
      try {
        const answer = await ask();
        if (!this.#ended) {
          section.hidden = false;
          setWords(problem);
          show(answer);
        }
        return document.hidden ? SELDOM_MS : pause;
      } catch (error) {
        return this.#failed(error, section, problem, pause);
      }
    });
  }

  /** Returns how long to wait before the next try. */
  #failed(error, section, problem, pause) {
    if (this.#ended) {
      return Infinity;
    }
    if (error instanceof Refusal && error.unauthenticated) {
      this.#end("The server does not take this key any more.");
      return Infinity;
    }
    if (error instanceof Refusal && error.status === NOT_FOUND) {
      section.hidden = true;
      return SELDOM_MS;
    }
    if (!(error instanceof Refusal || error instanceof Away)) {
      console.error(error);
      setWords(problem, "This page could not read what the server answered.");
    } else if (!this.#top.away) {
      setWords(problem, error.message);
    }
    return pause;
  }

  /** Whether the server is there is seen by this call alone; the others may wait for a registry. */
  async #askLoad() {
    try {
      await this.#top.askName(this.#api);
      const load = await this.#api.get("load");
      this.#present();
      return load;
    } catch (error) {
      if (error instanceof Away && !this.#ended) {
        this.#top.showAway(error.message);
        this.#load.miss();
      } else {
        this.#present();
      }
      throw error;
    }
  }

  #present() {
    if (this.#top.showPresent()) {
      this.#lookNow();
    }
  }

  #showLoad(load) {
    this.#top.showLoad(load);
    this.#load.show(load);
    this.#hosts.setHere(load.incarnation);
    this.#drain.show(load);
    const hasRooms = load.host !== undefined;
    this.#part("message-section").hidden = !hasRooms;
    this.#part("drain-section").hidden = !hasRooms;
    if (hasRooms && load.rooms !== this.#rooms.total) {
      this.#watchRooms.now();
    }
  }

  /** As many rooms as a page can show with ease; `total` is how many there are. */
  async #askRooms() {
    let answer = await this.#api.get(`rooms?limit=${PAGE}`);
    const rooms = [...answer.rooms];
    for (let page = 1; page < MOST_PAGES && answer.next !== undefined; page++) {
      answer = await this.#api.get(`rooms?limit=${PAGE}&after=${encodeURIComponent(answer.next)}`);
      rooms.push(...answer.rooms);
    }
    return { rooms, total: answer.total ?? rooms.length };
  }

  #roomClosed(name) {
    setText(this.#part("rooms-outcome"), `“${name}” is closed.`);
    this.#lookNow();
  }

  #seen = () => {
    if (!document.hidden) {
      this.#lookNow();
    }
  };

  #lookNow() {
    this.#watches.forEach((watch) => watch.now());
  }

  #end(words) {
    this.#ended = true;
    document.removeEventListener("visibilitychange", this.#seen);
    this.#watches.forEach((watch) => watch.end());
    this.#room.end();
    this.#api.close();
    this.#lock(words);
  }
}
