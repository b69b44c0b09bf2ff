package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LimitedBodyTest {

    private final LimitedBody body = new LimitedBody(8);
    private boolean hungUp;

    LimitedBodyTest() {
        body.onSubscribe(new Flow.Subscription() {
            @Override
            public void request(long count) {}

            @Override
            public void cancel() {
                hungUp = true;
            }
        });
    }

    @Test
    void a_body_up_to_the_limit_is_collected() {
        body.onNext(buffers("abc", "de"));
        body.onNext(buffers("fgh"));
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().join()).asString(UTF_8).isEqualTo("abcdefgh");
        assertThat(hungUp).isFalse();
    }

    @Test
    void one_byte_more_breaks_off_at_once() {
        body.onNext(buffers("abcdefgh"));
        body.onNext(buffers("i"));

        assertThat(hungUp).isTrue();
        assertThat(body.getBody().toCompletableFuture())
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .havingCause()
                .isInstanceOf(IOException.class)
                .withMessage("the body has more than 8 bytes");
    }

    private static List<ByteBuffer> buffers(String... texts) {
        return Stream.of(texts)
                .map(text -> ByteBuffer.wrap(text.getBytes(UTF_8)))
                .toList();
    }
}
