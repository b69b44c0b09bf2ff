package io.roomrouting.examples.chatserver;

/**
 * Where a room is.
 *
 * @param port where it listens
 * @param created whether it was made just now, for who asked
 */
record RoomPlace(int port, boolean created) {}
