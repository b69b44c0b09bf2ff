package io.roomrouting.hathora;

import java.io.IOException;

/** Hathora, or something on the way to it, has answered what the contract does not know. */
final class MalformedAnswer extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedAnswer(String what) {
        super(what);
    }

    MalformedAnswer(String what, Throwable cause) {
        super(what, cause);
    }
}
