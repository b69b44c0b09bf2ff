/** The locked page: asks for the key until the server takes it. */
import { unlocked } from "./api.js";
import { setText } from "./dom.js";
import { replacePage } from "./page.js";

/** Shows the form, with the words that tell why the page is locked; goes on with what the server took. */
export function showLock(base, words, onUnlocked) {
  const part = replacePage("lock-template");
  const [field, button, outcome] = [part("key"), part("unlock"), part("lock-outcome")];
  setText(outcome, words ?? "");
  field.focus();
  part("lock-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    setText(outcome, "");
    try {
      onUnlocked(await unlocked(base, field.value.trim()));
    } catch (error) {
      button.disabled = false;
      setText(outcome, error.message);
      field.select();
    }
  });
}
