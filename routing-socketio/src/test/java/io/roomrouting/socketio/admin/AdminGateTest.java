package io.roomrouting.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class AdminGateTest {

    private static final String RIGHT = "{\"username\":\"ann\",\"password\":\"changeit\"}";
    private static final String WRONG = "{\"username\":\"ann\",\"password\":\"guess\"}";
    private static final String REFUSED = "44/admin,{\"message\":\"invalid credentials\"}";
    private static final Pattern SESSION = Pattern.compile("42/admin,\\[\"session\",\"([^\"]{20})\"]");

    private final AdminServer server = new AdminServer(UnaryOperator.identity());

    private FakeLink show(String auth) {
        FakeLink link = server.fake.webSocket();
        link.text("40/admin," + auth);
        return link;
    }

    private static String session(FakeLink link) {
        Matcher session = SESSION.matcher(String.join("\n", link.received()));
        assertThat(session.find()).as("told the name of the login").isTrue();
        return session.group(1);
    }

    @Test
    void whoKnowsThePasswordIsLetInAndRemembered() {
        String session = session(show(RIGHT));

        List<String> heard = show("{\"sessionId\":\"" + session + "\"}").received();

        assertThat(heard.get(0)).startsWith("40/admin,{\"sid\":");
        assertThat(heard).noneMatch(message -> message.contains("\"session\""));
        assertThat(server.logins).as("passwords looked at").isEqualTo(1);
    }

    @Test
    void whoDoesNotIsRefusedAfterASecond() {
        FakeLink link = show(WRONG);
        server.pass(Duration.ofMillis(900), link);
        assertThat(link.received()).isEmpty();

        server.pass(Duration.ofMillis(100), link);

        assertThat(link.received()).contains(REFUSED);
    }

    @Test
    void whatIsNoPasswordIsNotLookedAt() {
        for (String auth : List.of(
                "{}",
                "{\"sessionId\":null}",
                "{\"sessionId\":\"\"}",
                "{\"sessionId\":\"AAAAAAAAAAAAAAAAAAAA\"}",
                "{\"username\":\"ann\"}",
                "{\"username\":{},\"password\":[]}",
                "{\"username\":\"ann\",\"password\":\"" + "x".repeat(201) + "\"}")) {
            FakeLink link = show(auth);
            server.pass(AdminGate.DELAY, link);
            assertThat(link.received()).as(auth).contains(REFUSED);
        }
        assertThat(server.logins).isZero();
    }

    @Test
    void fewPasswordsAreTriedFromOneAddress() {
        for (int i = 0; i < LoginAttempts.BURST; i++) {
            show(WRONG);
        }

        FakeLink sixth = show(RIGHT);

        assertThat(sixth.received())
                .singleElement()
                .asString()
                .startsWith("44/admin,{\"message\":\"too many attempts\",\"data\":")
                .contains("\"code\":\"RATE_LIMITED\"", "\"retryAfterMs\":10000");
        assertThat(server.logins).isEqualTo(LoginAttempts.BURST);

        server.pass(LoginAttempts.INTERVAL);
        assertThat(session(show(RIGHT))).isNotEmpty();
    }

    @Test
    void aLoginIsForgottenInTime() {
        AdminServer brief = new AdminServer(admin -> admin.sessionLife(Duration.ofMinutes(1)));
        FakeLink first = brief.admin();
        String session = session(first);
        brief.pass(Duration.ofMinutes(1));

        FakeLink late = brief.fake.webSocket();
        late.text("40/admin,{\"sessionId\":\"" + session + "\"}");
        brief.pass(AdminGate.DELAY, late);

        assertThat(late.received()).contains(REFUSED);
    }

    @Test
    void aLoginThatNobodyHasTimeForIsToBeTriedLater() {
        AdminServer busy = new AdminServer(admin -> admin.executor(task -> {
            throw new RejectedExecutionException("full");
        }));

        assertThat(busy.admin().received()).singleElement().asString().contains("too many attempts");
    }

    @Test
    void theOldestOfTooManyLoginsIsForgotten() {
        AdminSessions sessions = new AdminSessions(server.fake.time, Duration.ofHours(1));
        String first = sessions.begin();
        String second = sessions.begin();
        for (int i = 2; i <= AdminSessions.MOST; i++) {
            sessions.begin();
        }

        assertThat(sessions.isLive(first)).isFalse();
        assertThat(sessions.isLive(second)).isTrue();
    }

    @Test
    void attemptsComeBackOneByOneAndAddressesAreBounded() {
        LoginAttempts attempts = new LoginAttempts(server.fake.time);
        for (int i = 0; i < LoginAttempts.BURST; i++) {
            assertThat(attempts.take("192.0.2.7")).isTrue();
        }
        assertThat(attempts.take("192.0.2.7")).isFalse();
        assertThat(attempts.take("192.0.2.8")).isTrue();

        server.fake.time.advance(LoginAttempts.INTERVAL);
        assertThat(attempts.take("192.0.2.7")).isTrue();
        assertThat(attempts.take("192.0.2.7")).isFalse();

        for (int i = 0; i < LoginAttempts.MOST_ADDRESSES; i++) {
            attempts.take("client " + i);
        }
        assertThat(attempts.take("192.0.2.7")).as("forgotten").isTrue();
    }
}
