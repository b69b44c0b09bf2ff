package io.roomrouting.examples.calls;

import io.roomrouting.UserId;

/**
 * One of a user's connections to the room: a browser window, a phone.
 *
 * @param user whose it is
 * @param session the id of the session, which stays when the connection breaks and comes back
 */
record Device(UserId user, String session) {}
