package io.roomrouting.examples.chat;

/**
 * A message as everyone in the room gets it.
 *
 * @param id unique in the room, also across the hosts on which the room lived one after the other
 * @param username who wrote it
 * @param text 1 to 1,000 characters
 * @param timestamp when the room took it, as ISO-8601 in UTC
 */
record ChatMessage(String id, String username, String text, String timestamp) {}
