package io.roomrouting.examples.chatroom.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.testkit.ManualTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** What holds of accounts in every database. */
abstract class AccountsTest {

    private static final String PASSWORD = "correct horse";
    private static final String HOME = "192.0.2.1";
    private static final int CHEAP = 4;

    private final ManualTime time = ManualTime.create();
    private final Accounts accounts = accounts(CHEAP, LoginSettings.defaults());
    private final Sql sql = new Sql(database());

    /** The database of this class, the same for all of its tests; each test has users of its own. */
    abstract DataSource database();

    @Test
    void whoRegistersIsLoggedIn() {
        Login registered = accounts.register("Ann.1", PASSWORD, HOME);
        Login loggedIn = accounts.logIn("Ann.1", PASSWORD, HOME);

        assertThat(registered.username()).isEqualTo("Ann.1");
        assertThat(registered.token()).isEqualTo("token of Ann.1");
        assertThat(loggedIn.token()).isEqualTo("token of Ann.1");
        assertThat(loggedIn.refreshToken()).isNotEqualTo(registered.refreshToken());
    }

    @Test
    void aNameIsTheSameInEveryCase() {
        accounts.register("Bob", PASSWORD, HOME);

        assertThatThrownBy(() -> accounts.register("bOB", "another password", HOME))
                .isInstanceOf(NameTaken.class);
        assertThat(accounts.logIn("BOB", PASSWORD, HOME).username()).isEqualTo("Bob");
    }

    @Test
    void namesAndPasswordsThatDoNotFitAreRefused() {
        for (String name : List.of("", "ab", "x".repeat(33), "a b", "m\u00fcller", "a/b", "ann\n", "<b>")) {
            assertThatThrownBy(() -> accounts.register(name, PASSWORD, HOME))
                    .as(name)
                    .isInstanceOf(RoutingException.InvalidRequest.class);
        }
        assertThatThrownBy(() -> accounts.register("carl", "x".repeat(73), HOME))
                .isInstanceOf(RoutingException.InvalidRequest.class);
    }

    @Test
    void aWrongNameAndAWrongPasswordAreToldAlike() {
        accounts.register("dora", PASSWORD, HOME);

        List<Throwable> refusals = List.of(
                catchThrowable(() -> accounts.logIn("dora", "wrong password", HOME)),
                catchThrowable(() -> accounts.logIn("nobody", PASSWORD, HOME)),
                catchThrowable(() -> accounts.logIn("no name", PASSWORD, HOME)),
                catchThrowable(() -> accounts.logIn("dora", "x".repeat(100), HOME)),
                catchThrowable(() -> accounts.logIn("dora", "", HOME)));

        assertThat(refusals).hasOnlyElementsOfType(RoutingException.Unauthenticated.class);
        assertThat(refusals.stream().map(Throwable::getMessage).distinct()).hasSize(1);
    }

    @Test
    void ofManyWhoWantANameAtOnceOneGetsIt() throws Exception {
        List<Object> outcomes = atOnce(8, () -> accounts.register("Erika", PASSWORD, HOME));

        assertThat(outcomes).hasSize(8);
        assertThat(outcomes.stream().filter(Login.class::isInstance)).hasSize(1);
        assertThat(outcomes.stream().filter(NameTaken.class::isInstance)).hasSize(7);
    }

    @Test
    void thePasswordIsKeptAsAHashOnly() {
        accounts.register("frank", PASSWORD, HOME);

        assertThat(hashOf("frank")).matches("\\$2b\\$04\\$.{53}");
    }

    @Test
    void aHashThatIsTooCheapIsReplacedAtTheNextLogIn() {
        accounts.register("gina", PASSWORD, HOME);
        Accounts dearer = accounts(CHEAP + 1, LoginSettings.defaults());

        assertThatThrownBy(() -> dearer.logIn("gina", "wrong password", HOME))
                .isInstanceOf(RoutingException.Unauthenticated.class);
        assertThat(hashOf("gina")).startsWith("$2b$04$");
        dearer.logIn("gina", PASSWORD, HOME);

        assertThat(hashOf("gina")).startsWith("$2b$05$");
        assertThat(dearer.logIn("gina", PASSWORD, HOME).username()).isEqualTo("gina");
    }

