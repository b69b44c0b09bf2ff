package io.roomrouting.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.roomrouting.RoomId;
import io.roomrouting.UserId;
import io.roomrouting.testkit.hms.FakeHmsRequest;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HmsClientTest {

    private final FakeApp app = new FakeApp();
    private final HmsClient client = app.client;

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void createsARoomAsTheInterfaceSays() throws Exception {
        HmsRoom room = client.createRoom(HmsRoomSpec.named("Stand-up")
                .withDescription("every \"morning\"")
                .withTemplateId("a-template"));

        FakeHmsRequest request = app.hms.requests().get(0);
        assertThat(request.method() + " " + request.target()).isEqualTo("POST /v2/rooms");
        assertThat(new ObjectMapper().readTree(request.body())).isEqualTo(new ObjectMapper().readTree("""
                        {"name":"Stand-up","description":"every \\"morning\\"","template_id":"a-template",
                         "region":"auto","size":100}"""));
        assertThat(room.name()).isEqualTo("Stand-up");
        assertThat(room.description()).isEqualTo("every \"morning\"");
        assertThat(room.templateId()).isEqualTo("a-template");
        assertThat(room.enabled()).isTrue();
        assertThat(client.room(room.id())).isEqualTo(room);
    }

    @Test
    void showsTheSameManagementTokenEveryTimeAndNoAppToken() {
        RoomId room = client.createRoom(HmsRoomSpec.named("a")).id();
        client.room(room);

        List<String> shown = app.hms.requests().stream()
                .map(FakeHmsRequest::authorization)
                .distinct()
                .toList();
        assertThat(shown).hasSize(1);
        Decoded token = Decoded.of(shown.get(0).substring("Bearer ".length()), FakeApp.SECRET);
        assertThat(token.sealedWith()).isTrue();
        assertThat(token.text("type")).isEqualTo("management");
    }

    @Test
    void createsTheSameRoomAgainUnderTheSameName() {
        HmsRoom first = client.createRoom(HmsRoomSpec.named("a").withDescription("one"));
        HmsRoom again = client.createRoom(HmsRoomSpec.named("A").withDescription("two"));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.description()).isEqualTo("two");
    }

    @Test
    void disablesAndEnables() {
        RoomId room = client.createRoom(HmsRoomSpec.named("a")).id();

        assertThat(client.setEnabled(room, false).enabled()).isFalse();
        assertThat(client.room(room).enabled()).isFalse();
        assertThat(client.setEnabled(room, true).enabled()).isTrue();
    }

    @Test
    void listsThePeersAndEndsTheSession() {
        RoomId room = client.createRoom(HmsRoomSpec.named("a")).id();
        app.hms.join(app.tokens.appToken(room, UserId.of("alice"), HmsRole.HOST));
        app.hms.join(app.tokens.appToken(room, UserId.of("bob"), HmsRole.GUEST));

        assertThat(client.peers(room))
                .extracting(HmsPeer::userId, HmsPeer::role)
                .containsExactlyInAnyOrder(tuple("alice", "host"), tuple("bob", "guest"));

        client.endSession(room, "enough", true);
        FakeHmsRequest request = app.hms.requests().get(app.hms.requests().size() - 1);
        assertThat(request.target()).isEqualTo("/v2/active-rooms/" + room.value() + "/end-room");
        assertThat(request.body()).isEqualTo("{\"reason\":\"enough\",\"lock\":true}");
        assertThat(client.room(room).enabled()).isFalse();
        assertThatThrownBy(() -> client.peers(room)).isInstanceOfSatisfying(HmsException.Refused.class, e -> {
            assertThat(e.status()).hasValue(404);
            assertThat(e.code()).hasValue(404);
            assertThat(e).hasMessage("active session not found");
        });
    }

    @Test
    void tellsThatARoomIsUnknown() {
        assertThatThrownBy(() -> client.room(RoomId.of("nowhere")))
                .isInstanceOfSatisfying(
                        HmsException.Refused.class, e -> assertThat(e.status()).hasValue(404));
    }

    @Test
    void aWrongSecretIsRefusedBy100ms() {
        HmsTokens wrong = HmsTokens.of(new HmsCredentials(FakeApp.ACCESS_KEY, "another secret"));
        try (HmsClient stranger =
                HmsClient.builder(wrong).baseUrl(app.hms.baseUrl()).build()) {
            assertThatThrownBy(() -> stranger.createRoom(HmsRoomSpec.named("a")))
                    .isInstanceOfSatisfying(
                            HmsException.Refused.class,
                            e -> assertThat(e.status()).hasValue(401));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://a",
                "//a",
                "http:///path",
                "https://user:password@a",
                "https://a?x=1",
                "https://a#x",
                "mailto:a@b"
            })
    void refusesAnUnusableBaseUrl(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmsClient.builder(app.tokens).baseUrl(URI.create(url)))
                .withMessageStartingWith("baseUrl is http(s)://")
                .withMessageNotContaining("password");
    }

    @Test
    void refusesSettingsOutOfBounds() {
        HmsClientBuilder builder = app.builder();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.timeout(Duration.ZERO))
                .withMessageStartingWith("timeout = PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.attempts(11))
                .withMessage("attempts = 11, must be 1 to 10");
        assertThatIllegalArgumentException().isThrownBy(() -> HmsRoomSpec.named("a/b"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmsRoomSpec.named("a").withSize(2_501));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> HmsRoomSpec.named("a").withTemplateId(" "));
    }
}
