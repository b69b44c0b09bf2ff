package io.roomrouting.jwt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roomrouting.ErrorCode;
import io.roomrouting.RoutingException;
import io.roomrouting.Ticket;
import io.roomrouting.testkit.ManualTime;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTokensTest {

    private static final byte[] SECRET = "a secret of 32 bytes for tests..".getBytes(UTF_8);
    private static final String HEADER = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    /** Stands in tokens where something personal would stand. */
    private static final String MARK = "marked";

    private final ManualTime time = ManualTime.create();
    private final JwtKeys keys = JwtKeys.of(JwtKey.hs256(SECRET));
    private final JwtVerifier verifier = JwtVerifier.builder(keys).time(time).build();
    private final Map<String, String> ticket = Forge.ticket();

    @Test
    void the_forged_ticket_that_the_other_tests_spoil_is_good() {
        assertThat(verify(HEADER, Forge.json(ticket)).assignment().epoch().value())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "iss",
                "aud",
                "sub",
                "userId",
                "iat",
                "exp",
                "jti",
                "roomId",
                "hostId",
                "incarnation",
                "address",
                "epoch",
                "room"
            })
    void a_ticket_without_one_of_its_claims_is_refused(String name) {
        ticket.remove(name);
        assertRefused();

        for (String wrong :
                new String[] {"null", "true", "-1", "1.5", "1e400", "9".repeat(30), "\"\"", "[]", "{}", "[1]"}) {
            ticket.put(name, wrong);
            assertRefused();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "epoch | 0",
                "epoch | \"1\"",
                "roomId | \"../etc\"",
                "roomId | \"a b\"",
                "hostId | \"a b\"",
                "userId | \"mallory\"",
                "sub | \"mallory\"",
                "sub | \"\\u0000\"",
                "iss | \"another\"",
                "iss | [\"room-routing\"]",
                "aud | \"room-api\"",
                "aud | [\"room-api\",\"room-control\"]",
                "aud | [[\"room-session\"]]",
                "address | {\"host\":\"localhost\",\"port\":0}",
                "address | {\"host\":\"localhost\",\"port\":4294975296}",
                "address | {\"host\":\"local host\",\"port\":8000}",
                "address | {\"host\":\"localhost\",\"port\":8000,\"secure\":\"yes\"}",
                "room | {\"type\":\"no type\"}",
                "room | {\"type\":\"chat\",\"maxClients\":0}",
                "room | {\"type\":\"chat\",\"maxClients\":4294967297}",
                "room | {\"type\":\"chat\",\"region\":\" \"}",
                "room | {\"type\":\"chat\",\"region\":1}",
                "room | {\"type\":\"chat\",\"metadata\":{\"a\":1}}",
                "room | {\"type\":\"chat\",\"metadata\":{\"a\":null}}",
                "room | {\"type\":\"chat\",\"metadata\":{\"\":\"a\"}}",
                "room | {\"type\":\"chat\",\"metadata\":[]}",
                "attributes | {\"a\":{\"b\":\"c\"}}",
                "attributes | \"admin\"",
            })
    void a_well_sealed_ticket_with_an_impossible_claim_is_refused(String name, String value) {
        ticket.put(name, value);

        assertRefused();
    }

    @Test
    void metadata_out_of_bounds_are_refused() {
        String tooMany =
                IntStream.range(0, 17).mapToObj(i -> "\"k" + i + "\":\"v\"").collect(Collectors.joining(",", "{", "}"));
        String tooLong = "{\"k\":\"" + "v".repeat(257) + "\"}";

        for (String metadata : new String[] {tooMany, tooLong}) {
            ticket.put("room", "{\"type\":\"chat\",\"metadata\":" + metadata + "}");
            assertRefused();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "1767225600, 1767225661, lives 61 seconds",
        "1767225595, 1767225660, lives 65 seconds",
        "1767225600, 9223372036854775807, lives for ever",
        "-9223372036854775808, 1767225660, began before time",
        "1767225606, 1767225660, begins in 6 seconds",
        "9223372036854775807, 9223372036854775807, begins never",
    })
    void a_ticket_with_impossible_times_is_refused(String issuedAt, String expiresAt, String why) {
        ticket.put("iat", issuedAt);
        ticket.put("exp", expiresAt);

        assertRefused();
    }

    @Test
    void not_before_counts_when_it_is_there() {
        ticket.put("nbf", "1767225605");
        assertThat(verify(HEADER, Forge.json(ticket)).id()).isEqualTo("id-1");

        ticket.put("nbf", "1767225606");
        assertRefused();
    }

    @Test
    void one_of_several_audiences_is_enough() {
        ticket.put("aud", "[\"elsewhere\",\"room-session\"]");

        assertThat(verify(HEADER, Forge.json(ticket)).id()).isEqualTo("id-1");
    }

    @Test
    void an_expired_ticket_is_told_as_such_only_if_its_seal_is_good() {
        ticket.put("iat", "1767225535");
        ticket.put("exp", "1767225595");
        String expired = Forge.token(SECRET, HEADER, Forge.json(ticket));
        String forged = Forge.token("another secret".getBytes(UTF_8), HEADER, Forge.json(ticket));

        assertThatThrownBy(() -> verifier.tickets().verify(expired))
                .isInstanceOfSatisfying(
                        RoutingException.LookUpAgain.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.TICKET_EXPIRED));
        assertRefused(forged);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\",\"typ\":\"JWT\"}",
                "{\"alg\":\"\"}",
                "{\"alg\":null}",
                "{\"alg\":256}",
                "{\"alg\":[\"HS256\"]}",
                "{\"alg\":\"hs256\"}",
                "{\"alg\":\"HS384\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"ES256\"}",
                "{\"alg\":\"RS256\"}",
                "{\"typ\":\"JWT\"}",
                "{\"alg\":\"HS256\",\"typ\":\"dpop+jwt\"}",
                "{\"alg\":\"HS256\",\"typ\":1}",
                "{\"alg\":\"HS256\",\"crit\":[\"exp\"],\"exp\":1}",
                "{\"alg\":\"HS256\",\"crit\":[]}",
                "{\"alg\":\"HS256\",\"crit\":null}",
                "{\"alg\":\"HS256\",\"alg\":\"HS256\"}",
                "{\"alg\":\"none\",\"alg\":\"HS256\"}",
                "{\"alg\":\"HS256\",\"kid\":\"unknown\"}",
                "{\"alg\":\"HS256\",\"kid\":\"\"}",
                "{\"alg\":\"HS256\",\"kid\":null}",
                "{\"alg\":\"HS256\",\"kid\":\"../../dev/null\\u0000\"}",
                "{\"alg\":\"HS256\",\"kid\":1}",
                "{\"alg\":\"HS256\"} {}",
                "{\"alg\":\"HS256\"",
                "[\"HS256\"]",
                "\"HS256\"",
                "null",
                "",
            })
    void a_header_that_is_not_as_it_should_be_is_refused_although_the_seal_is_good(String header) {
        assertRefused(Forge.token(SECRET, header, Forge.json(ticket)));
    }

    @Test
    void a_header_may_be_spelled_otherwise_and_say_more() {
        String other = "{ \"typ\":\"jwt\", \"x\":{\"y\":[1]},\n \"alg\":\"HS256\" }";

        assertThat(verify(other, Forge.json(ticket)).id()).isEqualTo("id-1");
    }

    @Test
    void a_token_without_a_signature_is_refused() {
        String unsigned = Forge.encode("{\"alg\":\"none\"}") + "." + Forge.encode(Forge.json(ticket));

        assertRefused(unsigned + ".");
        assertRefused(unsigned);
        assertRefused(Forge.encode(HEADER) + "." + Forge.encode(Forge.json(ticket)) + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "null",
                "[]",
                "1",
                "\"text\"",
                "{\"a\":1,\"a\":1}",
                "{} {}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":}",
                "\u0000"
            })
    void a_payload_that_is_no_object_is_refused(String payload) {
        assertRefused(Forge.token(SECRET, HEADER, payload));
    }

    @Test
    void a_claim_that_is_told_twice_is_refused() {
        String json = Forge.json(ticket);

        assertRefused(Forge.token(SECRET, HEADER, json.replace("\"epoch\":1", "\"epoch\":1,\"epoch\":2")));
        assertRefused(Forge.token(SECRET, HEADER, json.replace("\"port\":8000", "\"port\":8000,\"port\":8001")));
    }

    @Test
    void no_refusal_quotes_what_the_token_says() {
        String inText = "\"" + MARK + " and too long".repeat(30) + "\"";
        String inNames = "{\"" + MARK + "\":\"" + MARK + "\",\"" + MARK + "\":1}";
        for (String name : Forge.ticket().keySet()) {
            for (String value : new String[] {inText, inNames, MARK}) {
                Map<String, String> marked = Forge.ticket();
                marked.put(name, value);
                assertRefused(Forge.token(SECRET, HEADER, Forge.json(marked)));
            }
        }
        for (String header : new String[] {
            MARK,
            "{\"alg\":\"" + MARK + "\"}",
            "{\"alg\":\"HS256\",\"kid\":\"" + MARK + "\"}",
            "{\"alg\":\"HS256\",\"typ\":\"" + MARK + "\"}"
        }) {
            assertRefused(Forge.token(SECRET, header, Forge.json(ticket)));
        }
        assertRefused(MARK + "." + MARK + "." + MARK);
    }

    @Test
    void deep_nesting_is_refused() {
        ticket.put("deep", "[".repeat(2000) + "]".repeat(2000));

        assertRefused();
    }

    @Test
    void a_token_of_more_than_8_KiB_is_refused_before_it_is_looked_at() {
        String token = "a".repeat(8193);

        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> verifier.tickets().verify(token))
                .withMessage("the token is longer than 8192 characters");
        ticket.put("padding", "\"" + "x".repeat(5800) + "\"");
        assertThat(verify(HEADER, Forge.json(ticket)).id()).isEqualTo("id-1");
    }

    @Test
    void an_hmac_under_a_public_key_is_no_signature() {
        for (JwtKey key : new JwtKey[] {
            JwtKey.ofPublic(Keys.RSA.getPublic()), JwtKey.ofPublic(Keys.p256().getPublic())
        }) {
            JwtVerifier publicOnly =
                    JwtVerifier.builder(JwtKeys.of(key)).time(time).build();
            byte[] known = key.publicKey().orElseThrow().getEncoded();
            String kid = ",\"kid\":\"" + key.id().orElseThrow() + "\"}";

            for (String header : new String[] {
                "{\"alg\":\"HS256\"}", "{\"alg\":\"HS256\"" + kid, "{\"alg\":\"" + key.algorithm() + "\"" + kid
            }) {
                String token = Forge.token(known, header, Forge.json(ticket));
                assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                        .isThrownBy(() -> publicOnly.tickets().verify(token));
            }
        }
    }

    @Test
    void an_ecdsa_signature_of_zeros_is_refused() {
        JwtKey key = JwtKey.ofPair(Keys.p256());
        JwtVerifier publicOnly = JwtVerifier.builder(JwtKeys.of(key)).time(time).build();
        String signed = key.header() + "." + Forge.encode(Forge.json(ticket)) + ".";

        for (String signature : new String[] {"A".repeat(86), "", "A".repeat(96), "A".repeat(1000)}) {
            assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                    .isThrownBy(() -> publicOnly.tickets().verify(signed + signature));
        }
    }

    @Test
    void noise_never_gets_another_answer_than_a_refusal() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        JwtKeys all = JwtKeys.builder()
                .verifyWith(JwtKey.hs256(SECRET))
                .verifyWith(JwtKey.ofPublic(Keys.p256().getPublic()).withId("e"))
                .verifyWith(JwtKey.ofPublic(Keys.RSA.getPublic()).withId("r"))
                .build();
        JwtVerifier target = JwtVerifier.builder(all).time(time).build();
        String[] headers = {
            HEADER, "{\"alg\":\"ES256\",\"kid\":\"e\"}", "{\"alg\":\"RS256\",\"kid\":\"r\"}", "{\"alg\":"
        };

        for (int i = 0; i < 3000; i++) {
            String header = headers[random.nextInt(headers.length)];
            String token = Forge.token(new byte[] {1}, header, noise(random, Forge.json(ticket)));
            String cut = random.nextInt(4) == 0 ? noise(random, token) : token;

            assertThatThrownBy(() -> target.tickets().verify(cut))
                    .as("seed %d, round %d", seed, i)
                    .isInstanceOf(RoutingException.Unauthenticated.class);
        }
    }

    /** The text with some characters replaced, doubled or left out. */
    private static String noise(Random random, String text) {
        String pool = "{}[]\",:.\\0123456789-eEtrufalsn\u0000\u00e9\ud83d";
        StringBuilder out = new StringBuilder();
        int rate = 1 + random.nextInt(100);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char other = pool.charAt(random.nextInt(pool.length()));
            out.append(random.nextInt(rate) == 0 ? String.valueOf(other).repeat(random.nextInt(3)) : String.valueOf(c));
        }
        return out.toString();
    }

    private Ticket verify(String header, String payload) {
        return verifier.tickets().verify(Forge.token(SECRET, header, payload));
    }

    private void assertRefused() {
        assertRefused(Forge.token(SECRET, HEADER, Forge.json(ticket)));
    }

    private void assertRefused(String token) {
        assertThatExceptionOfType(RoutingException.Unauthenticated.class)
                .isThrownBy(() -> verifier.tickets().verify(token))
                .satisfies(HostileTokensTest::assertQuotesNothing);
    }

    private static void assertQuotesNothing(Throwable refusal) {
        for (Throwable e = refusal; e != null; e = e.getCause()) {
            assertThat(e.toString()).doesNotContain(MARK);
        }
    }
}