    @Test
    void afterTooManyFailuresEvenTheRightPasswordHasToWait() {
        accounts.register("hugo", PASSWORD, HOME);
        for (int i = 0; i < 10; i++) {
            assertThat(catchThrowable(() -> accounts.logIn("Hugo", "wrong password", HOME)))
                    .isNotNull();
        }

        var refused =
                catchThrowableOfType(RoutingException.Unavailable.class, () -> accounts.logIn("hugo", PASSWORD, HOME));
        assertThat(refused.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        time.advance(refused.retryAfter().orElseThrow());
        assertThat(accounts.logIn("hugo", PASSWORD, HOME).username()).isEqualTo("hugo");
    }

    @Test
    void aRefreshTokenGivesTheNext() {
        String token = accounts.register("Ida", PASSWORD, HOME).refreshToken();
        for (int i = 0; i < 3; i++) {
            Login next = accounts.refresh(token);

            assertThat(next.username()).isEqualTo("Ida");
            assertThat(next.token()).isEqualTo("token of Ida");
            assertThat(next.refreshToken()).isNotEqualTo(token);
            token = next.refreshToken();
        }
    }

    @Test
    void aClientThatMissedTheAnswerIsToldTheSameAgain() {
        String token = accounts.register("jan", PASSWORD, HOME).refreshToken();

        String next = accounts.refresh(token).refreshToken();

        assertThat(accounts.refresh(token).refreshToken()).isEqualTo(next);
        assertThat(accounts.refresh(next).refreshToken()).isNotEqualTo(next);
    }

    @Test
    void whoRefreshesManyTimesAtOnceGetsOneToken() throws Exception {
        String token = accounts.register("kim", PASSWORD, HOME).refreshToken();

        List<Object> outcomes = atOnce(8, () -> accounts.refresh(token).refreshToken());

        assertThat(outcomes.stream().distinct()).hasSize(1);
        assertThat(accounts.refresh((String) outcomes.get(0)).username()).isEqualTo("kim");
    }

    @Test
    void aTokenThatComesAgainAfterItsSuccessorWasUsedEndsTheLogin() {
        String stolen = accounts.register("lara", PASSWORD, HOME).refreshToken();
        String other = accounts.logIn("lara", PASSWORD, HOME).refreshToken();
        String second = accounts.refresh(stolen).refreshToken();
        String newest = accounts.refresh(second).refreshToken();

        assertRefused(stolen);
        assertRefused(newest);
        assertRefused(second);
        assertThat(accounts.refresh(other).username()).isEqualTo("lara");
    }

    @Test
    void aTokenThatComesAgainLaterEndsTheLogin() {
        String stolen = accounts.register("max", PASSWORD, HOME).refreshToken();
        String newest = accounts.refresh(stolen).refreshToken();
        pass("max", Duration.ofSeconds(31));

        assertRefused(stolen);
        assertRefused(newest);
    }

    @Test
    void aLoginThatIsNotUsedEnds() {
        String token = accounts.register("nina", PASSWORD, HOME).refreshToken();
        pass("nina", Duration.ofDays(29));
        String next = accounts.refresh(token).refreshToken();
        pass("nina", Duration.ofDays(30));

        assertRefused(next);
    }

    @Test
    void whoLogsOutIsOut() {
        String first = accounts.register("olga", PASSWORD, HOME).refreshToken();
        String other = accounts.logIn("olga", PASSWORD, HOME).refreshToken();
        String newest = accounts.refresh(first).refreshToken();

        accounts.logOut(newest);
        accounts.logOut(newest);

        assertRefused(newest);
        assertRefused(first);
        assertThat(accounts.refresh(other).username()).isEqualTo("olga");
    }

    @Test
    void aUserHasTwentyLoginsAtMostAndTheOldestEnds() {
        String first = accounts.register("paul", PASSWORD, HOME).refreshToken();
        List<String> later = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pass("paul", Duration.ofSeconds(1));
            later.add(accounts.logIn("paul", PASSWORD, HOME).refreshToken());
        }

        assertRefused(first);
        assertThat(accounts.refresh(later.get(0)).username()).isEqualTo("paul");
        assertThat(loginsOf("paul")).isEqualTo(20);
    }

