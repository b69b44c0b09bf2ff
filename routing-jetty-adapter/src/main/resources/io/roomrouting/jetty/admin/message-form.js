/** Writes a message to one room or to all of them. */
import { element, setText } from "./dom.js";
import { count, counted } from "./words.js";

const LONGEST = 1000;

/** Fills the form; sends what is written in it to the path that is given then. */
export class MessageForm {
  #api;
  #path;
  #field;
  #left;
  #button;
  #outcome = element("p", { class: "outcome", role: "status" });

  constructor(form, api, label, path) {
    this.#api = api;
    this.#path = path;
    const id = `${form.id}-text`;
    this.#field = element("textarea", { id, rows: 3, required: true, "aria-describedby": `${id}-left`, input: () => this.#written() });
    this.#left = element("span", { class: "muted", id: `${id}-left` });
    this.#button = element("button", { class: "button primary" }, "Send");
    form.append(
      element("label", { class: "visually-hidden", for: id }, label),
      this.#field,
      element("div", { class: "form-foot" }, this.#left, this.#button),
      this.#outcome,
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#written();
  }

  /** Forgets what was written, for another room. */
  clear() {
    this.#field.value = "";
    setText(this.#outcome, "");
    this.#written();
  }

  #written() {
    const length = [...this.#field.value.trim()].length;
    setText(this.#left, length > LONGEST ? `${count(length - LONGEST)} too many` : `${count(LONGEST - length)} left`);
    this.#button.disabled = length === 0 || length > LONGEST;
  }

  async #send() {
    const path = this.#path();
    this.#button.disabled = true;
    setText(this.#outcome, "Sending…");
    try {
      const { rooms } = await this.#api.post(path, { text: this.#field.value.trim() });
      if (path === this.#path()) {
        this.#field.value = "";
        setText(this.#outcome, rooms === undefined ? "Sent." : `Sent to ${counted(rooms, "room")}.`);
      }
    } catch (error) {
      setText(this.#outcome, error.message);
    }
    this.#written();
  }
}
