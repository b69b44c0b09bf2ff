package io.roomrouting.internal;

import io.roomrouting.session.RoomHandlerFactory;
import io.roomrouting.session.RoomSettings;

/**
 * How rooms of one type are made.
 *
 * @param factory makes the handler
 * @param settings bounds and policies
 */
public record RoomType(RoomHandlerFactory factory, RoomSettings settings) {}
