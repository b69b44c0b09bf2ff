package io.roomrouting.testkit;

import io.roomrouting.session.Payload;
import io.roomrouting.session.PayloadCodec;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A wire format whose messages can be looked at, and that counts how often it encodes. Thread-safe. */
public final class RecordingFormat implements WireFormat {

    private final Function<@Nullable Object, Payload> payloads;
    private final List<RecordedMessage> stored = new ArrayList<>();
    private final AtomicInteger encodings = new AtomicInteger();

    private RecordingFormat(Function<@Nullable Object, Payload> payloads) {
        this.payloads = payloads;
    }

    /**
     * Lets every object pass as it is. What a room changes in an object after sending it changes what was recorded: send
     * immutable values.
     *
     * @return a format of its own
     */
    public static RecordingFormat plain() {
        return new RecordingFormat(PlainPayload::new);
    }

    /**
     * Writes and reads every value, both ways.
     *
     * @param codec writes and reads
     * @return a format of its own
     */
    public static RecordingFormat through(PayloadCodec codec) {
        return new RecordingFormat(value -> CodedPayload.of(codec, value));
    }

    /**
     * Turns a value into what a room reads from a client.
     *
     * @param value the value
     * @return the payload
     * @throws IllegalArgumentException if the codec cannot write the value
     */
    public Payload payload(@Nullable Object value) {
        return payloads.apply(value);
    }

    /**
     * Counts the messages that were encoded; a broadcast counts once.
     *
     * @return the number of messages
     */
    public int encodings() {
        return encodings.get();
    }

    @Override
    public String name() {
        return "recorded";
    }

    @Override
    public Encoded event(String name, List<?> arguments) {
        encodings.incrementAndGet();
        return new RecordedMessage.Event(name, payloads(arguments));
    }

    @Override
    public Encoded reply(long replyId, List<?> arguments) {
        encodings.incrementAndGet();
        return new RecordedMessage.Reply(replyId, payloads(arguments));
    }

    @Override
    public Encoded failure(long replyId, String code, String detail) {
        encodings.incrementAndGet();
        return new RecordedMessage.Failure(replyId, code, detail);
    }

    private List<Payload> payloads(List<?> values) {
        return values.stream().<Payload>map(this::payload).toList();
    }

    @Override
    public Encoded acknowledgement(long handled) {
        return new RecordedMessage.Acknowledgement(handled);
    }

    /** The mark of an event is its text; replies have none. */
    @Override
    public boolean hasMark(Encoded message, String mark) {
        return message instanceof RecordedMessage.Event event
                && event.toString().equals(mark);
    }

    /** Messages hold objects that nobody knows how to write: they are remembered, and their place is written. */
    @Override
    public synchronized byte[] store(Encoded message) {
        stored.add((RecordedMessage) message);
        return ByteBuffer.allocate(Integer.BYTES).putInt(stored.size() - 1).array();
    }

    @Override
    public synchronized Encoded restore(byte[] written) {
        return stored.get(ByteBuffer.wrap(written).getInt());
    }
}
