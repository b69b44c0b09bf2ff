package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.TimeSource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is logged in: a row for each device, of which only the newest refresh token and the one before it are known, as hashes.
 * Every call blocks; safe with several processes.
 *
 * <p>A refresh token is good once. One that comes again was copied: nobody knows who has the copy, so the login ends for
 * both. The one exception is a client that missed the answer: for a short time after its token was replaced it is told the same
 * answer again, as long as that was not used. All times are the database's.
 */
final class LoginTable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginTable.class);
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    private final Sql sql;
    private final LoginSettings settings;
    private final TimeSource time;
    private final AtomicLong sweptAt;

    /**
     * A token that took the place of another.
     *
     * @param name whose
     * @param token the new one
     */
    record Renewed(Username name, RefreshToken token) {}

    private record Row(String name, String previousHash, String salt, long sinceUse, boolean expired) {}

    LoginTable(Sql sql, LoginSettings settings, TimeSource time) {
        this.sql = sql;
        this.settings = settings;
        this.time = time;
        sweptAt = new AtomicLong(time.nanoTime());
    }

    /** Begins a login; the user's oldest one ends if there are too many. */
    RefreshToken begin(Username name) {
        RefreshToken token = RefreshToken.random();
        sql.update(
                """
                INSERT INTO chatroom_login (id, account, current_hash, salt, used_at, expires_at)
                VALUES (?, ?, ?, '', {now}, {now} + ?)""",
                token.login(),
                name.key(),
                token.hash(),
                settings.lifetime().toMillis());
        sql.update("""
                DELETE FROM chatroom_login WHERE account = ? AND id <> ? AND id NOT IN (
                    SELECT id FROM chatroom_login WHERE account = ? AND id <> ?
                    ORDER BY used_at DESC, id FETCH FIRST %d ROWS ONLY)""".formatted(settings.perUser() - 1), name.key(), token.login(), name.key(), token.login());
        sweepNowAndThen();
        return token;
    }

    /** Takes a token and gives the next; empty if it is not good, or not any more. */
    Optional<Renewed> renew(RefreshToken token) {
        String salt = RefreshToken.randomSalt();
        RefreshToken next = token.successor(salt);
        boolean renewed =
                sql.update("""
                        UPDATE chatroom_login
                        SET previous_hash = current_hash, current_hash = ?, salt = ?, used_at = {now},
                            expires_at = {now} + ?
                        WHERE id = ? AND current_hash = ? AND expires_at > {now}""", next.hash(), salt, settings.lifetime().toMillis(), token.login(), token.hash()) == 1;
        Optional<Row> row = find(token);
        sweepNowAndThen();
        if (renewed) {
            return row.map(found -> new Renewed(new Username(found.name()), next));
        }
        return row.flatMap(found -> again(token, found));
    }

    /** What becomes of a token that is not its login's newest. */
    private Optional<Renewed> again(RefreshToken token, Row row) {
        boolean missedTheAnswer = !row.expired()
                && token.hash().equals(row.previousHash())
                && row.sinceUse() <= settings.grace().toMillis();
        if (missedTheAnswer) {
            return Optional.of(new Renewed(new Username(row.name()), token.successor(row.salt())));
        }
        end(token);
        if (!row.expired()) {
            LOG.warn("A refresh token of {} was used twice: its login is ended", row.name());
        }
        return Optional.empty();
    }

    private Optional<Row> find(RefreshToken token) {
        return sql.first(
                """
                SELECT name, COALESCE(previous_hash, '') AS previous_hash, salt,
                       {now} - used_at AS since_use, expires_at <= {now} AS expired
                FROM chatroom_login JOIN chatroom_account ON name_key = account
                WHERE id = ?""",
                row -> new Row(
                        row.getString("name"),
                        row.getString("previous_hash"),
                        row.getString("salt"),
                        row.getLong("since_use"),
                        row.getBoolean("expired")),
                token.login());
    }

    /** Ends a login; any of its tokens will do. */
    void end(RefreshToken token) {
        sql.update("DELETE FROM chatroom_login WHERE id = ?", token.login());
    }

    private void sweepNowAndThen() {
        long last = sweptAt.get();
        long now = time.nanoTime();
        if (now - last >= SWEEP_INTERVAL.toNanos() && sweptAt.compareAndSet(last, now)) {
            sql.update("DELETE FROM chatroom_login WHERE expires_at <= {now}");
        }
    }
}
