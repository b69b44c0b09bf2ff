package io.roomrouting.internal;

import io.roomrouting.RoutingException;
import io.roomrouting.session.Event;
import io.roomrouting.session.Payload;
import io.roomrouting.spi.Encoded;
import io.roomrouting.spi.InboundEvent;
import java.util.Arrays;

/** A client's event in the hands of a room. */
final class EventRuntime implements Event {

    private static final Payload MISSING = new Payload() {
        @Override
        public <T> T as(Class<T> type) {
            throw RoutingException.invalid("an argument is missing");
        }

        @Override
        public boolean isNull() {
            return true;
        }
    };

    private final SessionRuntime session;
    private final InboundEvent inbound;
    private boolean answered;

    EventRuntime(SessionRuntime session, InboundEvent inbound) {
        this.session = session;
        this.inbound = inbound;
        this.answered = inbound.replyId() == InboundEvent.NO_REPLY;
    }

    @Override
    public String name() {
        return inbound.name();
    }

    @Override
    public int size() {
        return inbound.arguments().size();
    }

    @Override
    public Payload argument(int index) {
        return index < size() ? inbound.arguments().get(index) : MISSING;
    }

    @Override
    public boolean wantsReply() {
        return !answered;
    }

    @Override
    public void reply(Object... values) {
        session.checkThread();
        if (!answered) {
            Encoded reply = session.format().reply(inbound.replyId(), Arrays.asList(values));
            answered = true;
            session.deliver(reply);
        }
    }

    @Override
    public void fail(String code, String detail) {
        session.checkThread();
        long replyId = answered ? InboundEvent.NO_REPLY : inbound.replyId();
        answered = true;
        session.deliver(session.format().failure(replyId, code, detail));
    }
}
