/** The head of the page: which server this is, how it is, and whether it answers at all. */
import { setText, setWords } from "./dom.js";
import { clock, span } from "./words.js";

export class TopView {
  #part;
  #named = false;
  #host = "This server";

  constructor(part) {
    this.#part = part;
  }

  away = false;

  /** How to call the server. */
  get host() {
    return this.#host;
  }

  /** Asks what runs here, once for each time that the server comes back. */
  async askName(api) {
    if (this.#named) {
      return;
    }
    const { app, version } = await api.get("");
    setText(this.#part("app-name"), `${app} ${version}`);
    document.title = `${app} · ${location.host}`;
    this.#named = true;
  }

  showLoad({ host, state, acceptingConnections, uptime }) {
    const draining = String(state).toLowerCase() === "draining";
    this.#host = host ?? this.#host;
    this.#showState(...(draining ? ["draining", "Draining"] : acceptingConnections === false ? ["away", "Not ready"] : ["active", "Active"]));
    setText(this.#part("host-line"), [host, ...(uptime === undefined ? [] : [`up for ${span(uptime)}`])].filter(Boolean).join(" · "));
  }

  showPresent() {
    this.away = false;
    setWords(this.#part("away"));
    this.#part("console").classList.remove("stale");
  }

  showAway(words) {
    if (this.away) {
      return;
    }
    this.away = true;
    this.#named = false;
    setWords(this.#part("away"), `${words} What is shown is from ${clock(new Date())}. This page goes on by itself when it is back.`);
    this.#showState("away", "No answer");
    this.#part("console").classList.add("stale");
  }

  #showState(state, words) {
    this.#part("host-state").dataset.state = state;
    setText(this.#part("host-state"), words);
  }
}