    @Test
    void loginsThatAreOverAreSweptOut() {
        accounts.register("quin", PASSWORD, HOME);
        pass("quin", Duration.ofDays(31));
        time.advance(Duration.ofMinutes(10));

        accounts.register("rosa", PASSWORD, HOME);

        assertThat(loginsOf("quin")).isZero();
        assertThat(loginsOf("rosa")).isEqualTo(1);
    }

    @Test
    void whatIsNoRefreshTokenIsRefused() {
        for (String token :
                List.of("", "x", "a.b", "\u0000", "x".repeat(22) + "." + "y".repeat(43), "'; DROP TABLE x")) {
            assertRefused(token);
            accounts.logOut(token);
        }
    }

    @Test
    void noSecretStandsInTheDatabaseAsItIs() {
        String token = accounts.register("sven", PASSWORD, HOME).refreshToken();
        String next = accounts.refresh(token).refreshToken();

        String row = sql.first(
                        "SELECT current_hash, previous_hash, salt FROM chatroom_login WHERE account = ?",
                        found -> found.getString(1) + found.getString(2) + found.getString(3),
                        "sven")
                .orElseThrow();

        assertThat(row).doesNotContain(secretIn(token), secretIn(next));
    }

    @Test
    void whatIsOpenedAgainHasTheAccountsStill() {
        accounts.register("tina", PASSWORD, HOME);

        assertThat(accounts(CHEAP, LoginSettings.defaults())
                        .logIn("tina", PASSWORD, HOME)
                        .username())
                .isEqualTo("tina");
    }

    @Test
    void nothingSecretIsShown() {
        Login login = accounts.register("ulli", PASSWORD, HOME);

        assertThat(login.toString()).contains("ulli").doesNotContain(login.token(), login.refreshToken());
        assertThat(RefreshToken.parse(login.refreshToken()).orElseThrow().toString())
                .doesNotContain(secretIn(login.refreshToken()));
    }

    @Test
    void tablesOfANewerVersionAreNotTouched() throws SQLException {
        sql.update("INSERT INTO chatroom_schema (version) VALUES (99)");
        try {
            assertThatThrownBy(() -> accounts(CHEAP, LoginSettings.defaults())).hasMessageContaining("version 99");
        } finally {
            sql.update("DELETE FROM chatroom_schema WHERE version = 99");
        }
    }

    private Accounts accounts(int cost, LoginSettings settings) {
        Accounts opened = Accounts.in(
                database(),
                cost,
                AttemptLimits.defaults(),
                settings,
                who -> "token of " + who.user().value(),
                time);
        opened.prepare();
        return opened;
    }

    private void assertRefused(String token) {
        assertThatThrownBy(() -> accounts.refresh(token)).isInstanceOf(RoutingException.Unauthenticated.class);
    }

    /** Lets time pass for a user's logins, by the database's clock. */
    private void pass(String user, Duration time) {
        sql.update(
                "UPDATE chatroom_login SET used_at = used_at - ?, expires_at = expires_at - ? WHERE account = ?",
                time.toMillis(),
                time.toMillis(),
                user);
    }

    private String hashOf(String user) {
        return sql.first("SELECT password_hash FROM chatroom_account WHERE name_key = ?", row -> row.getString(1), user)
                .orElseThrow();
    }

    private long loginsOf(String user) {
        return sql.first("SELECT COUNT(*) FROM chatroom_login WHERE account = ?", row -> row.getLong(1), user)
                .orElseThrow();
    }

    private static String secretIn(String token) {
        return token.substring(token.indexOf('.') + 1);
    }

    /** Does something many times at once; tells what came of each, a result or an exception. */
    private static List<Object> atOnce(int times, Callable<?> action) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<Callable<Object>> tries = IntStream.range(0, times)
                    .<Callable<Object>>mapToObj(i -> () -> outcomeOf(action))
                    .toList();
            List<Object> outcomes = new ArrayList<>();
            for (Future<Object> outcome : threads.invokeAll(tries)) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static Object outcomeOf(Callable<?> action) {
        try {
            return action.call();
        } catch (Exception e) {
            return e;
        }
    }
}
