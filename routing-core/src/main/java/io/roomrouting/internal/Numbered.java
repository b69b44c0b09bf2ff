package io.roomrouting.internal;

/**
 * An event of a client, or what became of it, with the event's place among all that came over the same link.
 *
 * @param number from 1
 * @param value the event, or the answer to it
 */
record Numbered<T>(long number, T value) {}
