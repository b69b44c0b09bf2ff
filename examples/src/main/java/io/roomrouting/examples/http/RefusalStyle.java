package io.roomrouting.examples.http;

import java.util.Map;
import java.util.Optional;

/** How an API tells its errors, beyond what all of them have in common. */
public interface RefusalStyle {

    /**
     * Finds the words for a failure that is not a {@link io.roomrouting.RoutingException}.
     *
     * @param failure what a step threw
     * @return what the client is told; empty for a fault, which is logged and told as such
     */
    Optional<Refusal> explain(RuntimeException failure);

    /**
     * Adds fields that the users of this API read to the problem details of RFC 9457.
     *
     * @param refusal what the client is told
     * @return more fields, which take the place of those of the same name
     */
    Map<String, Object> envelope(Refusal refusal);
}
