/** The admin page: locked until the server takes the key, then the console; never both. */
import { Api } from "./api.js";
import { Console } from "./console.js";
import { forgetKey, keepKey, readKey } from "./kept-key.js";
import { showLock } from "./lock.js";

const BASE = new URL("api/v1/", document.baseURI);

function lock(words) {
  forgetKey();
  document.title = "Room Routing admin";
  showLock(BASE, words, (credentials) => {
    keepKey(credentials);
    unlock(credentials);
  });
}

function unlock(credentials) {
  new Console(new Api(BASE, credentials), lock).open();
}

const kept = readKey();
if (kept === undefined) {
  lock();
} else {
  unlock(kept);
}
