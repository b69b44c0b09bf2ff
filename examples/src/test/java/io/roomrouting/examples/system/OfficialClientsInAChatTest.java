package io.roomrouting.examples.system;

import static io.roomrouting.examples.system.IoClient.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.roomrouting.jwt.JwtKey;
import io.socket.client.Socket;
import io.socket.engineio.client.transports.Polling;
import io.socket.engineio.client.transports.WebSocket;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcConnectionPool;
import org.json.JSONArray;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The official clients of Socket.IO say and hear every event of the chat room. */
class OfficialClientsInAChatTest {

    private static JdbcConnectionPool database;
    private static SocketIoChat server;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        database = JdbcConnectionPool.create("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "", "");
        server = SocketIoChat.start(JwtKey.randomSecret(), Integer.parseInt(FreePorts.next()), database);
    }

    @AfterAll
    static void stop() {
        server.close();
        database.dispose();
    }

    @Test
    void theJavaClientChats() throws Exception {
        try (IoClient ann = connect("chat-ann", Polling.NAME, WebSocket.NAME)) {
            ann.hearList("message_history");
            assertThat(names(ann.hearList("online_users"))).contains("chat-ann");
            JSONObject receipt = ann.ask("send_message", json("{'text':'hello','clientId':'1'}"));
            JSONObject message = ann.hear("new_message");
            assertThat(receipt.getBoolean("ok")).isTrue();
            assertThat(message.getString("username")).isEqualTo("chat-ann");
            assertThat(message.getString("text")).isEqualTo("hello");
            assertThat(message.getString("id")).isEqualTo(receipt.getString("id"));
            assertThat(message.getString("timestamp")).isEqualTo(receipt.getString("timestamp"));
            assertThat(ann.ask("send_message", json("{'text':'hello','clientId':'1'}"))
                            .getString("id"))
                    .isEqualTo(receipt.getString("id"));
            JSONObject refusal = ann.ask("send_message", json("{'text':' '}"));
            assertThat(refusal.getBoolean("ok")).isFalse();
            assertThat(refusal.getString("code")).isEqualTo("INVALID_REQUEST");
            assertThat(refusal.getString("detail")).isNotBlank();

            try (IoClient ben = connect("chat-ben", WebSocket.NAME)) {
                JSONArray history = ben.hearList("message_history");
                assertThat(history.getJSONObject(history.length() - 1).getString("text"))
                        .isEqualTo("hello");
                assertThat(names(ben.hearList("online_users"))).contains("chat-ann", "chat-ben");
                assertThat(names(ann.hearList("online_users"))).contains("chat-ben");
                ben.say("send_message", json("{'text':'hi'}"));
                assertThat(ann.hear("new_message").getString("text")).isEqualTo("hi");
            }
            assertThat(names(ann.hearList("online_users"))).doesNotContain("chat-ben");
        }
    }

