/** Emptying the host: start, progress until the end, undo. What is shown follows from the load that the host tells. */
import { setText } from "./dom.js";
import { asked } from "./question.js";
import { clock, count, counted } from "./words.js";

export class DrainView {
  #part;
  #api;
  #changed;
  /** How many rooms there were before it began, as far as this page has seen. */
  #from = 0;
  #underWay = false;

  /** Tells when something was ordered, so that it is looked at soon. */
  constructor(part, api, changed) {
    this.#part = part;
    this.#api = api;
    this.#changed = changed;
    part("drain-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#start();
    });
    part("drain-undo").addEventListener("click", () => this.#order(() => api.delete("drain"), "This host takes rooms again."));
  }

  show({ state, rooms = 0, connections = 0, drain }) {
    const draining = String(state).toLowerCase() === "draining";
    this.#from = draining ? Math.max(this.#from, rooms) : rooms;
    this.#showOneOf(draining);
    if (this.#underWay && drain === undefined && draining) {
      setText(this.#part("drain-outcome"), "The drain is over.");
    }
    this.#underWay = drain !== undefined;
    if (!draining) {
      return;
    }
    const bar = this.#part("drain-bar");
    bar.max = Math.max(1, this.#from);
    bar.value = rooms === 0 ? bar.max : this.#from - rooms;
    const until = drain?.deadline === undefined ? "" : ` What is left at ${clock(new Date(drain.deadline))} is ended.`;
    setText(this.#part("drain-words"), rooms === 0 && drain === undefined
      ? "This host is empty. It can be stopped now, or take rooms again."
      : `${count(rooms)} of ${counted(this.#from, "room")} still here, with ${counted(connections, "client")}.${until}`);
  }

  /** The form or the progress; the keyboard goes on in the one that is shown. */
  #showOneOf(draining) {
    const [form, progress] = [this.#part("drain-form"), this.#part("drain-progress")];
    const focused = document.activeElement !== null && (form.contains(document.activeElement) || progress.contains(document.activeElement));
    const changes = form.hidden !== draining;
    form.hidden = draining;
    progress.hidden = !draining;
    if (changes && focused) {
      this.#part(draining ? "drain-undo" : "drain-start").focus();
    }
  }

  async #start() {
    const order = { ...seconds("spreadSeconds", this.#part("drain-spread")), ...seconds("deadlineSeconds", this.#part("drain-deadline")) };
    const sure = await asked(this.#part, {
      title: "Drain this host?",
      words: "It takes no new rooms, and the clients of its rooms are sent elsewhere. You can undo that, but who has left has left.",
      yes: "Drain",
    });
    if (sure) {
      await this.#order(() => this.#api.post("drain", order), "Draining has begun.");
    }
  }

  async #order(call, words) {
    const outcome = this.#part("drain-outcome");
    setText(outcome, "");
    try {
      await call();
      setText(outcome, words);
    } catch (error) {
      setText(outcome, error.message);
    }
    this.#changed();
  }
}

/** What an empty field leaves to the server. */
function seconds(name, field) {
  return field.value === "" ? {} : { [name]: Number(field.value) };
}
