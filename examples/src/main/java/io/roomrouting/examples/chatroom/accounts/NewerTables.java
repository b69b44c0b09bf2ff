package io.roomrouting.examples.chatroom.accounts;

/** A newer version of this program has changed the tables: use that one. */
public final class NewerTables extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NewerTables(int found, int known) {
        super("the accounts' tables have version " + found + ", and this program knows versions up to " + known);
    }
}
