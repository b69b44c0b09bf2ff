/** Asks before something happens that cannot be undone. */
import { setText } from "./dom.js";

/**
 * Asks in a dialog. `word` is what has to be typed first, if anything.
 *
 * @returns whether the answer is yes
 */
export function asked(part, { title, words, yes, word }) {
  const [dialog, field, confirm] = [part("question"), part("question-word"), part("question-yes")];
  setText(part("question-title"), title);
  setText(part("question-words"), words);
  setText(confirm, yes);
  setText(part("question-label"), word === undefined ? "" : `Type “${word}” to go on`);
  part("question-typed").hidden = word === undefined;
  field.value = "";
  const fits = () => word === undefined || field.value.trim().toLowerCase() === word;
  const typed = () => {
    confirm.disabled = !fits();
  };
  typed();
  dialog.returnValue = "";
  return new Promise((answer) => {
    field.oninput = typed;
    part("question-no").onclick = () => dialog.close();
    part("question-form").onsubmit = (event) => {
      event.preventDefault();
      if (fits()) {
        dialog.close("yes");
      }
    };
    dialog.onclose = () => answer(dialog.returnValue === "yes");
    dialog.showModal();
    (word === undefined ? part("question-no") : field).focus();
  });
}
