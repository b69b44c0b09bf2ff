package io.roomrouting.examples.chat;

import io.roomrouting.UserId;
import java.time.Instant;

/**
 * A message as everyone in the room gets it.
 *
 * @param id unique in the room, also across the hosts on which the room lived one after the other; what was said before this
 *     message is found by it
 * @param username who wrote it
 * @param text 1 to 1,000 characters
 * @param timestamp when it was taken
 */
public record ChatMessage(String id, UserId username, String text, Instant timestamp) {}
