package io.roomrouting.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.roomrouting.UserId;
import io.roomrouting.examples.calls.CallEvent.CallAnswered;
import io.roomrouting.examples.calls.CallEvent.CallEnded;
import io.roomrouting.examples.calls.CallEvent.CallFailed;
import io.roomrouting.examples.calls.CallEvent.IceCandidate;
import io.roomrouting.examples.calls.CallEvent.IncomingCall;
import io.roomrouting.examples.calls.CallReply.Done;
import io.roomrouting.jackson.JacksonPayloadCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Users who do anything at any time; after each step, what the devices were told must be what the desk knows. */
class CallWalkTest {

    private static final int WALKS = 150;
    private static final int STEPS = 200;
    private static final JacksonPayloadCodec JSON = new JacksonPayloadCodec();

    @Test
    void whateverUsersDoBothSidesOfACallAgree() {
        int answered = 0;
        for (int seed = 0; seed < WALKS; seed++) {
            Walk walk = new Walk(seed);
            try {
                for (int step = 0; step < STEPS; step++) {
                    walk.step();
                    walk.check();
                }
                walk.end();
                walk.check();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ":\n" + String.join("\n", walk.log), e);
            }
            answered += walk.answered;
        }
        assertThat(answered).as("calls that were answered").isGreaterThan(2 * WALKS);
    }

    /** What a client knows of its calls. */
    private static final class Client {
        private final Set<String> ringing = new HashSet<>();
        private final Map<String, List<Integer>> accepted = new HashMap<>();
        private final Map<String, List<Integer>> received = new HashMap<>();
        private @Nullable String calling;
        private @Nullable String inCall;

        void hear(CallEvent event) {
            if (event instanceof IncomingCall call) {
                if (call.renegotiation()) {
                    assertThat(inCall).isEqualTo(call.callId());
                } else {
                    ringing.add(call.callId());
                }
            } else if (event instanceof CallAnswered call) {
                assertThat(calling != null ? calling : inCall).isEqualTo(call.callId());
                inCall = call.callId();
                calling = null;
            } else if (event instanceof IceCandidate call) {
                assertThat(inCall).as("a candidate never overtakes its answer").isEqualTo(call.callId());
                received.computeIfAbsent(call.callId(), none -> new ArrayList<>())
                        .add(call.candidate().intValue());
            } else if (event instanceof CallEnded call) {
                assertThat(Stream.concat(ringing.stream(), Stream.of(calling, inCall)))
                        .as("what ends was there")
                        .contains(call.callId());
                over(call.callId());
            } else if (event instanceof CallFailed failed && failed.code() == CallFailure.NO_ANSWER) {
                assertThat(calling).isNotNull();
                calling = null;
            } else if (event instanceof CallFailed failed && failed.code() == CallFailure.USER_OFFLINE) {
                calling = null;
            }
        }

        void over(String id) {
            ringing.remove(id);
            calling = id.equals(calling) ? null : calling;
            inCall = id.equals(inCall) ? null : inCall;
        }

        Stream<String> knownCalls() {
            return Stream.concat(ringing.stream(), Stream.of(calling, inCall).filter(Objects::nonNull))
                    .map(String::valueOf);
        }
    }

    /** One walk. */
    private static final class Walk {
        private final Random random;
        private final FakeLines lines = new FakeLines();
        private final Map<Device, Client> clients = new HashMap<>();
        private final List<String> log = new ArrayList<>();
        private final List<UserId> users =
                Stream.of("ann", "ben", "cat", "dan").map(UserId::of).toList();
        private CallDesk desk = new CallDesk(lines);
        private int devices;
        private int candidates;
        private int answered;

        Walk(long seed) {
            random = new Random(seed);
            for (int i = 0; i < 6; i++) {
                come();
            }
        }

        void step() {
            int dice = random.nextInt(100);
            if (clients.isEmpty() || dice < 6) {
                come();
            } else if (dice < 9) {
                leave(any());
            } else if (dice < 11) {
                connected(any(), false);
            } else if (dice < 24) {
                connected(any(), true);
            } else if (dice < 27) {
                log.add("time");
                lines.advance(Duration.ofMillis(random.nextInt(random.nextBoolean() ? 5_000 : 31_000)));
            } else if (dice < 28) {
                move();
            } else {
                Device device = any();
                if (lines.isConnected(device)) {
                    ask(device, someone(device.user()));
                }
            }
            hearAll();
        }

        /** Mostly the one to whom the user talks already. */
        private UserId someone(UserId user) {
            return desk.calls().stream()
                    .filter(call -> random.nextInt(4) > 0)
                    .filter(call -> call.parties().stream()
                            .anyMatch(party -> party.user().equals(user)))
                    .map(call -> call.other(user).user())
                    .findFirst()
                    .orElseGet(() -> users.get(random.nextInt(users.size())));
        }

        private void ask(Device device, UserId to) {
            Client client = client(device);
            String callId =
                    random.nextInt(4) > 0 ? null : client.knownCalls().findAny().orElse("another");
            int dice = random.nextInt(10);
            CallReply reply;
            if (dice < 3) {
                reply = desk.call(device, to, callId, signal("offer"));
                if (reply instanceof Done done && done.state() == CallState.RINGING) {
                    client.calling = done.callId();
                }
            } else if (dice < 6) {
                reply = desk.answer(device, to, callId, signal("answer"));
                if (reply instanceof Done done) {
                    answered += client.ringing.remove(done.callId()) ? 1 : 0;
                    client.inCall = done.callId();
                }
            } else if (dice < 9) {
                int number = ++candidates;
                reply = desk.candidate(device, to, callId, Signal.of(IntNode.valueOf(number)));
                if (reply instanceof Done done) {
                    client.accepted
                            .computeIfAbsent(done.callId(), none -> new ArrayList<>())
                            .add(number);
                }
            } else {
                reply = desk.end(device, to, callId);
                if (reply instanceof Done done) {
                    client.over(done.callId());
                }
            }
            log.add(device + " to " + to + ": " + dice + " " + reply);
        }

        private void come() {
            UserId user = users.get(random.nextInt(users.size()));
            Device device = new Device(user, user.value() + "-" + ++devices);
            log.add(device + " comes");
            clients.put(device, new Client());
            lines.come(device);
            desk.joined(device);
        }

        private void leave(Device device) {
            log.add(device + " leaves");
            clients.remove(device);
            lines.go(device);
            desk.left(device);
        }

        private void connected(Device device, boolean value) {
            log.add(device + (value ? " is back" : " drops"));
            lines.connected(device, value);
            desk.changed(device);
        }

        private void move() {
            log.add("the room moves");
            JsonNode kept = JSON.decode(KeptCalls.write(desk, lines.now())).as(JsonNode.class);
            List<Device> gone = clients.keySet().stream()
                    .filter(device -> random.nextInt(6) == 0)
                    .toList();
            gone.forEach(clients::remove);
            gone.forEach(lines::go);
            lines.move();
            desk = new CallDesk(lines);
            KeptCalls.restore(kept, desk, lines);
        }

        private Device any() {
            List<Device> all = clients.keySet().stream()
                    .sorted((one, other) -> one.session().compareTo(other.session()))
                    .toList();
            return all.get(random.nextInt(all.size()));
        }

        private void hearAll() {
            clients.forEach((device, client) -> lines.take(device).forEach(client::hear));
        }

        void check() {
            Set<UserId> busy = new HashSet<>();
            Set<String> calls = new HashSet<>();
            for (Call call : desk.calls()) {
                calls.add(call.id());
                for (Party party : call.parties()) {
                    require(busy.add(party.user()), "a user is in one call", party.user());
                }
                if (call.isRinging()) {
                    checkRinging(call);
                } else {
                    checkAnswered(call);
                }
            }
            clients.forEach((device, client) -> require(
                    client.knownCalls().allMatch(calls::contains), "a device knows of no call that is over", device));
            require(lines.timers() <= 3 * calls.size(), "timers belong to calls", calls);
        }

        private void checkRinging(Call call) {
            Device caller = call.caller().device().orElseThrow();
            require(call.id().equals(client(caller).calling), "the caller waits", caller);
            List<Device> callees = lines.devicesOf(call.callee().user());
            require(!callees.isEmpty(), "somebody rings", call.id());
            for (Device device : callees) {
                require(client(device).ringing.contains(call.id()), "all devices ring", device);
            }
        }

        private void checkAnswered(Call call) {
            Device caller = call.caller().device().orElseThrow();
            Device callee = call.callee().device().orElseThrow();
            for (Device device : List.of(caller, callee)) {
                require(call.id().equals(client(device).inCall), "both are in the call", device);
                List<Integer> received = client(device).received.getOrDefault(call.id(), List.of());
                Client peer = client(call.peerOf(device).orElseThrow());
                List<Integer> accepted = peer.accepted.getOrDefault(call.id(), List.of());
                require(received.equals(accepted), "all candidates come in their order", received + " " + accepted);
            }
            boolean both = lines.isConnected(caller) && lines.isConnected(callee);
            require(call.state() == (both ? CallState.LIVE : CallState.CONNECTING), "it is live", call.state());
        }

        /** Without the cost of describing what is well. */
        private static void require(boolean holds, String what, Object about) {
            if (!holds) {
                throw new AssertionError("it does not hold that " + what + ": " + about);
            }
        }

        void end() {
            List.copyOf(clients.keySet()).forEach(device -> lines.connected(device, true));
            for (Device device : List.copyOf(clients.keySet())) {
                for (UserId user : users) {
                    if (desk.end(device, user, null) instanceof Done done) {
                        client(device).over(done.callId());
                    }
                }
            }
            hearAll();
            assertThat(desk.calls()).isEmpty();
            assertThat(clients.values())
                    .allMatch(client -> client.knownCalls().findAny().isEmpty());
            assertThat(lines.timers()).isZero();
        }

        private Client client(Device device) {
            return Objects.requireNonNull(clients.get(device));
        }

        private static Signal signal(String text) {
            return Signal.of(new TextNode(text));
        }
    }
}
