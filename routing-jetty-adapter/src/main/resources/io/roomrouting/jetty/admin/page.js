/** Puts a template in the place of the whole page: what was shown before is gone, and with it everything it knew. */

/** Returns how to find a part of the new page by its id. */
export function replacePage(template) {
  const page = document.createElement("div");
  page.className = "page";
  page.append(document.getElementById(template).content.cloneNode(true));
  document.querySelector(".page")?.remove();
  document.body.append(page);
  return (id) => page.querySelector(`#${id}`);
}
