package io.roomrouting.examples.http;

import java.util.function.Consumer;

/**
 * What is at a path.
 *
 * @param method the only one that it takes; {@code GET} takes {@code HEAD} as well
 * @param action ends in an answer or throws; must not block
 */
public record Endpoint(String method, Consumer<ApiExchange> action) {}
