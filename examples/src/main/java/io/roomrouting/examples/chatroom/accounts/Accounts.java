package io.roomrouting.examples.chatroom.accounts;

import io.roomrouting.Identity;
import io.roomrouting.RoutingException;
import io.roomrouting.TimeSource;
import io.roomrouting.examples.chatroom.accounts.AccountTable.Account;
import io.roomrouting.jetty.LoginIssuer;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Who may use the chat room. Thread-safe; every call blocks, and those with a password take long on purpose.
 *
 * <p>A wrong name and a wrong password are told alike and after the same time. What the database cannot do is a
 * {@link RoutingException.Unavailable}.
 */
public final class Accounts {

    /** What a program has to know to ask people for a name and a password. */
    public static final Map<String, Object> RULES = Map.of(
            "accounts",
            true,
            "username",
            Map.of("pattern", Username.FORM),
            "password",
            Map.of("minBytes", Password.MIN_BYTES, "maxBytes", Password.MAX_BYTES));

    /** Whose attempts are counted together, since nobody can be called so. */
    private static final String NO_NAME = "?";

    private final Sql sql;
    private final AccountTable accounts;
    private final LoginTable logins;
    private final PasswordHashes hashes;
    private final Attempts attempts;
    private final LoginIssuer tokens;

    private Accounts(Sql sql, LoginTable logins, PasswordHashes hashes, Attempts attempts, LoginIssuer tokens) {
        this.sql = sql;
        this.accounts = new AccountTable(sql);
        this.logins = logins;
        this.hashes = hashes;
        this.attempts = attempts;
        this.tokens = tokens;
    }

    /**
     * Finds the accounts of a database; touches nothing yet. The first call makes the tables where they are missing.
     *
     * @param connections PostgreSQL or H2; not closed by the accounts
     * @param bcryptCost 4 to 31, for new passwords; those of cheaper hashes get new ones at their next log-in
     * @param limits how often one may try
     * @param settings how long users stay logged in
     * @param tokens mints what opens the API
     * @param time for the limits
     * @return the accounts
     */
    public static Accounts in(
            DataSource connections,
            int bcryptCost,
            AttemptLimits limits,
            LoginSettings settings,
            LoginIssuer tokens,
            TimeSource time) {
        Sql sql = new Sql(connections);
        return new Accounts(
                sql,
                new LoginTable(sql, settings, time),
                new PasswordHashes(bcryptCost),
                new Attempts(limits, time),
                tokens);
    }

    /**
     * Makes sure that the database answers and has the tables. Not needed, but tells early what is wrong.
     *
     * @throws RoutingException.Unavailable if the database cannot be used now
     * @throws NewerTables if a newer version of this program has changed the tables
     */
    public void prepare() {
        sql.first("SELECT 1", row -> true);
    }

    /**
     * Makes an account, and logs its user in.
     *
     * @param name see {@link Username}
     * @param password see {@link Password}
     * @param address whence
     * @return the login
     * @throws NameTaken if there is an account of that name
     * @throws RoutingException if name or password do not fit, or the address asks too often
     */
    public Login register(String name, String password, String address) {
        Username username = new Username(name);
        Password chosen = Password.chosen(password);
        attempts.count(address);
        // Spares the work of a hash; what decides is the database.
        if (accounts.find(username).isPresent() || !accounts.add(new Account(username, hashes.hash(chosen)))) {
            throw new NameTaken();
        }
        return login(username, logins.begin(username));
    }

    /**
     * Logs a user in.
     *
     * @param name in whatever case
     * @param password the user's
     * @param address whence
     * @return the login
     * @throws RoutingException.Unauthenticated if there is no such account or it has another password
     * @throws RoutingException.Unavailable if there were too many attempts
     */
    public Login logIn(String name, String password, String address) {
        Optional<Username> username = Username.find(name);
        Attempts.Attempt attempt = attempts.begin(username.map(Username::key).orElse(NO_NAME), address);
        Optional<Account> account = accountOf(username, attempt);
        boolean matches = hashes.matches(Password.find(password), account.map(Account::passwordHash));
        if (account.isEmpty() || !matches) {
            throw RoutingException.unauthenticated("The username or the password is wrong");
        }
        attempt.succeeded();
        improveHash(account.get(), password);
        Username known = account.get().name();
        return login(known, logins.begin(known));
    }

    private Optional<Account> accountOf(Optional<Username> name, Attempts.Attempt attempt) {
        try {
            return name.flatMap(accounts::find);
        } catch (RoutingException databaseIsAway) {
            attempt.doesNotCount();
            throw databaseIsAway;
        }
    }

    private void improveHash(Account account, String password) {
        if (hashes.isOutdated(account.passwordHash())) {
            accounts.improveHash(account, hashes.hash(Password.chosen(password)));
        }
    }

    /**
     * Takes a refresh token and gives the next login. A token is good once; a copy of it that comes later ends the login for
     * whoever has it.
     *
     * @param refreshToken of the newest login
     * @return the next one
     * @throws RoutingException.Unauthenticated if the token is not good, or not any more: log in again
     */
    public Login refresh(String refreshToken) {
        return RefreshToken.parse(refreshToken)
                .flatMap(logins::renew)
                .map(renewed -> login(renewed.name(), renewed.token()))
                .orElseThrow(() -> RoutingException.unauthenticated("The refresh token is not valid: log in again"));
    }

    /**
     * Ends a login. Its refresh tokens are good for nothing from now on, and its access token until it expires. Does nothing
     * if the login is over already.
     *
     * @param refreshToken of the login, the newest or an older one
     */
    public void logOut(String refreshToken) {
        RefreshToken.parse(refreshToken).ifPresent(logins::end);
    }

    private Login login(Username name, RefreshToken refreshToken) {
        return new Login(tokens.issue(Identity.of(name.value())), name.value(), refreshToken.text());
    }
}
