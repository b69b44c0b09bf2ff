package io.roomrouting.benchmarks.chaos.check;

/**
 * One stay of a client in its room, over one connection or several.
 *
 * @param client the user's name, one client each
 * @param session the name that the server gave the stay
 */
public record Seat(String client, String session) {}
