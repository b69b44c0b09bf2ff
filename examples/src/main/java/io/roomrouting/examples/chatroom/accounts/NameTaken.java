package io.roomrouting.examples.chatroom.accounts;

/** Somebody else has the name. An expected answer and not a failure: it has no stack trace. */
public final class NameTaken extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NameTaken() {
        super("This username is taken", null, false, false);
    }
}
