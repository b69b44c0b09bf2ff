package io.roomrouting.jetty;

import java.net.URI;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * What a server tells load balancers. No call waits or fails; one that comes to nothing answers why, in a few words that are
 * fit for a log.
 */
interface BalancerCalls {

    /** Says that the server is there, and what it carries. */
    CompletableFuture<Optional<String>> register(URI balancer, BalancerRegistration.Load load);

    /** Says that nobody is to be sent to the server any more. */
    CompletableFuture<Optional<String>> unregister(URI balancer);
}
