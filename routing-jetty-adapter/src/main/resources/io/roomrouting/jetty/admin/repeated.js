/** Does a task again and again, never twice at once. The task says in how many milliseconds it wants to be done again. */
export class Repeated {
  #task;
  #timer;
  #running = false;
  #wanted = false;
  #ended = false;

  constructor(task) {
    this.#task = task;
  }

  /** Does it now, or once more when it is being done already. */
  async now() {
    clearTimeout(this.#timer);
    this.#wanted = true;
    if (this.#running) {
      return;
    }
    this.#running = true;
    let pause = 0;
    while (this.#wanted && !this.#ended) {
      this.#wanted = false;
      pause = await this.#task();
    }
    this.#running = false;
    if (!this.#ended && Number.isFinite(pause)) {
      this.#timer = setTimeout(() => this.now(), pause);
    }
  }

  end() {
    this.#ended = true;
    clearTimeout(this.#timer);
  }
}
