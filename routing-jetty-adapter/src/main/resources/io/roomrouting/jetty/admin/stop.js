/** Stopping the server, after a word that has to be typed. */
import { setText } from "./dom.js";
import { asked } from "./question.js";

const WORD = "stop";

/** Lets the button stop the server; `host` returns how the server is called. */
export function offerStop(part, api, host) {
  part("stop").addEventListener("click", async () => {
    const sure = await asked(part, {
      title: "Stop the server?",
      words: `${host()} closes or hands over all its rooms, and ends. Nobody can start it again from here.`,
      yes: "Stop",
      word: WORD,
    });
    if (!sure) {
      return;
    }
    try {
      const { message } = await api.delete("shutdown");
      setText(part("stop-outcome"), `${message ?? "Shutting down"}.`);
    } catch (error) {
      setText(part("stop-outcome"), error.message);
    }
  });
}