    @Test
    void theJavaClientCalls() throws Exception {
        try (IoClient ann = connect("call-ann", WebSocket.NAME);
                IoClient ben = connect("call-ben", Polling.NAME);
                IoClient bensPhone = connect("call-ben", WebSocket.NAME);
                IoClient cat = connect("call-cat", Polling.NAME, WebSocket.NAME)) {
            JSONObject ringing = ann.ask("call_user", json("{'to':'call-ben','offer':{'type':'offer','sdp':'v=0'}}"));
            assertThat(ringing.getBoolean("ok")).isTrue();
            ann.say("ice_candidate", json("{'to':'call-ben','candidate':{'candidate':'early'}}"));
            JSONObject incoming = ben.hear("incoming_call");
            assertThat(incoming.getString("from")).isEqualTo("call-ann");
            assertThat(incoming.getJSONObject("offer").getString("sdp")).isEqualTo("v=0");
            bensPhone.hear("incoming_call");

            JSONObject live = ben.ask("call_answer", json("{'to':'call-ann','answer':{'type':'answer','sdp':'w'}}"));
            assertThat(live.getString("callId")).isEqualTo(ringing.getString("callId"));
            assertThat(ann.hear("call_answered").getJSONObject("answer").getString("sdp"))
                    .isEqualTo("w");
            assertThat(bensPhone.hear("call_ended").getString("from")).isEqualTo("call-ann");
            assertThat(ben.hear("ice_candidate").getJSONObject("candidate").getString("candidate"))
                    .isEqualTo("early");
            assertThat(ben.ask("ice_candidate", json("{'to':'call-ann','candidate':null}"))
                            .getBoolean("ok"))
                    .isTrue();
            assertThat(ann.hear("ice_candidate").isNull("candidate")).isTrue();

            assertThat(cat.ask("call_user", json("{'to':'call-ben','offer':{}}"))
                            .getString("code"))
                    .isEqualTo("USER_BUSY");
            assertThat(cat.hear("call_failed").getString("code")).isEqualTo("USER_BUSY");
            cat.say("call_user", json("{'to':'nobody','offer':{}}"));
            assertThat(cat.hear("call_failed").getString("code")).isEqualTo("USER_OFFLINE");
            cat.say("call_user", json("{'to':'call-cat','offer':{}}"));
            assertThat(cat.hear("call_failed").getString("code")).isEqualTo("SELF_CALL");
            assertThat(cat.ask("ice_candidate", json("{'to':'call-ben','candidate':{}}"))
                            .getString("code"))
                    .isEqualTo("NO_CALL");

            ben.say("call_user", json("{'to':'call-ann','offer':{'sdp':'again'}}"));
            JSONObject renegotiation = ann.hear("incoming_call");
            assertThat(renegotiation.getBoolean("renegotiation")).isTrue();
            ann.say("call_answer", json("{'to':'call-ben','answer':{'sdp':'yes'}}"));
            assertThat(ben.hear("call_answered").getString("from")).isEqualTo("call-ann");

            assertThat(ann.ask("end_call", json("{'to':'call-ben'}")).getBoolean("ok"))
                    .isTrue();
            assertThat(ann.ask("end_call", json("{'to':'call-ben'}")).getBoolean("ok"))
                    .isTrue();
            assertThat(ben.hear("call_ended").getString("from")).isEqualTo("call-ann");
            cat.say("call_user", json("{'to':'call-ann','offer':{}}"));
            ann.hear("incoming_call");
            cat.close();
            assertThat(ann.hear("call_ended").getString("from")).isEqualTo("call-cat");
        }
    }

    @Test
    void theJavaClientIsToldWhyItIsNotLetIn() throws Exception {
        try (IoClient stranger = IoClient.knock(server.url(), "no token", WebSocket.NAME)) {
            JSONObject error = stranger.hear(Socket.EVENT_CONNECT_ERROR);

            assertThat(error.getString("message")).isNotBlank();
            assertThat(error.getJSONObject("data").getString("code")).isEqualTo("UNAUTHENTICATED");
        }
    }

    /** Needs Node, and the folder of the npm package {@code socket.io-client} in {@code SOCKETIO_CLIENT_HOME}. */
    @TestFactory
    Stream<DynamicTest> theJavaScriptClientDoesToo() throws Exception {
        String home = System.getenv("SOCKETIO_CLIENT_HOME");
        assumeTrue(
                home != null,
                "SKIPPED: the official JavaScript client; SOCKETIO_CLIENT_HOME does not say where it is installed");
        List<String> lines = run(home);
        assertThat(lines).as("the script came to its end").endsWith("done");
        assertThat(lines).hasSizeGreaterThan(9);
        return lines.stream()
                .filter(line -> !line.equals("done"))
                .map(line -> DynamicTest.dynamicTest(line.replaceFirst("^(not )?ok ", ""), () -> {
                    if (!line.startsWith("ok ")) {
                        fail(line);
                    }
                }));
    }

    private List<String> run(String home) throws Exception {
        Path script = folder.resolve("chat-client.mjs");
        try (InputStream source = getClass().getResourceAsStream("chat-client.mjs")) {
            Files.copy(Objects.requireNonNull(source), script);
        }
        List<String> command = new ArrayList<>(List.of("node", script.toString(), home, server.url()));
        Stream.of("js-ann", "js-ben", "js-cat").map(server::tokenOf).forEach(command::add);
        Process node = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (BufferedReader out = node.inputReader()) {
            List<String> lines = out.lines().toList();
            assertThat(node.waitFor()).as("exit code; output: " + lines).isZero();
            return lines;
        } finally {
            node.destroyForcibly();
        }
    }

    private static IoClient connect(String user, String... transports) {
        return IoClient.connect(server.url(), server.tokenOf(user), transports);
    }

    private static List<String> names(JSONArray array) throws JSONException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < array.length(); i++) {
            names.add(array.getString(i));
        }
        return names;
    }
}
