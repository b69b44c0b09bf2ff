package io.roomrouting.jetty.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.session.LeaveReason;
import io.roomrouting.spi.CloseFrame;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FramesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 8100",
        "1, 8101",
        "125, 817d",
        "126, 817e007e",
        "65535, 817effff",
        "65536, 817f0000000000010000",
        "300000, 817f00000000000493e0"
    })
    void aFrameHasTheShortestHeaderAndNoMask(int length, String header) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 'x');

        byte[] frame = Frames.of(Frames.TEXT, payload);

        assertThat(HexFormat.of().formatHex(frame, 0, header.length() / 2)).isEqualTo(header);
        assertThat(Arrays.copyOfRange(frame, header.length() / 2, frame.length)).isEqualTo(payload);
    }

    @Test
    void aCloseFrameHoldsCodeAndReason() {
        byte[] frame = Frames.close(CloseFrame.of(LeaveReason.SLOW_CONSUMER, Duration.ofMillis(1200)));

        assertThat(HexFormat.of().formatHex(frame, 0, 4)).isEqualTo("8821100a");
        assertThat(new String(frame, 4, frame.length - 4, UTF_8)).isEqualTo("SLOW_CONSUMER;retryAfterMs=1200");
    }

    @ParameterizedTest
    @EnumSource(LeaveReason.class)
    void everyReasonFitsIntoACloseFrame(LeaveReason reason) {
        byte[] frame = Frames.close(CloseFrame.of(reason, Duration.ofDays(1)));

        assertThat(frame.length).isLessThanOrEqualTo(127);
        assertThat(frame[1]).isEqualTo((byte) (frame.length - 2));
    }

    @ParameterizedTest
    @EnumSource(ErrorCode.class)
    void everyCodeThatIsSentMayBeSent(ErrorCode code) {
        int closeCode = CloseFrame.of(exceptionOf(code)).code();

        assertThat(Frames.mayBeSent(closeCode)).isTrue();
    }

    @Test
    void anEmptyCloseFrameIsAnsweredWithAnEmptyOne() {
        assertThat(Frames.closeEcho(Frames.NO_CODE)).isEqualTo(HexFormat.of().parseHex("8800"));
        assertThat(Frames.closeEcho(4001)).isEqualTo(HexFormat.of().parseHex("88020fa1"));
    }

    private static RoutingException exceptionOf(ErrorCode code) {
        return switch (code) {
            case UNAUTHENTICATED -> RoutingException.unauthenticated("m");
            case FORBIDDEN -> RoutingException.forbidden("m");
            case TICKET_EXPIRED, TICKET_USED, TICKET_WRONG_HOST, NOT_OWNER -> RoutingException.lookUpAgain(code, "m");
            case ROOM_NOT_FOUND, ROOM_FULL, ROOM_LOCKED, ROOM_CLOSED, ALREADY_JOINED ->
                RoutingException.roomRefused(code, "m");
            case INVALID_REQUEST, INTERNAL_ERROR -> RoutingException.invalid("m");
            default -> RoutingException.unavailable(code, "m", Duration.ofSeconds(1));
        };
    }
}
