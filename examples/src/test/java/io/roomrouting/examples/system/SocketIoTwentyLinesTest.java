package io.roomrouting.examples.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.Identity;
import io.roomrouting.examples.socketio.TwentyLines;
import io.roomrouting.jwt.JwtIssuer;
import io.roomrouting.jwt.JwtKey;
import io.roomrouting.jwt.JwtKeys;
import io.socket.client.IO;
import io.socket.client.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SocketIoTwentyLinesTest {

    private final JwtKeys keys = JwtKeys.of(JwtKey.hs256(JwtKey.randomSecret()));
    private final int port = Integer.parseInt(FreePorts.next());

    @Test
    void theQuotedLinesAreAServerForTheOfficialClient() throws Exception {
        List<AutoCloseable> running = TwentyLines.serve(keys, port);
        Socket ann = client("ann");
        Socket ben = client("ben");
        BlockingQueue<Object[]> heard = new LinkedBlockingQueue<>();
        BlockingQueue<Object[]> replies = new LinkedBlockingQueue<>();
        try {
            ann.on("said", heard::add);
            ann.on("connect", nothing -> ben.connect());
            ben.on("connect", nothing -> ben.emit("say", new Object[] {"hello"}, replies::add));
            ann.connect();

            assertThat(heard.poll(60, TimeUnit.SECONDS)).containsExactly("ben", "hello");
            assertThat(replies.poll(60, TimeUnit.SECONDS)).containsExactly(1);
        } finally {
            ann.disconnect();
            ben.disconnect();
            for (AutoCloseable part : running) {
                part.close();
            }
        }
    }

    private Socket client(String user) {
        IO.Options options = new IO.Options();
        options.auth = Map.of("token", JwtIssuer.of(keys).issueLogin(Identity.of(user)));
        return IO.socket(URI.create("http://127.0.0.1:" + port), options);
    }
}
