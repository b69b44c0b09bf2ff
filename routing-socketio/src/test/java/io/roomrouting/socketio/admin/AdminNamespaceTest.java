package io.roomrouting.socketio.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.roomrouting.socketio.engine.FakeLink;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdminNamespaceTest {

    private static final Duration STATS = AdminClient.STATS_INTERVAL;

    private static AdminServer production() {
        return new AdminServer(UnaryOperator.identity());
    }

    private static AdminServer development() {
        return new AdminServer(admin -> admin.mode(AdminMode.DEVELOPMENT));
    }

    private static List<String> named(List<String> messages, String event) {
        return messages.stream()
                .filter(message -> message.startsWith("42/admin,[\"" + event + "\""))
                .toList();
    }

    private static void isPassedOver(AdminServer server, String command) {
        FakeLink client = server.client();
        client.received();
        FakeLink admin = server.admin();
        admin.received();

        admin.text("42/admin," + command);

        assertThat(admin.received()).isEmpty();
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void inProductionAUiIsToldWhatItMayDoAndHowTheServerIs() {
        AdminServer server = production();
        server.client();

        List<String> heard = server.admin().received();

        assertThat(named(heard, "config"))
                .containsExactly("42/admin,[\"config\",{\"supportedFeatures\":"
                        + "[\"EMIT\",\"DISCONNECT\",\"MDISCONNECT\",\"AGGREGATED_EVENTS\"]}]");
        assertThat(named(heard, "server_stats"))
                .singleElement()
                .asString()
                .contains("\"serverId\":\"here\"", "\"hostname\":", "\"pid\":", "\"uptime\":0.0")
                .contains("\"clientsCount\":2,\"pollingClientsCount\":0")
                .as("nothing that was before")
                .doesNotContain("rawConnection")
                .contains("\"namespaces\":[{\"name\":\"/\",\"socketsCount\":1},"
                        + "{\"name\":\"/admin\",\"socketsCount\":1}]");
        assertThat(named(heard, "all_sockets")).isEmpty();
    }

    @Test
    void everyTwoSecondsItIsToldWhatHasHappened() {
        AdminServer server = production();
        FakeLink admin = server.admin();
        admin.received();
        FakeLink leaving = server.client();
        leaving.text("1");
        FakeLink client = server.client();

        server.pass(STATS, admin, client);

        String stats = String.join("", named(admin.received(), "server_stats"));
        assertThat(stats)
                .contains("\"uptime\":2.0", "\"type\":\"rawConnection\",\"count\":2")
                .contains("\"type\":\"rawDisconnection\",\"count\":1,\"subType\":\"transport close\"")
                .contains("\"packetsIn\"", "\"packetsOut\"", "\"bytesIn\"", "\"bytesOut\"");

        server.pass(STATS, admin, client);
        assertThat(String.join("", named(admin.received(), "server_stats")))
                .contains("\"uptime\":4.0")
                .doesNotContain("raw");
    }

    @Test
    void inProductionNothingIsToldOfSingleClients() {
        AdminServer server = production();
        FakeLink admin = server.admin();
        admin.received();
        FakeLink client = server.client();
        client.text("42[\"a\"]");

        server.pass(STATS, admin, client);

        assertThat(admin.received()).allMatch(message -> message.equals("2") || message.contains("server_stats"));
    }

    @Test
    void inDevelopmentItIsToldWhoIsThereAndWhoComesAndGoes() {
        AdminServer server = development();
        FakeLink first = server.client();
        String firstId = AdminServer.id(first);
        FakeLink admin = server.admin();
        assertThat(named(admin.received(), "all_sockets"))
                .singleElement()
                .asString()
                .contains(
                        "\"id\":\"" + firstId + "\"",
                        "\"nsp\":\"/\"",
                        "\"nsp\":\"/admin\"",
                        "\"rooms\":[\"" + firstId + "\"]",
                        "\"transport\":\"websocket\"",
                        "\"address\":\"192.0.2.1\"");

        FakeLink second = server.client();
        String secondId = AdminServer.id(second);
        first.text("1");
        server.pass(AdminClient.GATHERING, admin);

        List<String> heard = admin.received();
        assertThat(named(heard, "room_joined"))
                .singleElement()
                .asString()
                .startsWith("42/admin,[\"room_joined\",\"/\",\"" + secondId + "\",\"" + secondId + "\",\"2026-01-01T");
        assertThat(named(heard, "socket_connected")).singleElement().asString().contains(secondId);
        assertThat(named(heard, "room_left")).singleElement().asString().contains(firstId);
        assertThat(named(heard, "socket_disconnected"))
                .singleElement()
                .asString()
                .contains("\"/\",\"" + firstId + "\",\"transport close\",\"2026-01-01T");
    }

    @Test
    void inDevelopmentItIsToldWhatIsSaid() {
        AdminServer server = development();
        FakeLink client = server.client();
        String id = AdminServer.id(client);
        FakeLink admin = server.admin();
        admin.received();

        client.text("427[\"hello\",1,null]");
        client.text("451-[\"bytes\",{\"_placeholder\":true,\"num\":0}]");
        client.binary(new byte[12]);
        server.pass(AdminClient.GATHERING, admin);

        List<String> heard = admin.received();
        assertThat(named(heard, "event_received"))
                .satisfiesExactly(
                        one -> assertThat(one).contains("\"/\",\"" + id + "\",[\"hello\",1,null],\"2026"),
                        two -> assertThat(two).contains("[\"bytes\",\"(12 bytes)\"]"));
        assertThat(named(heard, "event_sent"))
                .as("no acknowledgements among them")
                .satisfiesExactly(
                        one -> assertThat(one).contains("\"/\",\"" + id + "\",[\"echo\",\"hello\"],\"2026"),
                        two -> assertThat(two).contains("[\"echo\",\"bytes\"]"));
    }

    @Test
    void longEventsAreToldShortened() {
        AdminServer server = development();
        FakeLink client = server.client();
        FakeLink admin = server.admin();
        admin.received();

        client.text("42[\"" + "n".repeat(5_000) + "\",\"more\"]");
        server.pass(AdminClient.GATHERING, admin);

        List<String> heard = admin.received();
        assertThat(named(heard, "event_received"))
                .singleElement()
                .asString()
                .contains("nn…\"]")
                .hasSizeLessThan(2_200);
        assertThat(named(heard, "event_sent"))
                .singleElement()
                .asString()
                .contains("bytes)\"]")
                .hasSizeLessThan(200);
    }

    @Test
    void anUpgradeIsTold() {
        AdminServer server = development();
        FakeLink admin = server.admin();
        String sid = server.fake.open();
        server.fake.post(sid, "40");
        FakeLink candidate = server.fake.candidate(sid);
        candidate.text("2probe");
        candidate.text("5");

        server.pass(AdminClient.GATHERING, admin);

        assertThat(named(admin.received(), "socket_updated"))
                .singleElement()
                .asString()
                .contains("\"transport\":\"websocket\"", "\"nsp\":\"/\"");
    }

    @Test
    void theSecretNameOfASessionIsNotTold() {
        AdminServer server = development();
        FakeLink admin = server.admin();
        var opened = server.fake.call(
                "GET",
                "EIO=4&transport=polling&token=sesame",
                java.util.Map.of("cookie", "io=sesame", "authorization", "Bearer sesame", "user-agent", "UA"));
        String sid = opened.body().replaceAll(".*\"sid\":\"([^\"]*)\".*", "$1");
        server.fake.post(sid, "40{\"token\":\"sesame\"}");

        server.pass(AdminClient.GATHERING, admin);

        String heard = String.join("", admin.received());
        assertThat(heard)
                .contains("socket_connected", "\"user-agent\":\"UA\"", "\"token\":\"***\"")
                .doesNotContain("sesame", sid, sid.substring(0, 12));
    }

    @Test
    void aSlowUiIsToldWhoIsThereInThePlaceOfWhatItMissed() {
        AdminServer server = development();
        FakeLink client = server.client();
        FakeLink slow = server.admin();
        FakeLink quick = server.admin();
        slow.received();
        quick.received();
        slow.slowDown();
        // So that something is under way to it.
        server.pass(STATS, client, quick, slow);

        for (int i = 0; i <= NewsQueue.MOST; i++) {
            client.text("42[\"a\"]");
            if (i % 100 == 0) {
                server.pass(AdminClient.GATHERING, client, quick, slow);
            }
        }
        String late = AdminServer.id(server.client());
        server.pass(AdminClient.GATHERING, client, quick, slow);

        assertThat(named(quick.received(), "event_received")).hasSize(NewsQueue.MOST + 1);
        slow.written();
        server.pass(AdminClient.GATHERING, client, quick, slow);
        List<String> heard = slow.received();
        assertThat(named(heard, "event_received")).isEmpty();
        assertThat(named(heard, "all_sockets")).singleElement().asString().contains(late);
    }

    @Test
    void anEventIsEmittedToAllOrOne() {
        AdminServer server = production();
        FakeLink first = server.client();
        String id = AdminServer.id(first);
        FakeLink second = server.client();
        second.received();
        FakeLink admin = server.admin();

        admin.text("42/admin,[\"emit\",\"/\",null,\"news\",1,\"two\"]");
        admin.text("42/admin,[\"emit\",\"/\",\"" + id + "\",\"for you\"]");

        assertThat(first.received()).containsExactly("42[\"news\",1,\"two\"]", "42[\"for you\"]");
        assertThat(second.received()).containsExactly("42[\"news\",1,\"two\"]");
    }

    @Test
    void clientsArePutOutOfANamespaceOrAltogether() {
        AdminServer server = production();
        FakeLink first = server.client();
        String id = AdminServer.id(first);
        FakeLink second = server.client();
        second.received();
        FakeLink admin = server.admin();
        admin.received();

        admin.text("42/admin,[\"_disconnect\",\"/\",false,\"" + id + "\"]");
        assertThat(first.received()).containsExactly("41");
        assertThat(first.isClosed()).isFalse();
        assertThat(second.received()).isEmpty();

        admin.text("42/admin,[\"_disconnect\",\"/\",true]");
        assertThat(second.received()).containsExactly("41");
        assertThat(second.isClosed()).isTrue();
        assertThat(first.isClosed()).as("it had left already").isFalse();
        assertThat(admin.isClosed()).isFalse();
    }

    @Test
    void whoMayOnlyLookCanDoNothing() {
        AdminServer server = new AdminServer(admin -> admin.readOnly(true));
        assertThat(named(server.admin().received(), "config"))
                .containsExactly("42/admin,[\"config\",{\"supportedFeatures\":[\"AGGREGATED_EVENTS\"]}]");

        isPassedOver(server, "[\"_disconnect\",\"/\",true]");
        isPassedOver(server, "[\"emit\",\"/\",null,\"news\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[\"join\",\"/\",\"room\"]",
                "[\"leave\",\"/\",\"room\"]",
                "[\"emit\",\"/\"]",
                "[\"emit\",\"/\",7,\"news\"]",
                "[\"emit\",\"/\",null,\"connect\"]",
                "[\"_disconnect\",\"/\",1]",
                "[\"_disconnect\",\"/\"]",
                "[\"_disconnect\",\"/\",true,{}]"
            })
    void whatIsNotOfferedIsPassedOver(String command) {
        isPassedOver(production(), command);
    }

    @Test
    void onlySoManyUisAreServed() {
        AdminServer server = production();
        String session = "";
        FakeLink last = server.admin();
        for (String message : last.received()) {
            if (message.startsWith("42/admin,[\"session\"")) {
                session = message.substring(message.indexOf(",\"") + 2, message.length() - 2);
            }
        }
        for (int i = 1; i < AdminClients.MOST; i++) {
            FakeLink link = server.fake.webSocket();
            link.text("40/admin,{\"sessionId\":\"" + session + "\"}");
            assertThat(link.received().get(0)).startsWith("40/admin,");
        }

        FakeLink tooMany = server.fake.webSocket();
        tooMany.text("40/admin,{\"sessionId\":\"" + session + "\"}");
        assertThat(tooMany.received()).containsExactly("44/admin,{\"message\":\"too many admin UIs\"}");

        last.text("41/admin,");
        tooMany.text("40/admin,{\"sessionId\":\"" + session + "\"}");
        assertThat(tooMany.received().get(0)).startsWith("40/admin,");
    }

    @Test
    void aUiThatIsGoneLeavesNothing() {
        AdminServer server = development();
        FakeLink admin = server.admin();
        admin.text("1");

        server.pass(AdminClient.GATHERING);

        assertThat(server.fake.time.pendingTimers()).isZero();
    }
}
