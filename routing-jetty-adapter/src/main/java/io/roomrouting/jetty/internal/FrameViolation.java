package io.roomrouting.jetty.internal;

import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.CloseFrame;
import java.io.Serial;

/** A client broke the rules of RFC 6455; the connection has to end. Has no stack trace: it is about the client. */
public final class FrameViolation extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int PROTOCOL_ERROR = 1002;
    private static final int NOT_ACCEPTED = 1003;
    private static final int BAD_TEXT = 1007;
    private static final int POLICY = 1008;
    private static final int TOO_BIG = 1009;

    private final int code;

    private FrameViolation(int code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    public static FrameViolation protocol(String message) {
        return new FrameViolation(PROTOCOL_ERROR, message);
    }

    public static FrameViolation notAccepted(String message) {
        return new FrameViolation(NOT_ACCEPTED, message);
    }

    public static FrameViolation badText(String message) {
        return new FrameViolation(BAD_TEXT, message);
    }

    public static FrameViolation policy(String message) {
        return new FrameViolation(POLICY, message);
    }

    public static FrameViolation tooBig(String message) {
        return new FrameViolation(TOO_BIG, message);
    }

    LeaveReason reason() {
        return code == TOO_BIG ? LeaveReason.TOO_BIG : LeaveReason.PROTOCOL_ERROR;
    }

    CloseFrame closeFrame() {
        return new CloseFrame(code, reason().name());
    }
}
