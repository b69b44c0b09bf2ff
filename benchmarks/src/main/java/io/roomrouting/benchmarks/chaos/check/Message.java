package io.roomrouting.benchmarks.chaos.check;

/**
 * A message that a room took, as it says everywhere: in the host's log, in the broadcast and in the reply.
 *
 * @param room the room
 * @param host who took it, as {@code host:port}
 * @param epoch under which ownership
 * @param seq the room's own count
 * @param from who said it
 * @param n the sender's count, over all its sessions
 */
public record Message(String room, String host, long epoch, long seq, String from, long n) {}
