/** The head of the page: which server this is, how it is, and whether it answers at all. */
import { setText, setWords } from "./dom.js";
import { clock, span } from "./words.js";

export class TopView {
  #part;
  #named = false;
  #host = "This server";
  #lastAnswer;

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

  /** It answers; returns whether it was away. */
  showPresent() {
    const wasAway = this.away;
    this.away = false;
    this.#lastAnswer = new Date();
    setWords(this.#part("away"));
    this.#part("console").classList.remove("stale");
    return wasAway;
  }

  showAway(words) {
    if (this.away) {
      return;
    }
    this.away = true;
    this.#named = false;
    const shown = this.#lastAnswer === undefined ? "" : ` What is shown is from ${clock(this.#lastAnswer)}.`;
    setWords(this.#part("away"), `${words}${shown} This page goes on by itself when it is back.`);
    this.#showState("away", "No answer");
    this.#part("console").classList.add("stale");
  }

  #showState(state, words) {
    this.#part("host-state").dataset.state = state;
    setText(this.#part("host-state"), words);
  }
}
