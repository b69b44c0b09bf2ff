package io.roomrouting.examples.chatroom.accounts;

import java.util.Optional;

/** Where accounts are kept. Every call blocks. */
final class AccountTable {

    private final Sql sql;

    /**
     * An account.
     *
     * @param name as it was written when it was registered
     * @param passwordHash bcrypt's
     */
    record Account(Username name, String passwordHash) {

        @Override
        public String toString() {
            return "Account[name=" + name.value() + ", passwordHash=<redacted>]";
        }
    }

    AccountTable(Sql sql) {
        this.sql = sql;
    }

    Optional<Account> find(Username name) {
        return sql.first(
                "SELECT name, password_hash FROM chatroom_account WHERE name_key = ?",
                row -> new Account(new Username(row.getString(1)), row.getString(2)),
                name.key());
    }

    /** Returns false if the name is taken. */
    boolean add(Account account) {
        return sql.insert(
                "INSERT INTO chatroom_account (name_key, name, password_hash, created_at) VALUES (?, ?, ?, {now})",
                account.name().key(),
                account.name().value(),
                account.passwordHash());
    }

    /** Replaces a hash by another of the same password, unless it was changed meanwhile. */
    void improveHash(Account account, String better) {
        sql.update(
                "UPDATE chatroom_account SET password_hash = ? WHERE name_key = ? AND password_hash = ?",
                better,
                account.name().key(),
                account.passwordHash());
    }
}
