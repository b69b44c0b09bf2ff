package io.roomrouting.testkit;

import org.jspecify.annotations.Nullable;

/** The reply to an event that a {@link TestClient} asked for. For the test's thread only. */
public final class TestReply {

    private final TestClient client;
    private final String event;
    private final long replyId;
    private @Nullable RecordedMessage answer;

    TestReply(TestClient client, String event, long replyId) {
        this.client = client;
        this.event = event;
        this.replyId = replyId;
    }

    /**
     * Says whether the reply has come.
     *
     * @return true if there is an answer or a refusal
     */
    public boolean hasCome() {
        if (answer == null) {
            answer = client.takeAnswer(replyId);
        }
        return answer != null;
    }

    /**
     * Looks at the answer.
     *
     * @return the answer
     * @throws AssertionError if it has not come, or is a refusal
     */
    public RecordedMessage.Reply expect() {
        if (hasCome() && answer instanceof RecordedMessage.Reply reply) {
            return reply;
        }
        throw client.failure("expected an answer to \"" + event + "\"" + butCame());
    }

    /**
     * Looks at the answer and reads its first argument.
     *
     * @param type what to read it as
     * @param <T> the type
     * @return the value
     * @throws AssertionError if it has not come, or is a refusal
     * @throws io.roomrouting.RoutingException.InvalidRequest if there is no argument or it is of another type
     */
    public <T> T data(Class<T> type) {
        return expect().data(type);
    }

    /**
     * Looks at the refusal.
     *
     * @param code for example {@code INVALID_REQUEST}
     * @return the detail, one line for people
     * @throws AssertionError if none has come, or another one
     */
    public String expectError(String code) {
        if (hasCome()
                && answer instanceof RecordedMessage.Failure failure
                && failure.code().equals(code)) {
            return failure.detail();
        }
        throw client.failure("expected that \"" + event + "\" is refused with " + code + butCame());
    }

    private String butCame() {
        return answer == null ? ", but no reply has come" : ", but the reply is: " + answer;
    }
}
