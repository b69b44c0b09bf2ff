/** For people who want to see how a room is written. Open {@link io.roomrouting.examples.chat.ChatRoom} first. */
@NullMarked
package io.roomrouting.examples.chat;

import org.jspecify.annotations.NullMarked;
