package io.roomrouting.agones;

import com.fasterxml.jackson.databind.JsonNode;
import io.roomrouting.agones.AllocationAnswer.Allocated;
import io.roomrouting.agones.AllocationAnswer.Contended;
import io.roomrouting.agones.AllocationAnswer.NothingFree;
import io.roomrouting.agones.AllocationAnswer.Refused;
import io.roomrouting.agones.AllocationAnswer.Unreachable;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** Asks the Kubernetes API for allocations, one call at a time per caller, and sorts its answers. Thread-safe. */
final class AllocationApi implements AutoCloseable {

    private static final int QUOTED = 300;

    private final KubernetesApi kubernetes;
    private final Fleet fleet;
    private final JsonHttp http;
    private final String url;

    AllocationApi(KubernetesApi kubernetes, Fleet fleet) {
        this.kubernetes = kubernetes;
        this.fleet = fleet;
        this.http = new JsonHttp(client -> kubernetes
                .authorities()
                .map(pem -> TrustedAuthorities.trust(client, pem))
                .orElse(client));
        String base = kubernetes.server().toString().replaceAll("/+$", "");
        this.url = base + "/apis/allocation.agones.dev/v1/namespaces/" + fleet.namespace() + "/gameserverallocations";
    }

    AllocationAnswer allocate(AllocationWish wish, Duration timeout) {
        try {
            BearerToken token = readToken();
            JsonHttp.Answer answer = send(wish, token, timeout);
            if (answer.status() == 401) {
                // Perhaps the token was replaced between our look at the file and the server's look at the token.
                token = readToken();
                answer = send(wish, token, timeout);
            }
            return sorted(answer, token);
        } catch (IOException e) {
            return new Unreachable(e, Optional.empty());
        }
    }

    private @Nullable BearerToken readToken() throws IOException {
        return kubernetes.tokenFile().isPresent()
                ? BearerToken.read(kubernetes.tokenFile().get())
                : null;
    }

    private JsonHttp.Answer send(AllocationWish wish, @Nullable BearerToken token, Duration timeout)
            throws IOException {
        Request.Builder request = new Request.Builder()
                .url(url)
                .header("Accept", "application/json")
                .post(JsonHttp.json(wish.toJson()));
        if (token != null) {
            request.header("Authorization", token.header());
        }
        return http.send(request.build(), timeout);
    }

    private AllocationAnswer sorted(JsonHttp.Answer answer, @Nullable BearerToken token) {
        if (answer.isSuccess()) {
            return granted(answer.body().path("status"));
        }
        String said = quoted(answer.body().path("message").asText(""), token);
        return switch (answer.status()) {
            case 401 -> new Refused("the Kubernetes API does not take the token" + said);
            case 403 ->
                new Refused("the service account may not create gameserverallocations in namespace "
                        + fleet.namespace()
                        + ": give it a Role with apiGroups [\"allocation.agones.dev\"], resources"
                        + " [\"gameserverallocations\"], verbs [\"create\"]" + said);
            case 404 ->
                new Refused("the Kubernetes API knows no gameserverallocations: is Agones installed in the cluster?"
                        + said);
            case 400, 405, 406, 413, 415, 422 ->
                new Refused("Agones does not take the request (HTTP " + answer.status()
                        + "); counters need Agones 1.41 or newer" + said);
            case 409, 429 -> new Contended("HTTP " + answer.status() + said, answer.retryAfter());
            default -> new Unreachable(new IOException("HTTP " + answer.status() + said), answer.retryAfter());
        };
    }

    private AllocationAnswer granted(JsonNode status) {
        String state = status.path("state").asText("");
        return switch (state) {
            case "Allocated" -> allocated(status);
            case "UnAllocated" -> new NothingFree();
            case "Contention" -> new Contended("Agones found its choice taken", Optional.empty());
            default -> new Unreachable(new IOException("the answer holds no state that is known"), Optional.empty());
        };
    }

    private static AllocationAnswer allocated(JsonNode status) {
        String name = status.path("gameServerName").asText("");
        String address = status.path("address").asText("");
        if (!Fleet.isGameServerName(name) || address.isEmpty()) {
            return new Unreachable(new IOException("the answer names no game server"), Optional.empty());
        }
        Map<String, Integer> ports = new LinkedHashMap<>();
        for (JsonNode port : status.path("ports")) {
            ports.put(port.path("name").asText(""), port.path("port").asInt());
        }
        return new Allocated(name, address, Map.copyOf(ports));
    }

    /** What the server said, fit for a log line, and without the token, which it may have sent back. */
    private static String quoted(String message, @Nullable BearerToken token) {
        if (message.isEmpty()) {
            return "";
        }
        String hidden = token == null ? message : token.hiddenIn(message);
        String line = hidden.replaceAll("\\p{Cntrl}", " ");
        return "; it says: " + (line.length() > QUOTED ? line.substring(0, QUOTED) + "…" : line);
    }

    @Override
    public void close() {
        http.close();
    }
}
