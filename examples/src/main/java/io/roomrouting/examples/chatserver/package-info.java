/**
 * The chat server: rooms that are created under a name, each on a port of its own, with an interface for operators. Open
 * {@link io.roomrouting.examples.chatserver.ChatServerCommand} first.
 */
@NullMarked
package io.roomrouting.examples.chatserver;

import org.jspecify.annotations.NullMarked;
