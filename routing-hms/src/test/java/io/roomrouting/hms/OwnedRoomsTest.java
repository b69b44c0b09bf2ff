package io.roomrouting.hms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.Identity;
import io.roomrouting.RoomId;
import io.roomrouting.RoutingException;
import io.roomrouting.UserId;
import io.roomrouting.testkit.hms.FakeHmsAnswer;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnedRoomsTest {

    private static final Identity ALICE = Identity.of("alice");
    private static final Identity BOB = Identity.of("bob");
    private static final HmsRole ADMIN = HmsRole.of("admin");

    private final FakeApp app = new FakeApp();
    private final OwnedRooms rooms = OwnedRooms.builder(app.client, app.tokens).build();

    @AfterEach
    void close() {
        app.close();
    }

    @Test
    void theCreatorMayBeHostAndEverybodyElseGuest() {
        RoomId room = create(ALICE, "team").id();

        assertToken(ALICE, room, HmsRole.HOST);
        assertToken(ALICE, room, HmsRole.GUEST);
        assertToken(BOB, room, HmsRole.GUEST);
        assertForbidden(() -> rooms.token(BOB, room, HmsRole.HOST));
        assertForbidden(() -> rooms.token(ALICE, room, ADMIN));
        assertForbidden(() -> rooms.token(BOB, room, HmsRole.of("Host")));
        assertForbidden(() -> rooms.token(BOB, room, HmsRole.of("__internal_recorder")));
    }

    @Test
    void anotherInstanceKnowsTheSameCreator() {
        RoomId room = create(ALICE, "team").id();
        OwnedRooms afterARestart = OwnedRooms.builder(
                        app.client, HmsTokens.of(new HmsCredentials(FakeApp.ACCESS_KEY, FakeApp.SECRET)))
                .build();

        assertThat(afterARestart.token(ALICE, room, HmsRole.HOST)).isNotEmpty();
        assertForbidden(() -> afterARestart.token(BOB, room, HmsRole.HOST));
    }

    @Test
    void usersWhoCallTheirRoomsAlikeHaveRoomsOfTheirOwn() {
        HmsRoom alices = rooms.create(ALICE, Optional.of("Team"), "hers");
        HmsRoom bobs = rooms.create(BOB, Optional.of("team"), "his");

        assertThat(bobs.id()).isNotEqualTo(alices.id());
        assertThat(alices.name()).isEqualTo("Team");
        assertThat(app.client.room(alices.id()).description()).isEqualTo("hers");
        assertThat(create(ALICE, "TEAM").id()).isEqualTo(alices.id());
    }

    @Test
    void aRoomWithoutANameIsANewOneEachTime() {
        HmsRoom one = rooms.create(ALICE, Optional.empty(), "");
        HmsRoom two = rooms.create(ALICE, Optional.empty(), "");

        assertThat(one.id()).isNotEqualTo(two.id());
        assertThat(one.name()).hasSize(22);
    }

    @Test
    void onlyTheCreatorAdministers() {
        RoomId room = create(ALICE, "team").id();
        app.hms.join(rooms.token(BOB, room, HmsRole.GUEST));

        assertForbidden(() -> rooms.peers(BOB, room));
        assertForbidden(() -> rooms.end(BOB, room, "", true));
        assertForbidden(() -> rooms.setEnabled(BOB, room, false));
        assertThat(app.hms.requests()).noneMatch(request -> request.target().contains("active-rooms"));

        assertThat(rooms.peers(ALICE, room)).extracting(HmsPeer::userId).containsExactly("bob");
        rooms.end(ALICE, room, "enough", false);
        assertThat(rooms.setEnabled(ALICE, room, false).name()).isEqualTo("team");
        assertThat(app.client.room(room).enabled()).isFalse();
    }

    @Test
    void aRoomThatWasMadeElsewhereHasNoCreator() {
        RoomId room =
                app.client.createRoom(HmsRoomSpec.named("from-the-dashboard")).id();

        assertToken(ALICE, room, HmsRole.GUEST);
        assertForbidden(() -> rooms.token(ALICE, room, HmsRole.HOST));
        assertForbidden(() -> rooms.setEnabled(ALICE, room, false));
    }

    @Test
    void noRoomNoToken() {
        assertThatThrownBy(() -> rooms.token(ALICE, RoomId.of("nowhere"), HmsRole.GUEST))
                .isInstanceOf(HmsException.Refused.class);
    }

    @Test
    void thePolicyIsAskedAndObeyed() {
        OwnedRooms strict = OwnedRooms.builder(app.client, app.tokens)
                .policy(request -> request.role().equals(ADMIN)
                        && "yes".equals(request.who().attributes().get("staff")))
                .build();
        RoomId room = create(ALICE, "team").id();
        Identity staff = new Identity(UserId.of("carol"), Map.of("staff", "yes"));

        assertThat(Decoded.of(strict.token(staff, room, ADMIN), FakeApp.SECRET).text("role"))
                .isEqualTo("admin");
        assertForbidden(() -> strict.token(ALICE, room, HmsRole.GUEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a/b", "../x", "ä", "a\u212a", "a\u0000", "a,b"})
    void refusesNamesThat100msWouldNotTake(String name) {
        assertThatThrownBy(() -> create(ALICE, name)).isInstanceOf(RoutingException.InvalidRequest.class);
        assertThatThrownBy(() -> create(ALICE, "x".repeat(65))).isInstanceOf(RoutingException.InvalidRequest.class);
        assertThat(app.hms.requests()).isEmpty();
    }

    @Test
    void refusesTextsOutOfBounds() {
        String tooLong = "x".repeat(513);
        RoomId room = RoomId.of("r1");

        assertInvalid(() -> rooms.create(ALICE, Optional.of("a"), tooLong));
        assertInvalid(() -> rooms.create(ALICE, Optional.of("a"), "\ud83d"));
        assertInvalid(() -> rooms.end(ALICE, room, tooLong, false));
        assertThat(app.hms.requests()).isEmpty();
    }

    /** Whatever 100ms says the room is called, only the true prefix makes a creator. */
    @Test
    void aNameThatOnlyLooksLikeTheCreatorsMakesNoCreator() {
        String name = OwnerPrefix.of(ALICE.user()).nameOf("x");
        List<String> impostors = List.of(
                name.substring(0, name.length() - 1),
                name.substring(1),
                " " + name,
                name.replace('.', ':'),
                name.replace("u-", "u_"),
                "u-" + name,
                name.replace('k', '\u212a') + "\u212a",
                name + "\u0000",
                OwnerPrefix.of(BOB.user()).nameOf(name));
        for (String impostor : impostors) {
            assertThat(OwnerPrefix.of(ALICE.user()).isOn(named(impostor)))
                    .as(impostor)
                    .isFalse();
        }
        assertThat(OwnerPrefix.of(ALICE.user()).isOn(named(name.toUpperCase(Locale.ROOT))))
                .isTrue();
    }

    @Test
    void noTwoUsersHaveOnePrefixAndNoneIsTheBeginningOfAnother() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Set<String> users = new HashSet<>(List.of(
                "a", "A", "á", "a\u0301", "\ud83d", "\ud83e", "?", "\ufffd", "a.b", "a.", "u-a", "\ud83d\ude00"));
        while (users.size() < 20_000) {
            users.add(randomUser(random));
        }
        Set<String> prefixes = new HashSet<>();
        for (String user : users) {
            String prefix = OwnerPrefix.of(UserId.of(user)).nameOf("");
            assertThat(prefix).hasSize(35).matches("u-[a-z2-7]{32}\\.");
            prefixes.add(prefix);
        }

        assertThat(prefixes).as("prefixes, seed %d", seed).hasSameSizeAs(users);
    }

    /** Mallory calls herself and her rooms whatever she likes; she never becomes host of a room of anybody else. */
    @Test
    void noNameMakesAnotherUsersRoomOnesOwn() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String victimsPrefix = OwnerPrefix.of(ALICE.user()).nameOf("");
        for (int i = 0; i < 2_000; i++) {
            Identity mallory = Identity.of(randomUser(random));
            String trick = trick(random, victimsPrefix);
            HmsRoom room = named(OwnerPrefix.of(mallory.user()).nameOf(trick));

            assertThat(OwnerPrefix.of(mallory.user()).isOn(room))
                    .as("seed %d", seed)
                    .isTrue();
            assertThat(OwnerPrefix.of(ALICE.user()).isOn(room))
                    .as("%s named %s, seed %d", mallory, trick, seed)
                    .isFalse();
        }
    }

    @Test
    void aTokenIsAlwaysForWhoAsked() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        RoomId room = create(ALICE, "team").id();
        for (int i = 0; i < 50; i++) {
            Identity who = Identity.of(randomUser(random));
            if (who.user().value().chars().anyMatch(c -> Character.isSurrogate((char) c))) {
                continue; // Refused, as HmsTokensTest shows, or a whole pair.
            }
            Decoded token = Decoded.of(rooms.token(who, room, HmsRole.GUEST), FakeApp.SECRET);

            assertThat(token.text("user_id"))
                    .as("seed %d", seed)
                    .isEqualTo(who.user().value());
            assertThat(token.text("room_id")).isEqualTo(room.value());
            assertThat(token.text("role")).isEqualTo("guest");
            assertForbidden(() -> rooms.token(who, room, HmsRole.HOST));
        }
    }

    @Test
    void anAnswerAboutAnotherRoomMakesNobodyHost() {
        RoomId alices = create(ALICE, "team").id();
        HmsRoom bobs = app.client.room(create(BOB, "team").id());
        // As a confused cache would answer: Bob's room, when Alice's was asked for.
        app.hms.next(FakeHmsAnswer.of(
                200, "{\"id\":\"" + bobs.id() + "\",\"name\":\"" + bobs.name() + "\",\"enabled\":true}"));

        assertThatThrownBy(() -> rooms.token(BOB, alices, HmsRole.HOST)).isInstanceOf(HmsException.BadAnswer.class);
    }

    private static String trick(Random random, String victimsPrefix) {
        return switch (random.nextInt(4)) {
            case 0 -> victimsPrefix;
            case 1 -> victimsPrefix + "team";
            case 2 -> victimsPrefix.toUpperCase(Locale.ROOT).substring(random.nextInt(10));
            default -> ".".repeat(1 + random.nextInt(5)) + victimsPrefix;
        };
    }

    private static String randomUser(Random random) {
        int length = 1 + random.nextInt(12);
        StringBuilder user = new StringBuilder();
        for (int i = 0; i < length; i++) {
            user.append((char)
                    switch (random.nextInt(4)) {
                        case 0 -> 'a' + random.nextInt(3);
                        case 1 -> 'A' + random.nextInt(3);
                        case 2 -> ".-_:u?".charAt(random.nextInt(6));
                        default -> 0xa1 + random.nextInt(0xff00);
                    });
        }
        return user.toString().isBlank() ? "x" : user.toString();
    }

    private static HmsRoom named(String name) {
        return new HmsRoom(RoomId.of("r1"), name, "", true, "", "");
    }

    private HmsRoom create(Identity who, String name) {
        return rooms.create(who, Optional.of(name), "");
    }

    private void assertToken(Identity who, RoomId room, HmsRole role) {
        Decoded token = Decoded.of(rooms.token(who, room, role), FakeApp.SECRET);
        assertThat(token.sealedWith()).isTrue();
        assertThat(token.text("type")).isEqualTo("app");
        assertThat(token.text("user_id")).isEqualTo(who.user().value());
        assertThat(token.text("room_id")).isEqualTo(room.value());
        assertThat(token.text("role")).isEqualTo(role.value());
    }

    private static void assertForbidden(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RoutingException.Forbidden.class);
    }

    private static void assertInvalid(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(RoutingException.InvalidRequest.class);
    }
}
