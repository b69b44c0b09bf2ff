package io.roomrouting.socketio.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.ErrorCode;
import io.roomrouting.TimeSource;
import io.roomrouting.socketio.ConnectHook;
import io.roomrouting.socketio.ConnectRefusal;
import io.roomrouting.socketio.ConnectRequest;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Lets in who shows the right password, or the name of a login that is remembered. Who is refused is told so after a
 * second, in the words that the official UI knows. Thread-safe; the password is looked at elsewhere.
 */
final class AdminGate implements ConnectHook {

    /** The attribute in which a new login's name is handed on. */
    static final String SESSION = "session";

    static final Duration DELAY = Duration.ofSeconds(1);

    private static final int LONGEST = 200;

    private final AdminLogin login;
    private final AdminSessions sessions;
    private final LoginAttempts attempts;
    private final Executor executor;
    private final TimeSource time;

    AdminGate(AdminLogin login, Duration sessionLife, Executor executor, TimeSource time) {
        this.login = login;
        this.sessions = new AdminSessions(time, sessionLife);
        this.attempts = new LoginAttempts(time);
        this.executor = executor;
        this.time = time;
    }

    @Override
    public CompletionStage<ConnectRequest> before(ConnectRequest request) {
        JsonNode auth = request.auth().as(JsonNode.class);
        if (sessions.isLive(auth.path("sessionId").asText())) {
            return CompletableFuture.completedFuture(request);
        }
        JsonNode username = auth.path("username");
        JsonNode password = auth.path("password");
        if (!isCredible(username) || !isCredible(password)) {
            return refused();
        }
        if (!attempts.take(request.handshake().remoteAddress())) {
            return tooManyAttempts();
        }
        try {
            return CompletableFuture.supplyAsync(
                            () -> login.accepts(username.textValue(), password.textValue()), executor)
                    .thenCompose(accepted -> accepted
                            ? CompletableFuture.completedFuture(request.with(SESSION, sessions.begin()))
                            : refused());
        } catch (RejectedExecutionException busy) {
            return tooManyAttempts();
        }
    }

    private static boolean isCredible(JsonNode value) {
        return value.isTextual()
                && !value.textValue().isEmpty()
                && value.textValue().length() <= LONGEST;
    }

    private CompletableFuture<ConnectRequest> refused() {
        CompletableFuture<ConnectRequest> answer = new CompletableFuture<>();
        time.schedule(DELAY, () -> answer.completeExceptionally(new ConnectRefusal("invalid credentials")));
        return answer;
    }

    private static CompletableFuture<ConnectRequest> tooManyAttempts() {
        Map<String, Object> when =
                Map.of("code", ErrorCode.RATE_LIMITED.name(), "retryAfterMs", LoginAttempts.INTERVAL.toMillis());
        return CompletableFuture.failedFuture(new ConnectRefusal("too many attempts", when));
    }
}
