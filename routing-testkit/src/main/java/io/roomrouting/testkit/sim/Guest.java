package io.roomrouting.testkit.sim;

import io.roomrouting.spi.CloseFrame;
import io.roomrouting.spi.Welcome;
import io.roomrouting.testkit.RecordedMessage;

/** What a client hears on one connection. */
interface Guest {

    /** It is in. */
    void accepted(Welcome welcome);

    /** A message came. */
    void receive(RecordedMessage message);

    /** The host ended it, or refused; nothing follows. */
    void told(CloseFrame frame);

    /** The connection broke; nothing follows. */
    void lost();
}
