package io.roomrouting.scheduling;

import io.roomrouting.HostId;
import io.roomrouting.HostSnapshot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A choice and its reasons. Immutable.
 *
 * <p>Strategies are pure, so the reasons are worked out only when somebody asks for them.
 */
public final class PlacementDecision {

    private static final int SCORES_IN_REASON = 3;

    private final String strategy;
    private final Optional<HostSnapshot> chosen;
    private final Supplier<List<Score>> scores;
    private final Supplier<List<Rejection>> rejected;

    /**
     * Makes a decision.
     *
     * @param strategy the strategy's name, for example {@code least-loaded}
     * @param chosen the host, empty if none can take the room
     * @param scores works out {@link #scores()}
     * @param rejected works out {@link #rejected()}
     */
    public PlacementDecision(
            String strategy,
            Optional<HostSnapshot> chosen,
            Supplier<List<Score>> scores,
            Supplier<List<Rejection>> rejected) {
        this.strategy = strategy;
        this.chosen = chosen;
        this.scores = scores;
        this.rejected = rejected;
    }

    /**
     * A host that could take the room.
     *
     * @param host the host
     * @param value higher is better; comparable only within one decision
     */
    public record Score(HostId host, double value) {}

    /**
     * A host that could not.
     *
     * @param host the host
     * @param reason in a few words, for example {@code draining}
     */
    public record Rejection(HostId host, String reason) {}

    /**
     * Returns the strategy's name.
     *
     * @return for example {@code least-loaded}
     */
    public String strategy() {
        return strategy;
    }

    /**
     * Returns the choice.
     *
     * @return empty if no host can take the room
     */
    public Optional<HostSnapshot> chosen() {
        return chosen;
    }

    /**
     * Returns the hosts that were weighed.
     *
     * @return best first
     */
    public List<Score> scores() {
        return List.copyOf(scores.get());
    }

    /**
     * Returns the hosts that were passed over, and why.
     *
     * @return in no particular order
     */
    public List<Rejection> rejected() {
        return List.copyOf(rejected.get());
    }

    /**
     * Explains the decision to people, with all that was weighed; costs a look at every host. Where many were passed over,
     * it says how many for which reason.
     *
     * @return one line, for example {@code least-loaded: eu-1 (0.75) before eu-2 (0.50); not eu-3 (draining)}, or
     *     {@code least-loaded: no host; not 12 (draining), 40 (full)}
     */
    public String reason() {
        String weighed = scores().stream()
                .limit(SCORES_IN_REASON)
                .map(score -> String.format(Locale.ROOT, "%s (%.2f)", score.host(), score.value()))
                .collect(Collectors.joining(" before "));
        return strategy + ": " + (weighed.isEmpty() ? "no host" : weighed) + passedOver(rejected());
    }

    private static String passedOver(List<Rejection> rejected) {
        if (rejected.isEmpty()) {
            return "";
        }
        if (rejected.size() <= SCORES_IN_REASON) {
            return rejected.stream()
                    .map(rejection -> rejection.host() + " (" + rejection.reason() + ")")
                    .collect(Collectors.joining(", ", "; not ", ""));
        }
        Map<String, Long> byReason = rejected.stream()
                .collect(Collectors.groupingBy(Rejection::reason, TreeMap::new, Collectors.counting()));
        return byReason.entrySet().stream()
                .map(reason -> reason.getValue() + " (" + reason.getKey() + ")")
                .collect(Collectors.joining(", ", "; not ", ""));
    }

    /**
     * Says in a few words what decided; costs nothing.
     *
     * @return one line, for example {@code least-loaded: eu-1, 25 % used}
     */
    public String summary() {
        return chosen.map(host ->
                        strategy + ": " + host.host().host() + ", " + Math.round(host.utilisation() * 100) + " % used")
                .orElse(strategy + ": no host");
    }

    @Override
    public String toString() {
        return reason();
    }
}
